// The newest records as a table with columns from the data, never more than a page of rows; Display/RecordTable.cs renders the first one.
import { isRawNumber } from './api.js';
import { number, took } from './format.js';
import { element, plainText, shortText } from './plaintext.js';

const table = document.getElementById('records');
const [head, body] = [table.tHead.rows[0], table.tBodies[0]];
const heldNote = document.getElementById('records-held');
const maxColumns = Number(table.dataset.maxColumns);
const Longest = { text: 120, number: 60, word: 10, json: 60 };
const MostFresh = 8; // more at once would flicker
let shown = new Set([...body.rows].map(row => Number(row.dataset.index)));
let columns = [...head.cells].slice(1, -1).map(cell => cell.dataset.name);
let waiting = null;

export const effortOf = record =>
  took(record.durationMs) + (record.attempts > 1 ? ` · ${record.attempts} tries` : '');

/** Rows do not move while the table has the pointer or the focus; new records are shown afterwards. */
export function showRecords(items) {
  if (items.length > 0 && body.querySelector(':hover, :focus-visible')) {
    waiting = items;
    const known = new Set([...body.rows].map(row => Number(row.dataset.index)));
    const newer = items.filter(item => !known.has(item.index)).length;
    heldNote.hidden = newer === 0;
    heldNote.textContent = `${newer === items.length ? `${number(newer)} or more` : number(newer)} newer; held still while you are in it`;
    return;
  }

  show(items);
}

function release() {
  // wait until the pointer or the focus has moved on
  setTimeout(() => { if (waiting) showRecords(waiting); });
}

body.addEventListener('pointerleave', release);
body.addEventListener('focusout', release);

function show(items) {
  waiting = null;
  heldNote.hidden = true;
  adoptColumns(items);
  const fresh = items.filter(item => !shown.has(item.index));
  const markFresh = shown.size > 0 && fresh.length <= MostFresh;
  arrangeRows(body, items, keyOf, item => newRow(item, markFresh && !shown.has(item.index)));
  shown = new Set(items.map(item => item.index));
  const empty = items.length === 0;
  document.getElementById('records-shown').textContent = items.length;
  document.getElementById('records-hint').hidden = empty;
  document.getElementById('records-none').hidden = !empty;
  document.getElementById('records-scroll').hidden = empty;
}

/** Rows that stay are kept, so that the focus and a selection stay. @param {(item: object) => string} keyOf which row is a record's */
export function arrangeRows(rows, items, keyOf, make) {
  const kept = new Map([...rows.rows].map(row => [row.dataset.key ?? row.dataset.index, row]));
  let place = rows.rows[0] ?? null;
  for (const item of items) {
    const row = kept.get(keyOf(item)) ?? make(item);
    if (row === place) place = place.nextElementSibling;
    else rows.insertBefore(row, place);
  }

  while (place) {
    const gone = place;
    place = place.nextElementSibling;
    gone.remove();
  }
}

/** A record that was retried gets a new row. */
const keyOf = item => `${item.index}${item.ok ? '' : ' failed'}`;

function adoptColumns(items) {
  const names = new Set(columns);
  for (const item of items) if (item.ok) for (const name of membersOf(item.data).keys()) names.add(name);
  const wanted = [...names].slice(0, maxColumns);
  if (wanted.length === columns.length) return;
  columns = wanted;
  head.replaceChildren(head.cells[0], ...columns.map(name => headOf(name, items)), head.cells[head.cells.length - 1]);
  body.replaceChildren();
}

/** The head of a column is formatted like its first value. */
function headOf(name, items) {
  const cell = element('th', shortText(name, Longest.text), { scope: 'col' });
  cell.dataset.name = name;
  const holder = items.map(item => item.ok && membersOf(item.data)).find(members => members && members.has(name));
  if (holder) cell.dataset.kind = kindOf(holder.get(name));
  return cell;
}

function newRow(item, isFresh) {
  const row = document.createElement('tr');
  row.dataset.index = item.index;
  row.dataset.key = keyOf(item);
  if (isFresh) row.className = 'fresh';
  const name = element('th', '', { scope: 'row' });
  name.append(openerOf(item.index));
  row.append(name);
  if (item.ok) {
    const members = membersOf(item.data);
    row.append(...columns.map(column => cellOf(members, column)));
  } else {
    row.append(element('td', plainText(item.error ?? ''), { className: 'record-error', colSpan: Math.max(1, columns.length) }));
  }

  row.append(element('td', effortOf(item), { className: 'effort' }));
  return row;
}

export function openerOf(index) {
  const opener = element('button', index, { type: 'button', className: 'open-record' });
  opener.setAttribute('aria-label', `Open record ${index}`);
  return opener;
}

/** A record that is no object has one member. */
export function membersOf(data) {
  return data !== null && typeof data === 'object' && !Array.isArray(data) && !isRawNumber(data)
    ? new Map(Object.entries(data))
    : new Map([['value', data]]);
}

/** A text as it stands, anything else as JSON, what is not there as nothing. */
export const textOf = value => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));

export function cellOf(members, column) {
  const cell = document.createElement('td');
  const value = members.get(column);
  cell.dataset.kind = members.has(column) ? kindOf(value) : 'absent';
  if (members.has(column)) cell.textContent = shortText(textOf(value), Longest[cell.dataset.kind]);
  return cell;
}

function kindOf(value) {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number' || isRawNumber(value)) return 'number';
  return value !== null && typeof value === 'object' ? 'json' : 'word';
}
