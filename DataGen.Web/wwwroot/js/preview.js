// A preview: a few records of a dataset that is not made yet, and an estimate of its cost.
import { cost as costFigure, number, span, took } from './format.js';
import { announce } from './page.js';
import { element, plainLines, plainText, shortText } from './plaintext.js';

const byId = name => document.getElementById(name);
const pane = byId('preview');
const MostValues = 12;
const MostColumns = 40;
const LongestCell = 120;

let wanted = 0;
let newest = null;
const opened = new Set();

/** @param {number} count records of the dataset @returns shows what there is of the preview so far */
export function startPreview(count) {
  wanted = count;
  newest = null;
  opened.clear();
  return preview => {
    const isFirst = newest === null;
    show(preview, false);
    if (!isFirst) return;
    pane.scrollIntoView({ block: 'nearest' });
    announce(`${number(preview.records.length)} records are being made.`, true);
  };
}

/** @param {object} preview the whole of it, the answer of POST /api/previews */
export function endPreview(preview) {
  show(preview, true);
  if ([document.body, byId('try')].includes(document.activeElement)) {
    pane.focus();
    pane.scrollIntoView({ block: 'nearest' });
  } else {
    announce(pane.querySelector('h2').textContent, true); // the user continues in the form, or reads a record
  }
}

/** The preview has ended early: its records stay, and those that were not made say so. */
export function breakOffPreview() {
  if (newest === null) pane.hidden = true; // refused: the shown records belong to an earlier preview
  else show({ ...newest, records: newest.records.map(record => (isMade(record) ? record : { ...record, error: 'It was not made.' })) }, true);
}

function show(preview, isDone) {
  const { records, estimate, responseFormat } = newest = preview;
  const good = records.filter(record => record.ok).length;
  const focused = pane.contains(document.activeElement) ? document.activeElement.dataset.index : undefined;
  const across = pane.querySelector('.wide-scroll')?.scrollLeft ?? 0;
  pane.ariaBusy = String(!isDone);
  pane.replaceChildren(
    element('h2', `Preview: ${number(good)} of ${number(records.length)} records${isDone ? '' : ' so far'}`),
    ...(isDone && !estimate ? [] : [costOf(estimate)]),
    recordsOf(records),
    ...(estimate && Object.keys(estimate.plan).length > 0 ? [tableOf(estimate.plan)] : []),
    element('p', `Nothing is stored. ${responseFormat === undefined ? '' : `The server is asked for ${FormatWords[responseFormat]}.`}`, { className: 'hint' }),
  );
  pane.hidden = false;
  pane.querySelector('.wide-scroll').scrollLeft = across;
  if (focused !== undefined) pane.querySelector(`[data-index="${focused}"]`)?.focus();
}

const FormatWords = { json_schema_strict: 'records of this schema and no others', json_schema: 'records of this schema', json_object: 'a JSON object', none: 'plain text: it takes no other wish' };

const between = ({ low, high }, write) => (write(low) === write(high) ? write(low) : `${write(low)} to ${write(high)}`);

/** What all records will cost; its place is kept until that is known. */
function costOf(estimate) {
  const { calls, tokens, seconds, cost, capacity } = estimate ?? {};
  const facts = [
    [`${number(wanted)} records`, estimate ? `${between(calls, number)} calls` : '…'],
    ['Tokens', estimate ? between(tokens, number) : '…'],
    ...(cost ? [['Cost', between(cost, costFigure)]] : []),
    ['Time', estimate ? between(seconds, span) : '…'],
    ...(capacity === undefined ? [] : [['Can differ', `${number(capacity)} at most`]]),
  ];
  const list = element('dl', '', { className: 'preview-cost' });
  for (const [name, value] of facts) {
    const fact = element('div');
    fact.append(element('dt', name), element('dd', value));
    list.append(fact);
  }

  return list;
}

/** How often each value will be drawn, exactly. */
function tableOf(plan) {
  const table = element('table', '', { className: 'preview-plan' });
  table.append(element('caption', 'Drawn, exactly'));
  for (const [name, counts] of Object.entries(plan)) {
    const row = table.insertRow();
    row.append(element('th', plainText(name), { scope: 'row' }));
    const values = Object.entries(counts);
    const told = values.slice(0, MostValues).map(([value, times]) => `${plainText(value)} ${number(times)}`);
    row.append(element('td', told.join(' · ') + (values.length > MostValues ? ` … ${number(values.length)} values` : '')));
  }

  return table;
}

/** A row a record; its number opens the whole of it and what was sent. */
function recordsOf(records) {
  const columns = [...new Set(records.flatMap(({ data }) => Object.keys(data ?? {})))].slice(0, MostColumns);
  const table = element('table', '', { className: 'preview-records' });
  const head = table.createTHead().insertRow();
  head.append(...['#', ...columns, 'took'].map(name => element('th', plainText(name), { scope: 'col' })));
  const body = table.createTBody();
  for (const record of records) {
    const row = body.insertRow();
    const whole = wideRow(body, columns, detailsOf(record));
    whole.hidden = !opened.has(record.index);
    row.append(openerOf(record, whole), ...cellsOf(record, columns), element('td', isMade(record) ? `${took(record.durationMs)} · ${number(record.attempts)} ${record.attempts === 1 ? 'call' : 'calls'}` : '', { className: 'effort' }));
    if (record.rejections.length > 0) body.insertBefore(wideRow(body, columns, record.rejections.map(({ message }) => element('p', plainText(message), { className: 'preview-rejection' }))), whole);
  }

  const scroll = element('div', '', { className: 'wide-scroll', tabIndex: 0, role: 'group', ariaLabel: 'Records of the preview, can be scrolled' });
  scroll.append(table);
  return scroll;
}

function openerOf({ index }, whole) {
  const button = element('button', number(index), { type: 'button', className: 'open-record', ariaLabel: `Record ${number(index)} in full`, ariaExpanded: String(!whole.hidden) });
  button.dataset.index = index;
  button.addEventListener('click', () => {
    whole.hidden = opened.delete(index);
    if (!whole.hidden) opened.add(index);
    button.ariaExpanded = String(!whole.hidden);
  });
  const cell = element('th', '', { scope: 'row' });
  cell.append(button);
  return cell;
}

const isMade = ({ ok, error }) => ok || error !== undefined;

function cellsOf(record, columns) {
  if (!isMade(record)) return [element('td', 'being made…', { className: 'hint', colSpan: Math.max(1, columns.length) })];
  if (!record.ok) return [element('td', plainText(record.error), { className: 'field-error', colSpan: Math.max(1, columns.length) })];
  return columns.map(name => {
    const value = record.data[name];
    const text = value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
    return element('td', shortText(text, LongestCell), text.length > LongestCell ? { title: plainLines(text) } : {});
  });
}

function wideRow(body, columns, content) {
  const row = body.insertRow();
  const cell = row.insertCell();
  cell.colSpan = columns.length + 2 || 3;
  cell.append(...content);
  return row;
}

const detailsOf = ({ ok, data, messages }) => [
  ...(ok ? [element('pre', plainLines(JSON.stringify(data, null, 2)), { tabIndex: 0 })] : []),
  element('p', 'What was sent', { className: 'hint' }),
  ...messages.map(({ role, content }) => element('pre', `${role}: ${plainLines(content)}`, { tabIndex: 0 })),
];
