// The profile of a column, in its head: type, share of filled records, number of different values, and their
// distribution. A click on a bar adds a filter.
import { number, percent } from './format.js';
import { element, plainText, shortText } from './plaintext.js';
import { keepOneStop } from './roving.js';
import { wanted } from './view.js';

const MostBars = 3;
const Telling = .02; // values that are all rarer than this are not shown
const round = value => (Math.abs(value) >= 1e6 ? value.toExponential(1) : String(Number(value.toPrecision(4))));

/** @param {Element} cell @param {object} column its profile @param {number} total records it is of */
export function showProfile(cell, column, total) {
  const { type, filled, distinct, histogram } = column;
  const facts = element('p', '', { className: 'profile-facts' });
  const full = percent(filled, total);
  facts.append(element('span', `${type || 'empty'} · `), element('span', `${full}%`, { title: `${number(filled)} of ${number(total)} records have a value`, className: full < 100 ? 'profile-gaps' : '' }));
  facts.append(element('small', `${number(distinct)} distinct`));
  const focus = cell.contains(document.activeElement) ? document.activeElement.dataset.filters : null;
  const bars = histogram ? histogramOf(column) : topOf(column);
  cell.replaceChildren(facts, bars);
  const buttons = [...bars.querySelectorAll('button')];
  if (focus) (buttons.find(button => button.dataset.filters === focus) ?? buttons[0])?.focus();
  keepOneStop(buttons);
}

function histogramOf({ name, histogram, min, max }) {
  const box = groupOf('histogram', `How ${name} is spread`);
  const most = Math.max(...histogram.map(bin => bin.count));
  box.append(...histogram.map(({ from, to, count }, at) => {
    const last = at === histogram.length - 1;
    const filters = from === to ? [`${name}=${from}`] : [`${name}>=${from}`, `${name}${last ? '<=' : '<'}${to}`];
    return bar(`${name} ${from === to ? round(from) : `${round(from)} to ${round(to)}`}`, count, count / most, filters);
  }));
  const ends = element('p', '', { className: 'profile-ends' });
  ends.append(element('span', round(Number(min))), element('span', round(Number(max))));
  const all = element('div');
  all.append(box, ends);
  return all;
}

/** The most frequent values; where hardly any comes twice, how long they are. */
function topOf({ name, type, top, lengths, distinct, filled }) {
  if (type === 'json' || top.length === 0 || (distinct > MostBars && top[0].count < Math.max(2, filled * Telling))) {
    const words = !lengths ? '' : lengths.min === lengths.max ? number(lengths.min) : `${number(lengths.min)} to ${number(lengths.max)}`;
    return element('p', words && `${words} characters`, { className: 'profile-note' });
  }

  const box = groupOf('tops', `Most frequent values of ${name}`);
  box.append(...top.slice(0, MostBars).map(({ value, count }) => {
    const made = bar(`${name} = ${shortText(value, 60)}`, count, count / top[0].count, [`${name}=${value}`]);
    made.removeAttribute('aria-label'); // its text is its name
    made.append(element('span', value === '' ? '(empty)' : shortText(value, 40)), element('b', `${percent(count, filled) || '<1'}%`));
    return made;
  }));
  return box;
}

function groupOf(className, label) {
  const box = element('div', '', { className });
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', plainText(label));
  return box;
}

function bar(what, count, part, filters) {
  const made = element('button', '', { type: 'button', className: 'bar-of', title: `${plainText(what)}: ${number(count)}` });
  made.setAttribute('aria-label', `${plainText(what)}, ${number(count)} ${count === 1 ? 'record' : 'records'}: add as filter`);
  made.dataset.filters = JSON.stringify(filters);
  made.setAttribute('aria-pressed', String(filters.every(filter => wanted().filters.includes(filter))));
  made.style.setProperty('--part', count > 0 ? Math.max(.02, part) : 0);
  return made;
}

/** Asked against got, for each sampler of the definition. */
export function showSamplers(samplers) {
  document.getElementById('samplers').hidden = samplers.length === 0;
  document.getElementById('samplers-list').replaceChildren(...samplers.map(({ name, values }) => {
    const box = element('section');
    const list = element('ul');
    list.append(...values.map(({ value, asked, got }) => {
      const row = element('li');
      const fill = element('i', '', { className: 'fill' });
      fill.style.setProperty('--part', asked > 0 ? Math.min(1, got / asked) : 0);
      row.append(element('span', shortText(value, 60), { title: plainText(value) }), fill, element('b', `${number(got)} of ${number(asked)}`));
      return row;
    }));
    box.append(element('h3', shortText(name, 60)), list);
    return box;
  }));
}
