// Records per second and latency over the working time: two panels with one time axis. The number of SVG nodes does not depend on the task.
import { marks, timeMarks } from './axis.js';
import { clockTime, rate, span, took } from './format.js';
import { gather, Series } from './series.js';
import { hideTip, showTip } from './tip.js';

const Edge = { left: 44, right: 14, top: 26, bottom: 24, between: 44 };
const PerStretch = 7; // pixels
const TableEvery = 10_000;
const MostRows = 12;
const Least = 2; // fewer stretches are not drawn
const SvgSpace = 'http://www.w3.org/2000/svg';

export class Chart {
  #series = new Series();
  #box;
  #none;
  #rows;
  #scrub;
  #svg;
  #startedAt = 0;
  #shown = [];
  #marker;
  #scale;
  #planned = 0;
  #tableDue = 0;
  #live = false;

  constructor({ box, none, table }) {
    [this.#box, this.#none, this.#rows] = [box, none, table.tBodies[0]];
    this.#scrub = box.querySelector('.scrub');
    this.#svg = svg('svg', { 'aria-hidden': 'true', focusable: 'false' });
    box.prepend(this.#svg);
    new ResizeObserver(() => this.#plan()).observe(box.parentElement);
    box.addEventListener('pointermove', event => this.#pointAt(event.clientX));
    box.addEventListener('pointerleave', () => this.#leave());
    this.#scrub.addEventListener('focus', () => { if (this.#scrub.matches(':focus-visible')) this.#mark(Number(this.#scrub.value)); });
    this.#scrub.addEventListener('input', () => this.#mark(Number(this.#scrub.value)));
    this.#scrub.addEventListener('blur', () => this.#leave());
  }

  /** Seconds in which the task was paused. */
  get paused() {
    return this.#series.stretches(this.#startedAt).reduce((sum, stretch) => sum + (stretch.pause ? stretch.seconds : 0), 0);
  }

  replace(history) {
    this.#series.replace(history);
    this.#plan();
  }

  /** @param {object} task a snapshot @param {boolean} live */
  show(task, live) {
    this.#startedAt = task.startedAt ? Date.parse(task.startedAt) : Infinity;
    const turned = live !== this.#live;
    this.#live = live;
    if (this.#series.add(task.point) || turned) this.#plan();
  }

  #plan() {
    this.#planned ||= requestAnimationFrame(() => {
      this.#planned = 0;
      this.#draw();
    });
  }

  #draw() {
    const stretches = this.#series.stretches(this.#startedAt);
    const enough = stretches.filter(stretch => !stretch.pause).length >= Least;
    this.#box.hidden = !enough;
    this.#none.hidden = enough;
    this.#none.textContent = this.#live ? 'The chart begins when a few records are stored.' : 'There is too little to draw a chart of.';
    if (!enough) return;
    const { width, height } = this.#box.getBoundingClientRect();
    if (width < 80) return;
    this.#shown = gather(stretches, Math.max(8, Math.floor((width - Edge.left - Edge.right) / PerStretch)));
    this.#scale = scaleOf(this.#shown, width, height);
    this.#svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.#marker = svg('g', { class: 'chart-marker', visibility: 'hidden' });
    this.#svg.replaceChildren(...axes(this.#scale), ...curves(this.#shown, this.#scale), this.#marker);
    this.#scrub.max = this.#shown.length - 1;
    if (!this.#scrub.matches(':focus-visible')) this.#scrub.value = this.#shown.length - 1;
    this.#scrub.setAttribute('aria-valuetext', told(this.#shown[Number(this.#scrub.value)]).join(', '));
    if (this.#scrub.matches(':focus-visible')) this.#mark(Number(this.#scrub.value));
    this.#showTable(stretches);
  }

  #pointAt(clientX) {
    if (!this.#scale) return;
    const x = this.#scale.time(clientX - this.#box.getBoundingClientRect().left);
    const at = this.#shown.findIndex(stretch => x <= stretch.x1);
    this.#mark(at < 0 ? this.#shown.length - 1 : at);
  }

  #mark(at) {
    const stretch = this.#shown[at];
    if (!stretch) return;
    const { x, rateY, timeY, top, bottom } = this.#scale;
    const middle = x((stretch.x0 + stretch.x1) / 2);
    const dots = stretch.pause ? [] : [[rateY(stretch.rate), 'rate'], ...(stretch.p50 > 0 ? [[timeY(stretch.p50), 'median'], [timeY(stretch.p95), 'tail']] : [])];
    this.#marker.replaceChildren(
      svg('line', { x1: middle, x2: middle, y1: top, y2: bottom }),
      ...dots.map(([y, kind]) => svg('circle', { cx: middle, cy: y, r: 3.5, class: `chart-${kind}` })),
    );
    this.#marker.setAttribute('visibility', 'visible');
    const lines = told(stretch);
    this.#scrub.setAttribute('aria-valuetext', lines.join(', '));
    const box = this.#box.getBoundingClientRect();
    showTip({ left: box.left + middle, right: box.left + middle, top: box.top + top, bottom: box.top + bottom }, lines);
  }

  #leave() {
    hideTip();
    this.#marker?.setAttribute('visibility', 'hidden');
  }

  /** The same figures as a table for screen readers; updated rarely, because a table that keeps changing cannot be read. */
  #showTable(stretches) {
    const now = Date.now();
    if (this.#live && now < this.#tableDue) return;
    this.#tableDue = now + TableEvery;
    this.#rows.replaceChildren(...gather(stretches, MostRows).filter(stretch => !stretch.pause).map(stretch => {
      const row = document.createElement('tr');
      const cells = [span(stretch.x1), rate(stretch.rate), stretch.p50 > 0 ? took(1000 * stretch.p50) : '–', stretch.p95 > 0 ? took(1000 * stretch.p95) : '–'];
      row.append(...cells.map(text => Object.assign(document.createElement('td'), { textContent: text })));
      return row;
    }));
  }
}

function told(stretch) {
  const when = clockTime(new Date(stretch.to));
  if (stretch.pause) return [`Pause of ${span((stretch.to - stretch.from) / 1000)}`, `until ${when}`];
  const times = stretch.p50 > 0 ? [`median ${took(1000 * stretch.p50)}`, `95 % within ${took(1000 * stretch.p95)}`] : [];
  return [when, `${rate(stretch.rate)} records`, ...times];
}

function scaleOf(stretches, width, height) {
  const [left, right] = [Edge.left, width - Edge.right];
  const [top, bottom] = [Edge.top, height - Edge.bottom];
  const room = bottom - top - Edge.between;
  const rateBottom = top + room * 0.56;
  const timeTop = rateBottom + Edge.between;
  const end = stretches.at(-1).x1;
  const work = stretches.filter(stretch => !stretch.pause);
  const rates = marks(Math.max(...work.map(stretch => stretch.rate)), 3);
  const times = marks(Math.max(...work.map(stretch => stretch.p95)), 2);
  const y = (from, to, highest) => value => from - (value / highest) * (from - to);
  return {
    left, right, top, bottom, timeTop, rateBottom, end, rates, times,
    x: seconds => left + (seconds / end) * (right - left),
    time: x => ((x - left) / (right - left)) * end,
    rateY: y(rateBottom, top, rates.at(-1)),
    timeY: y(bottom, timeTop, times.at(-1)),
    timeMarks: timeMarks(end, Math.max(2, Math.floor((right - left) / 90))),
  };
}

function axes({ left, right, top, bottom, timeTop, rates, times, rateY, timeY, x, timeMarks: along }) {
  const level = (value, y, text) => [svg('line', { x1: left, x2: right, y1: y, y2: y, class: value === 0 ? 'chart-base' : 'chart-level' }), label(left - 8, y + 4, text, 'end')];
  return [
    label(0, top - 14, 'records a second', 'start', 'chart-name'),
    label(0, timeTop - 14, 'seconds a record', 'start', 'chart-name'),
    ...rates.flatMap(value => level(value, rateY(value), String(value))),
    ...times.flatMap(value => level(value, timeY(value), String(value))),
    ...along.map(({ at, text }) => label(x(at), bottom + 17, text, at === 0 ? 'start' : 'middle')),
  ];
}

function curves(stretches, { x, rateY, timeY, rateBottom, end }) {
  const runs = [[]];
  for (const stretch of stretches) {
    if (stretch.pause) runs.push([]);
    else runs.at(-1).push(stretch);
  }

  const middle = stretch => x((stretch.x0 + stretch.x1) / 2);
  const line = (run, y) => run.map((stretch, at) => `${at === 0 ? 'M' : 'L'}${middle(stretch).toFixed(1)} ${y(stretch).toFixed(1)}`).join('');
  const path = (kind, parts) => svg('path', { class: `chart-line chart-${kind}`, d: parts.join('') });
  const rates = runs.filter(run => run.length > 0).map(run => `M${x(run[0].x0).toFixed(1)} ${rateY(run[0].rate).toFixed(1)}${line(run, stretch => rateY(stretch.rate)).replace('M', 'L')}L${x(run.at(-1).x1).toFixed(1)} ${rateY(run.at(-1).rate).toFixed(1)}`);
  const timed = runs.flatMap(run => split(run, stretch => stretch.p50 > 0));
  const pauses = stretches.filter(stretch => stretch.pause).map(stretch => svg('rect', { class: 'chart-pause', x: x(stretch.x0), width: x(stretch.x1) - x(stretch.x0), y: Edge.top, height: rateBottom - Edge.top }));
  return [
    ...pauses,
    svg('path', { class: 'chart-area', d: rates.map((d, at) => `${d}V${rateBottom}H${x(runs.filter(run => run.length > 0)[at][0].x0).toFixed(1)}Z`).join('') }),
    path('rate', rates),
    path('tail', timed.map(run => line(run, stretch => timeY(stretch.p95)))),
    path('median', timed.map(run => line(run, stretch => timeY(stretch.p50)))),
  ];
}

/** The line is interrupted where a stretch has no value. */
function split(run, has) {
  const parts = [[]];
  for (const stretch of run) {
    if (has(stretch)) parts.at(-1).push(stretch);
    else if (parts.at(-1).length > 0) parts.push([]);
  }

  return parts.filter(part => part.length > 0);
}

function label(x, y, text, anchor, className = 'chart-label') {
  const made = svg('text', { x, y, 'text-anchor': anchor, class: className });
  made.textContent = text;
  return made;
}

function svg(name, attributes) {
  const made = document.createElementNS(SvgSpace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
