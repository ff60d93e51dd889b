// How numbers and times are written; Display/Figures.cs writes them the same way.

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

export const number = value => whole.format(value);

/** For narrow places: 12,345,678 is 12.3M. */
export const tile = value => (value < 10_000_000 ? number(value) : short(value));

/** Three digits or so, cut and never rounded up: 940, 12.3k, 456k, 1.2M. */
export const short = value => (value < 1000 ? number(value) : cut(value, ['k', 'M', 'G']));

/** 940 B, 12.3 kB, 456 MB. */
export const size = bytes => (bytes < 1000 ? `${bytes} B` : cut(bytes, [' kB', ' MB', ' GB']));

function cut(value, names) {
  const power = value < 1e6 ? 1 : value < 1e9 ? 2 : 3;
  const unit = 1000 ** power;
  return value >= 100 * unit ? `${Math.floor(value / unit)}${names[power - 1]}` : `${(Math.floor(value / (unit / 10)) / 10).toFixed(1)}${names[power - 1]}`;
}

export function rate(perSecond) {
  if (perSecond >= 100) return `${whole.format(perSecond)}/s`;
  return `${perSecond.toFixed(perSecond >= 10 ? 1 : 2)}/s`;
}

export function span(seconds) {
  if (seconds < 10) return `${Math.max(0, seconds).toFixed(1)} s`;
  const s = Math.floor(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  if (s < 86400) return `${Math.floor(s / 3600)} h ${Math.floor(s / 60) % 60} min`;
  return `${Math.floor(s / 86400)} d ${Math.floor(s / 3600) % 24} h`;
}

/** How many records people have touched; Display/TaskSummary.cs uses the same words. */
export const curatedWords = ({ edited, removed, liked }) =>
  [[edited, 'changed'], [removed, 'left out'], [liked, 'liked']].filter(([count]) => count > 0).map(([count, what]) => `${number(count)} ${what}`).join(' · ');

/** Money of no named currency: 1,234.50, 0.0034, 0. */
export function cost(told) {
  const value = Number(told?.rawJSON ?? told); // a small one may come as it was written
  if (value >= 1) return value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return value >= 0.000001 ? value.toLocaleString('en-US', { maximumSignificantDigits: 2 }) : '0';
}

/** What one record took: 45 ms, then as any span of time. */
export const took = milliseconds => (milliseconds < 100 ? `${Math.max(0, Math.round(milliseconds))} ms` : span(milliseconds / 1000));

/** An estimate has no tenths of a second, and a long one no seconds. */
export function timeLeft(seconds) {
  if (seconds < 60) return `${Math.max(1, Math.ceil(seconds))} s`;
  return seconds >= 600 && seconds < 3600 ? `${Math.floor(seconds / 60)} min` : span(seconds);
}

/** A whole percentage that says 100 only when everything is done. */
export const percent = (part, all) => (all > 0 ? Math.floor((part * 100) / all) : 0);

export function ago(date, now = Date.now()) {
  const seconds = (date - now) / 1000;
  const past = Math.abs(seconds);
  if (past < 45) return 'just now';
  if (past < 3600) return relative.format(Math.round(seconds / 60), 'minute');
  if (past < 86400) return relative.format(Math.round(seconds / 3600), 'hour');
  if (past < 7 * 86400) return relative.format(Math.round(seconds / 86400), 'day');
  return day.format(date);
}

/** The same in a tile's width: 3 min ago. */
export const agoShort = (date, now) => ago(date, now).replace(/ minutes?/, ' min').replace(/ hours?/, ' h');

export const fullTime = date => full.format(date);
export const clockTime = date => clock.format(date);
