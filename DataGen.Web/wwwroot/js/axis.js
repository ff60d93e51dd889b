// Round numbers for the axes.

/** Marks from 0 to at least `highest`, about `most` at most, in steps of 1, 2 or 5. */
export function marks(highest, most) {
  if (!(highest > 0)) return [0, 1];
  const rough = highest / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(candidate => candidate >= rough);
  const count = Math.ceil(highest / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, at) => Number((at * step).toPrecision(12)));
}

const Steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];

/** The marks of a time axis of this length in seconds, and their labels. */
export function timeMarks(seconds, most) {
  const step = Steps.find(candidate => seconds / candidate <= most) ?? Math.ceil(seconds / most / 86_400) * 86_400;
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, at) => ({ at: at * step, text: written(at * step) }));
}

function written(seconds) {
  if (seconds === 0) return '0';
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return seconds % 60 ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` : `${seconds / 60} min`;
  if (seconds < 86_400) return seconds % 3600 ? `${Math.floor(seconds / 3600)} h ${(seconds % 3600) / 60}` : `${seconds / 3600} h`;
  return `${seconds / 86_400} d`;
}
