// The history of a task: the server's points, at most MostPoints, and the stretches between them.

const MostPoints = 240;
const ShortestPause = 5; // seconds
const PauseFactor = 5; // times longer than usual,
const PausePace = 0.1; // and slower than this part of the usual rate
const PauseShare = 0.03; // of the width, independent of its length

/**
 * @typedef {{ at: number, completed: number, failures: number, p50: number, p95: number }} Point at: milliseconds
 * @typedef {{ from: number, to: number, x0: number, x1: number, pause: boolean, records: number, rate: number, p50: number, p95: number }} Stretch
 * x0 and x1: working seconds since the start
 */
export class Series {
  /** @type {Point[]} */
  #points = [];

  /** Replaces the history by the one of the server. */
  replace(history) {
    const newest = this.#points.at(-1);
    this.#points = history.map(toPoint);
    if (newest) this.#append(newest);
  }

  /** @returns whether the point is new */
  add(point) {
    return point ? this.#append(toPoint(point)) : false;
  }

  #append(point) {
    if (point.at <= (this.#points.at(-1)?.at ?? -Infinity)) return false;
    this.#points.push(point);
    if (this.#points.length > MostPoints) this.#points = halve(this.#points);
    return true;
  }

  /** The stretches between the points; pauses are separate and shortened. @param {number} startedAt milliseconds */
  stretches(startedAt) {
    const points = startedAt < (this.#points[0]?.at ?? -Infinity) ? [{ at: startedAt, completed: 0, failures: 0, p50: 0, p95: 0 }, ...this.#points] : this.#points;
    const every = points.slice(1).map((point, at) => between(points[at], point));
    const usual = median(every.map(stretch => stretch.seconds));
    const stretches = joinShort(every, usual / 2);
    const long = Math.max(ShortestPause, PauseFactor * usual);
    const slow = PausePace * median(stretches.map(stretch => stretch.rate));
    for (const stretch of stretches) stretch.pause = stretch.seconds > long && stretch.rate <= slow;
    const worked = stretches.reduce((sum, stretch) => sum + (stretch.pause ? 0 : stretch.seconds), 0);
    let x = 0;
    for (const stretch of stretches) {
      stretch.x0 = x;
      x += stretch.pause ? worked * PauseShare : stretch.seconds;
      stretch.x1 = x;
    }

    return stretches;
  }
}

const toPoint = ({ at, completed, failures, latencyP50Ms = 0, latencyP95Ms = 0 }) =>
  ({ at: Date.parse(at), completed, failures, p50: latencyP50Ms / 1000, p95: latencyP95Ms / 1000 });

/** A retry removes the failed records, so the count can decrease. */
function between(a, b) {
  const seconds = (b.at - a.at) / 1000;
  const records = Math.max(0, b.completed - (b.completed < a.completed ? a.completed - a.failures : a.completed));
  return { from: a.at, to: b.at, seconds, records, rate: records / seconds, p50: b.p50, p95: b.p95 };
}

/** Two points close together, as at the end of a task, would give a wrong rate. */
function joinShort(stretches, shortest) {
  const joined = [];
  for (const stretch of stretches) {
    if (joined.length > 0 && stretch.seconds < shortest) joined.push(together([joined.pop(), stretch]));
    else joined.push(stretch);
  }

  return joined;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Keeps every other point; the counts are cumulative, so only detail is lost. */
function halve(points) {
  const newest = points.at(-1);
  const halved = [];
  for (let at = 1; at < points.length - 1; at += 2) halved.push({ ...points[at], p50: mean(points[at - 1].p50, points[at].p50), p95: mean(points[at - 1].p95, points[at].p95) });
  return [...halved, newest];
}

const mean = (a, b) => (a && b ? (a + b) / 2 : a || b);

/** Merges neighbouring stretches to at most this many, but never across a pause. */
export function gather(stretches, most) {
  const wide = Math.ceil(stretches.length / most);
  const gathered = [];
  let open = [];
  const close = () => {
    if (open.length > 0) gathered.push(together(open));
    open = [];
  };
  for (const stretch of stretches) {
    if (stretch.pause) {
      close();
      gathered.push(stretch);
    } else {
      open.push(stretch);
      if (open.length === wide) close();
    }
  }

  close();
  return gathered;
}

function together(stretches) {
  const [first, last] = [stretches[0], stretches.at(-1)];
  const sum = of => stretches.reduce((all, stretch) => all + of(stretch), 0);
  const timed = stretches.filter(stretch => stretch.p50 > 0);
  const weight = timed.reduce((all, stretch) => all + stretch.records, 0);
  const weighed = of => (weight > 0 ? timed.reduce((all, stretch) => all + of(stretch) * stretch.records, 0) / weight : 0);
  const records = sum(stretch => stretch.records);
  return {
    from: first.from, to: last.to, x0: first.x0, x1: last.x1, pause: false, seconds: sum(stretch => stretch.seconds), records,
    rate: records / sum(stretch => stretch.seconds), p50: weighed(stretch => stretch.p50), p95: weighed(stretch => stretch.p95),
  };
}
