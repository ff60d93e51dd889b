// Which columns are shown: the first twenty, unless the user chose. A choice is kept as long as the browser's tab.
import { number } from './format.js';
import { setText } from './page.js';
import { element, shortText } from './plaintext.js';
import { wirePopover } from './popover.js';

const Most = 20;
const list = document.getElementById('columns-list');
const box = document.getElementById('columns-box');
const key = `columns of ${document.getElementById('task').dataset.id}`;
let columns = [];
let chosen = new Map(JSON.parse(sessionStorage.getItem(key) ?? '[]'));

/** The columns that are shown. */
export const shownOf = all => all.filter(({ name }, at) => chosen.get(name) ?? at < Most);

/** Whether these are the columns that were there before. */
export const areSame = (all, before) => all.length === before.length && all.every(({ name }, at) => name === before[at].name);

/** The picker's list; it stays as it is while the columns do. */
export function showColumns(all) {
  if (!areSame(all, columns)) {
    list.replaceChildren(...all.map(({ name }) => {
      const label = element('label');
      label.append(element('input', '', { type: 'checkbox', value: name }), element('span', shortText(name, 60)));
      return label;
    }));
  }

  columns = all;
  const shown = new Set(shownOf(all).map(({ name }) => name));
  for (const input of list.querySelectorAll('input')) input.checked = shown.has(input.value);
  const hidden = all.length - shown.size;
  setText(document.getElementById('columns-more'), hidden > 0 ? ` · ${number(hidden)} more` : '');
}

export function wireColumns(changed) {
  const choose = made => {
    chosen = made;
    sessionStorage.setItem(key, JSON.stringify([...chosen]));
    showColumns(columns);
    changed();
  };
  list.addEventListener('change', ({ target }) => choose(new Map(chosen).set(target.value, target.checked)));
  document.getElementById('columns-all').addEventListener('click', () => choose(new Map(columns.map(({ name }) => [name, true]))));
  wirePopover(box);
}
