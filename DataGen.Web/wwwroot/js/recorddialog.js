// Shows a whole record, with links to the previous and the next one.
import { SessionExpired } from './api.js';
import { isEditing, showCuration } from './curate.js';
import { number, took } from './format.js';
import { showSessionExpired } from './page.js';
import { element, plainLines, plainText } from './plaintext.js';

const dialog = document.getElementById('record-dialog');
const title = document.getElementById('record-title');
const facts = document.getElementById('record-facts');
const why = document.getElementById('record-why');
const answered = document.getElementById('record-answered');
const whole = document.getElementById('record-whole');
const json = document.getElementById('record-json');
const [previous, next] = [document.getElementById('record-previous'), document.getElementById('record-next')];
const Key = /^(\s*)("(?:[^"\\]|\\.)*")(: )/;
const MostColoured = 1000; // lines
let finder = null;
let asked = 0;
let around = {};
let order = null;
let openIndex = -1;

export function wireRecordDialog(recordFinder) {
  finder = recordFinder;
  previous.addEventListener('click', () => step(around.previous));
  next.addEventListener('click', () => step(around.next));
  dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener('close', () => { asked++; });
  dialog.addEventListener('keydown', event => {
    if (event.target.matches('textarea') || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'ArrowLeft') step(around.previous);
    if (event.key === 'ArrowRight') step(around.next);
  });
}

/** Opens the first record that has ended from this number on. @param {number[]} [numbers] what previous and next mean; without, the order of numbers */
export async function openRecord(index, numbers = null) {
  around = {};
  order = numbers;
  const known = finder.known(index);
  if (known) show(known);
  else showNothing(`Record ${number(index)}`, 'Fetching…');
  if (!dialog.open) dialog.showModal();
  await look(index);
}

/** The open record was changed. */
export function recordChanged(record) {
  finder.keep([record]);
  if (dialog.open && record.index === openIndex) show(record);
}

function step(record) {
  if (!record) return;
  around = {};
  const known = finder.known(record.index);
  if (known) show(known);
  look(record.index);
}

async function look(index) {
  const mine = ++asked;
  openIndex = index;
  showSteps();
  try {
    const found = await finder.from(index);
    if (mine !== asked) return;
    around = order ? { ...found, ...besides(index) } : found;
    openIndex = found.record?.index ?? index;
    if (found.record && !isEditing(found.record)) show(found.record); // what is being typed stays
    if (!found.record) showNothing(`Record ${number(index)}`, 'This record is not there any more; it is being made again, or none has ended here yet.');
  } catch (error) {
    if (mine !== asked) return;
    if (error instanceof SessionExpired) {
      dialog.close();
      showSessionExpired();
    } else if (whole.hidden && why.hidden) {
      showNothing(`Record ${number(index)}`, 'This record could not be fetched just now.');
    }
  }

  showSteps();
}

function besides(index) {
  const at = order.indexOf(index);
  const [before, after] = [order[at - 1], order[at + 1]];
  return { previous: before === undefined ? undefined : { index: before }, next: after === undefined ? undefined : { index: after } };
}

/** A disabled button stays in place, because it may have the focus. */
function showSteps() {
  for (const [button, record] of [[previous, around.previous], [next, around.next]]) {
    button.setAttribute('aria-disabled', String(!record));
    button.title = record ? `Record ${number(record.index)}` : '';
  }
}

function showNothing(head, text) {
  title.textContent = head;
  facts.replaceChildren(fact('', text));
  answered.hidden = whole.hidden = why.hidden = true;
  showCuration(null);
}

function show(record) {
  title.textContent = `Record ${number(record.index)}`;
  facts.replaceChildren(
    fact('Outcome', record.ok ? 'good' : 'failed', record.ok ? 'good' : 'bad'),
    ...(record.removed ? [fact('Curated', 'left out', 'bad')] : record.edited ? [fact('Curated', 'changed')] : []),
    fact('Attempts', number(record.attempts)),
    fact('Time', took(record.durationMs)),
    ...(record.tokens ? [fact('Tokens', `${number(record.tokens.input)} in, ${number(record.tokens.output)} out`)] : []),
  );
  why.hidden = record.ok;
  answered.hidden = record.ok || !record.answer;
  whole.hidden = !record.ok && !record.answer;
  why.textContent = record.ok ? '' : plainLines(record.error ?? '');
  json.ariaLabel = record.ok ? 'The record as JSON' : 'What the last attempt was answered';
  if (record.ok) showJson(plainLines(JSON.stringify(record.data, null, 2)));
  else json.textContent = plainLines(record.answer ?? '');
  json.scrollTop = 0;
  showCuration(record);
}

/** Characters that change the writing direction are written as \u202e, which is the same JSON. */
function showJson(text) {
  const lines = text.split('\n');
  if (lines.length > MostColoured) {
    json.textContent = text;
    return;
  }

  json.replaceChildren(...lines.flatMap((line, at) => {
    const end = at + 1 < lines.length ? '\n' : '';
    const [all, space, key, colon] = Key.exec(line) ?? [];
    return all ? [space, element('b', key, { className: 'key' }), `${colon}${line.slice(all.length)}${end}`] : [`${line}${end}`];
  }));
}

function fact(name, value, kind) {
  const row = document.createElement('div');
  if (kind) row.dataset.kind = kind;
  row.append(element('dt', name), element('dd', plainText(value)));
  return row;
}
