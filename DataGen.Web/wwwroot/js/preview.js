// A few records of a dataset that is not made yet, and what all of it will cost.
import { cost as costFigure, number, span, took } from './format.js';
import { element, plainLines, plainText } from './plaintext.js';

const pane = document.getElementById('preview');
const MostValues = 12;

/** @param {object} preview the answer of POST /api/previews @param {number} count records of the dataset */
export function showPreview({ records, estimate, responseFormat }, count) {
  const good = records.filter(record => record.ok).length;
  pane.replaceChildren(
    element('h2', `Preview: ${number(good)} of ${number(records.length)} records`),
    ...(estimate ? [costOf(estimate, count)] : []),
    ...(estimate && Object.keys(estimate.plan).length > 0 ? [tableOf(estimate.plan)] : []),
    listOf(records),
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

function listOf(records) {
  const list = element('ol', '', { className: 'preview-records' });
  list.append(...records.map(record => {
    const item = element('li');
    item.append(element('p', `Record ${number(record.index)} · ${number(record.attempts)} ${record.attempts === 1 ? 'call' : 'calls'} · ${took(record.durationMs)}`, { className: 'hint' }));
    for (const { message } of record.rejections) item.append(element('p', plainText(message), { className: 'preview-rejection' }));
    item.append(record.ok ? element('pre', plainLines(JSON.stringify(record.data, null, 2))) : element('p', plainText(record.error), { className: 'field-error' }));
    item.append(messagesOf(record.messages));
    return item;
  }));
  return list;
}

function messagesOf(messages) {
  const details = element('details');
  details.append(element('summary', 'What was sent'), ...messages.map(({ role, content }) => element('pre', `${role}: ${plainLines(content)}`)));
  return details;
}
