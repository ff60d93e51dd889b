// The form for a new task: examples, errors beside each field, and one task per click.
import { keepNumbers } from './api.js';
import { createTask, draftDefinition, makePreview } from './calls.js';
import { dropDraft, keepDraft } from './draft.js';
import { wireFields } from './fieldtable.js';
import { wireDefinitionFile } from './definitionfile.js';
import { isMarked, mark } from './fields.js';
import { fieldsOf, focusError, sendForm, wireForm } from './form.js';
import { number } from './format.js';
import { hold } from './hold.js';
import { announce } from './page.js';
import { breakOffPreview, endPreview, startPreview } from './preview.js';

const form = document.getElementById('new-task');
const prompt = form.elements['NewTask.Prompt'];
const count = form.elements['NewTask.Count'];
const fields = fieldsOf(form);
const Numbers = { whole: /^[+-]?\d+$/, decimal: /^[+-]?(\d+\.?\d*|\.\d+)$/ };

const Thousands = { k: 1000, m: 1_000_000 };

/** As people write numbers: 1,000, 10 000, 1k, 1.5M. */
function plainNumber(typed) {
  const joined = typed.trim().replace(/(?<=\d)[,_\s](?=\d{3}(?!\d))/g, '');
  const [, figures, unit] = /^(\d+(?:\.\d+)?)\s*([km])$/i.exec(joined) ?? [];
  return unit ? String(Math.round(Number(figures) * Thousands[unit.toLowerCase()])) : joined;
}

/** The errors that can be found without the server; empty: none. */
function problemOf({ value: typed, required, dataset: { missing, longest, number: kind, min, max, takesRest } }) {
  const value = kind === 'whole' ? plainNumber(typed) : typed.trim();
  if (value === '') return required ? missing : '';
  if (longest && value.length > longest) return `Must be at most ${number(longest)} characters; these are ${number(value.length)}.`;
  if (kind === undefined) return takesRest === undefined ? '' : problemOfDefinition(value);
  if (!Numbers[kind].test(value)) return `“${value}” is not a usable ${kind === 'whole' ? 'whole ' : ''}number.`;
  if (max && (Number(value) < Number(min) || Number(value) > Number(max))) return `Must be from ${min} to ${max}.`;
  return Number(value) < Number(min) ? `Must be ${min} or more.` : '';
}

function problemOfDefinition(text) {
  try {
    const given = JSON.parse(text);
    return given && typeof given === 'object' && !Array.isArray(given) ? '' : 'Must be a JSON object.';
  } catch (error) {
    return `Is no JSON: ${error.message}`;
  }
}

/** A whole definition that is pasted gives the form its prompt and its count too. */
function wireDefinition() {
  const field = form.elements['NewTask.Definition'];
  const showFields = wireFields(field, checkable);
  wireDefinitionFile(field, () => toTask(valuesOf()));
  field.addEventListener('change', () => {
    if (!field.value.trim() || problemOfDefinition(field.value)) return;
    const { prompt: text, count: wanted, title, ...rest } = JSON.parse(field.value, keepNumbers);
    if (text === undefined && wanted === undefined && title === undefined) return;
    for (const [name, value] of [['Prompt', text], ['Count', wanted], ['Title', title]]) if (value !== undefined) form.elements[`NewTask.${name}`].value = value;
    field.value = JSON.stringify(rest, null, 2);
    form.dispatchEvent(new Event('input', { bubbles: true }));
    showFields();
  });
  return showFields;
}

const valuesOf = () => Object.fromEntries(fields.map(field => [field.dataset.name, field.value]));

/** What is in the form as a definition, as soon as it can be one. */
function checkable() {
  const problems = problemsOf(fields.filter(field => field !== prompt));
  if (Object.keys(problems).length > 0) return null;
  const { title, temperature, maxTokens, concurrency, ...definition } = toTask(valuesOf());
  return { ...definition, prompt: prompt.value.trim() || 'A record' };
}

/** An error is shown when the user leaves a field and removed as soon as it is corrected. An empty field is no error before the form is sent. */
function wireErrors() {
  form.addEventListener('focusout', ({ target, relatedTarget }) => {
    // not when the focus moves to a button: a new line would move the button away from the pointer
    if (fields.includes(target) && target.value.trim() && relatedTarget?.type !== 'submit') mark(target, problemOf(target));
  });
  form.addEventListener('input', ({ target }) => { if (fields.includes(target) && isMarked(target)) mark(target, problemOf(target)); });
}

const problemsOf = some => Object.fromEntries(some.map(field => [field.dataset.name, problemOf(field)]).filter(([, problem]) => problem));

/** A proposal of the model for the definition, and a look at a few records before all of them are made. */
function wireTrying(showFields) {
  const definition = form.elements['NewTask.Definition'];
  const [suggest, preview] = ['suggest', 'try'].map(id => document.getElementById(id));
  suggest.parentElement.hidden = false;
  suggest.addEventListener('click', () => sendForm(form, suggest, {
    check: () => problemsOf([prompt, definition]),
    send: values => draftDefinition({ prompt: values.prompt }),
    done({ schema, samplers }) {
      const own = definition.value.trim() ? JSON.parse(definition.value, keepNumbers) : {};
      definition.value = JSON.stringify({ ...own, samplers, schema }, null, 2);
      form.dispatchEvent(new Event('input', { bubbles: true }));
      showFields();
      document.getElementById('fields').scrollIntoView({ block: 'nearest' });
      announce('The model has proposed fields and values. They are yours to change.', true);
    },
  }));
  preview.addEventListener('click', () => sendForm(form, preview, {
    check: () => problemsOf(fields),
    async send(values) {
      const show = startPreview(Number(plainNumber(values.count)));
      try {
        return await makePreview({ definition: toTask(values), records: Number(preview.dataset.records) }, show);
      } catch (error) {
        breakOffPreview();
        throw error;
      }
    },
    done: endPreview,
  }));
}

/** Without script the browser sends the form itself; with script nothing typed is lost when the session has expired or the server cannot be reached. */
function wireSending(sent) {
  const button = form.querySelector('[type=submit]');
  let free = () => {};
  wireForm(form, {
    check: () => problemsOf(fields),
    send: values => createTask(toTask(values)),
    done(task) {
      sent();
      free = hold(button, button.dataset.busy); // a second click must not create a second task
      location.assign(`/tasks/${task.id}`);
    },
  });
  addEventListener('pageshow', () => free()); // the user came back from the task's page
}

/** Empty fields stay absent. */
function toTask(values) {
  const numbers = fields.filter(field => field.dataset.number).map(field => field.dataset.name);
  const { definition, ...others } = values;
  const rest = definition.trim() ? JSON.parse(definition, keepNumbers) : {};
  return Object.assign(rest, Object.fromEntries(Object.entries(others).filter(([, value]) => value.trim() !== '').map(([name, value]) => [name, numbers.includes(name) ? Number(plainNumber(value)) : value])));
}

/** An example replaces what was typed, which can be restored. */
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
    if (count.value === proposed) proposed = count.value = chip.dataset.count; // a number that the user typed stays
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
  const sent = keepDraft(form);
  wireExamples();
  wireTrying(wireDefinition());
  wireSending(sent);
  form.querySelector('[data-start-empty]')?.addEventListener('click', dropDraft);
  if (form.dataset.refused) focusError(form);
}
