// A few records of a dataset that is not made yet, and what all of it will cost.
import { cost as costFigure, number, span, took } from './format.js';
import { element, plainLines, plainText, shortText } from './plaintext.js';

const pane = document.getElementById('preview');
const MostValues = 12;
const MostColumns = 40;
const LongestCell = 120;

/** @param {object} preview the answer of POST /api/previews @param {number} count records of the dataset */
export function showPreview({ records, estimate, responseFormat }, count) {
  const good = records.filter(record => record.ok).length;
  pane.replaceChildren(
    element('h2', `Preview: ${number(good)} of ${number(records.length)} records`),
    ...(estimate ? [costOf(estimate, count)] : []),
    ...(estimate && Object.keys(estimate.plan).length > 0 ? [tableOf(estimate.plan)] : []),
    recordsOf(records),
    element('p', `Nothing is stored. ${responseFormat === undefined ? '' : `The server is asked for ${FormatWords[responseFormat]}.`}`, { className: 'hint' }),
  );
  pane.hidden = false;
  pane.focus();
  pane.scrollIntoView({ block: 'nearest' });
}

const FormatWords = { json_schema_strict: 'records of this schema and no others', json_schema: 'records of this schema', json_object: 'a JSON object', none: 'plain text: it takes no other wish' };

const between = ({ low, high }, write) => (write(low) === write(high) ? write(low) : `${write(low)} to ${write(high)}`);

function costOf({ calls, tokens, seconds, cost, capacity }, count) {
  const facts = [
    [`${number(count)} records`, `${between(calls, number)} calls`],
    ['Tokens', between(tokens, number)],
    ...(cost ? [['Cost', between(cost, costFigure)]] : []),
    ['Time', between(seconds, span)],
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
    whole.hidden = true;
    row.append(openerOf(record, whole), ...cellsOf(record, columns), element('td', `${took(record.durationMs)} · ${number(record.attempts)} ${record.attempts === 1 ? 'call' : 'calls'}`, { className: 'effort' }));
    if (record.rejections.length > 0) body.insertBefore(wideRow(body, columns, record.rejections.map(({ message }) => element('p', plainText(message), { className: 'preview-rejection' }))), whole);
  }

  const scroll = element('div', '', { className: 'wide-scroll', tabIndex: 0, role: 'group', ariaLabel: 'Records of the preview, can be scrolled' });
  scroll.append(table);
  return scroll;
}

function openerOf({ index }, whole) {
  const button = element('button', number(index), { type: 'button', className: 'open-record', ariaLabel: `Record ${number(index)} in full`, ariaExpanded: 'false' });
  button.addEventListener('click', () => {
    whole.hidden = !whole.hidden;
    button.ariaExpanded = String(!whole.hidden);
  });
  const cell = element('th', '', { scope: 'row' });
  cell.append(button);
  return cell;
}

function cellsOf(record, columns) {
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
