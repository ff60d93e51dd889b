// The conditions of the Data tab: a chip for each, the form that adds one, and the search.
import { areSame } from './columns.js';
import { element, plainText, shortText } from './plaintext.js';
import { wirePopover } from './popover.js';
import { addFilter, go, wanted } from './view.js';

const Typing = 300;
const Operator = /^\s*(!=|<=|>=|=|<|>|~|is:null|not:null)/;
const Words = { '!=': '≠', '<=': '≤', '>=': '≥', '~': 'contains', 'is:null': 'has no value', 'not:null': 'has a value' };
const byId = name => document.getElementById(name);
const chips = byId('chips');
const text = byId('data-q');
const form = byId('filter-form');
const [column, operator, value] = ['filter-column', 'filter-operator', 'filter-value'].map(byId);
let columns = [];
let profiles = [];

/** As a chip says it: severity = high. The longest name that fits is meant, as in the API. */
function wordsOf(filter) {
  const name = columns.map(each => each.name).filter(each => filter.startsWith(each)).sort((a, b) => b.length - a.length)[0] ?? '';
  const [all, found] = Operator.exec(filter.slice(name.length)) ?? ['', ''];
  return name && found ? `${name} ${Words[found] ?? found} ${filter.slice(name.length + all.length)}`.trim() : filter;
}

/** @param {object[]} all the dataset's columns */
export function showFilters(all) {
  if (!areSame(all, columns)) {
    column.replaceChildren(...all.map(({ name }) => element('option', shortText(name, 60), { value: name })));
  }

  columns = all;
  const { filters, q } = wanted();
  if (document.activeElement !== text) text.value = q;
  chips.hidden = filters.length === 0;
  chips.replaceChildren(...filters.map(filter => {
    const words = plainText(wordsOf(filter));
    const chip = element('li', '', { className: 'chip' });
    const remove = element('button', '×', { type: 'button', title: 'Remove' });
    remove.setAttribute('aria-label', `Remove filter ${words}`);
    remove.dataset.filter = filter;
    chip.append(element('span', words, { title: words }), remove);
    return chip;
  }));
}

/** The form suggests the most frequent values of the column. */
export function suggestValues(found) {
  profiles = found;
  const top = profiles.find(({ name }) => name === column.value)?.top ?? [];
  byId('filter-values').replaceChildren(...top.map(each => element('option', '', { value: each.value })));
}

export function wireFilters(changed) {
  let typing = 0;
  const find = () => {
    clearTimeout(typing);
    const q = text.value.trim();
    if (q === wanted().q) return;
    go({ q }, wanted().q !== ''); // going back leaves the search, not each letter of it
    changed();
  };
  text.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(find, Typing);
  });
  byId('data-search').addEventListener('submit', event => {
    event.preventDefault();
    find();
  });
  column.addEventListener('change', () => suggestValues(profiles));
  operator.addEventListener('change', () => { byId('filter-value-box').hidden = operator.value.startsWith(' '); });
  form.addEventListener('submit', event => {
    event.preventDefault();
    addFilter(`${column.value}${operator.value}${operator.value.startsWith(' ') ? '' : value.value.trim()}`);
    value.value = '';
    byId('filter-box').open = false;
    byId('filter-box').querySelector('summary').focus();
    changed();
  });
  chips.addEventListener('click', event => {
    const { filter } = event.target.closest('button')?.dataset ?? {};
    if (filter === undefined) return;
    go({ filters: wanted().filters.filter(each => each !== filter) });
    byId('filter-box').querySelector('summary').focus();
    changed();
  });
  wirePopover(byId('filter-box'));
}
