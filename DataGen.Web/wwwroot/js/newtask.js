// The form for a new task: examples to start from, what is wrong said beside each field, one click one task.
import { dropDraft, keepDraft } from './draft.js';
import { isMarked, mark } from './fields.js';
import { number } from './format.js';
import { hold, isHeld } from './hold.js';

const form = document.getElementById('new-task');
const prompt = form.elements['NewTask.Prompt'];
const count = form.elements['NewTask.Count'];
const button = form.querySelector('[type=submit]');
const fields = [...form.querySelectorAll('[data-number], [data-longest]')];
const Numbers = { whole: /^[+-]?\d+$/, decimal: /^[+-]?(\d+\.?\d*|\.\d+)$/ };

/** What can be known to be wrong before the server is asked, which knows the rest; empty: nothing. */
function problemOf({ value: typed, required, dataset: { missing, longest, number: kind, min, max } }) {
  const value = typed.trim();
  if (value === '') return required ? missing : '';
  if (longest && value.length > longest) return `Must be at most ${number(longest)} characters; these are ${number(value.length)}.`;
  if (!kind) return '';
  if (!Numbers[kind].test(value)) return `“${value}” is not a usable ${kind === 'whole' ? 'whole ' : ''}number.`;
  if (max && (Number(value) < Number(min) || Number(value) > Number(max))) return `Must be from ${min} to ${max}.`;
  return Number(value) < Number(min) ? `Must be ${min} or more.` : '';
}

function wireErrors() {
  form.addEventListener('change', event => { if (fields.includes(event.target)) mark(event.target, problemOf(event.target)); });
  form.addEventListener('input', event => { if (fields.includes(event.target) && isMarked(event.target)) mark(event.target, problemOf(event.target)); });
  form.addEventListener('submit', event => {
    for (const field of fields) mark(field, problemOf(field));
    if (!fields.some(isMarked)) return;
    event.preventDefault();
    focusFirstError();
  });
}

function focusFirstError() {
  const wrong = fields.find(isMarked);
  const details = wrong?.closest('details');
  if (details) details.open = true;
  (wrong ?? document.getElementById('new-task-problem'))?.focus();
}

/** A second click must not make a second task. */
function wireSubmit() {
  let free = () => {};
  form.addEventListener('submit', event => {
    if (event.defaultPrevented) return;
    if (isHeld(button)) event.preventDefault();
    else free = hold(button, 'Starting…');
  });
  addEventListener('pageshow', () => free()); // back from the task's page
}

/** An example takes the place of what is typed, and gives it back when asked. */
function wireExamples() {
  const own = document.getElementById('own-prompt');
  const chips = [...form.querySelectorAll('[data-prompt]')];
  let proposed = count.defaultValue;
  let kept = '';

  const fill = text => {
    prompt.value = text;
    mark(prompt, '');
    prompt.dispatchEvent(new Event('input', { bubbles: true }));
    prompt.focus();
    prompt.setSelectionRange(0, 0);
    prompt.scrollTop = 0;
  };

  const use = chip => {
    if (prompt.value.trim() && !chips.some(other => other.dataset.prompt === prompt.value)) kept = prompt.value;
    own.hidden = kept === '';
    if (count.value === proposed) proposed = count.value = chip.dataset.count; // a number somebody chose is theirs
    fill(chip.dataset.prompt);
  };

  for (const chip of chips) chip.addEventListener('click', event => act(event, () => use(chip)));
  for (const link of document.querySelectorAll('[data-example]')) {
    link.addEventListener('click', event => act(event, () => use(chips.find(chip => chip.dataset.key === link.dataset.example))));
  }

  own.addEventListener('click', () => {
    own.hidden = true;
    fill(kept);
    kept = '';
  });
}

function act(event, step) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  step();
}

export function wireNewTask() {
  wireErrors();
  wireSubmit();
  wireExamples();
  keepDraft(form); // last: what does not get past the others is not sent
  form.querySelector('[data-start-empty]')?.addEventListener('click', dropDraft);
  if (form.dataset.refused) focusFirstError();
}
