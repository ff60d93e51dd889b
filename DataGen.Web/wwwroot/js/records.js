// The newest records as a table with columns from the data, never more than a page of rows; Display/RecordTable.cs writes the first one.
import { isRawNumber } from './api.js';
import { span } from './format.js';

const table = document.getElementById('records');
const [head, body] = [table.tHead.rows[0], table.tBodies[0]];
const maxColumns = Number(table.dataset.maxColumns);
const MostFresh = 8; // more than these at once would only flicker
const known = new Map();
let columns = [...head.cells].slice(1, -1).map(cell => cell.textContent);

/** The record with this index, when it is in the table. */
export const recordInTable = index => known.get(index);

export const effortOf = record =>
  span(record.durationMs / 1000) + (record.attempts > 1 ? ` · ${record.attempts} tries` : '');

export function showRecords(items) {
  const shown = new Set(known.keys());
  known.clear();
  for (const item of items) known.set(item.index, item);
  adoptColumns(items);
  const fresh = items.filter(item => !shown.has(item.index));
  const markFresh = shown.size > 0 && fresh.length <= MostFresh;
  const rows = new Map([...body.rows].map(row => [Number(row.dataset.index), row]));
  let place = body.rows[0] ?? null;
  for (const item of items) {
    const row = rows.get(item.index) ?? newRow(item, markFresh);
    rows.delete(item.index);
    if (row === place) place = place.nextElementSibling;
    else body.insertBefore(row, place);
  }

  for (const row of rows.values()) row.remove();
  const empty = items.length === 0;
  document.getElementById('records-shown').textContent = items.length;
  document.getElementById('records-hint').hidden = empty;
  document.getElementById('records-none').hidden = !empty;
  document.getElementById('records-scroll').hidden = empty;
}

function adoptColumns(items) {
  const names = new Set(columns);
  for (const item of items) if (item.ok) for (const name of membersOf(item.data).keys()) names.add(name);
  const wanted = [...names].slice(0, maxColumns);
  if (wanted.length === columns.length) return;
  columns = wanted;
  head.replaceChildren(head.cells[0], ...columns.map(name => headOf(name, items)), head.cells[head.cells.length - 1]);
  body.replaceChildren();
}

/** A column's head is set as its first value is. */
function headOf(name, items) {
  const cell = element('th', name, { scope: 'col' });
  const holder = items.map(item => item.ok && membersOf(item.data)).find(members => members && members.has(name));
  if (holder) cell.dataset.kind = kindOf(holder.get(name));
  return cell;
}

function newRow(item, isFresh) {
  const row = document.createElement('tr');
  row.dataset.index = item.index;
  if (isFresh) row.className = 'fresh';
  const opener = element('button', item.index, { type: 'button', className: 'open-record' });
  const name = element('th', '', { scope: 'row' });
  name.append(opener);
  row.append(name);
  if (item.ok) {
    const members = membersOf(item.data);
    row.append(...columns.map(column => cellOf(members, column)));
  } else {
    row.append(element('td', item.error, { className: 'record-error', colSpan: Math.max(1, columns.length) }));
  }

  row.append(element('td', effortOf(item), { className: 'effort' }));
  return row;
}

function membersOf(data) {
  return data !== null && typeof data === 'object' && !Array.isArray(data) && !isRawNumber(data)
    ? new Map(Object.entries(data))
    : new Map([['value', data]]);
}

function cellOf(members, column) {
  const cell = document.createElement('td');
  const value = members.get(column);
  cell.dataset.kind = members.has(column) ? kindOf(value) : 'absent';
  if (members.has(column)) cell.textContent = typeof value === 'string' ? value : JSON.stringify(value);
  return cell;
}

function kindOf(value) {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number' || isRawNumber(value)) return 'number';
  return value !== null && typeof value === 'object' ? 'json' : 'word';
}

/** Text is only ever set as text. */
function element(name, text, properties) {
  const made = Object.assign(document.createElement(name), properties);
  made.textContent = text;
  return made;
}
