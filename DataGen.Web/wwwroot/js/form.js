// Forms that are sent to the Gateway by script: sent once, with errors beside each field.
import { explain } from './explain.js';
import { Refused } from './calls.js';
import { mark } from './fields.js';
import { countDown, hold, isHeld } from './hold.js';

/**
 * @param {HTMLFormElement} form its fieldset, if any, is disabled until now, so that the form cannot be sent without this script
 * @param {object} steps
 * @param {(values: object) => object} [steps.check] the errors by field, checked before sending
 * @param {(values: object) => Promise} steps.send
 * @param {(answer: any, values: object) => void} steps.done
 */
export function wireForm(form, { check, send, done }) {
  const button = form.querySelector('[type=submit]');
  const fieldset = form.querySelector('fieldset');
  if (fieldset) fieldset.disabled = false;
  form.addEventListener('submit', async event => {
    event.preventDefault();
    await sendForm(form, button, { check, send, done });
  });
}

/** What `wireForm` does when the form is sent, for another button of it. */
export async function sendForm(form, button, { check, send, done }) {
  if (isHeld(button)) return;
  clearErrors(form);
  const values = Object.fromEntries(fieldsOf(form).map(field => [field.dataset.name, field.value]));
  if (showErrors(form, check?.(values) ?? {})) return;
  const free = hold(button, button.dataset.busy);
  try {
    const answer = await send(values);
    free();
    done(answer, values);
  } catch (error) {
    free();
    refuse(form, button, error);
  }
}

export function clearErrors(form) {
  showProblem(form, '');
  for (const field of fieldsOf(form)) mark(field, '');
}

function refuse(form, button, error) {
  const known = error instanceof Refused && showErrors(form, error.errors);
  if (!known) showProblem(form, explain(error, true));
  if (error instanceof Refused && error.status === 429) countDown(button, error.retryAfter || 1);
}

/** @returns whether every error belongs to a field */
function showErrors(form, errors) {
  const fields = new Map(fieldsOf(form).map(field => [field.dataset.name, field]));
  const rest = form.querySelector('[data-takes-rest]'); // the field of every name that no other has
  const wrong = gather(Object.entries(errors), name => fields.has(name) || !rest ? name : rest.dataset.name);
  for (const [name, messages] of wrong) if (fields.has(name)) mark(fields.get(name), sentence(fields.get(name), messages.join(' ')));
  focusError(form);
  return wrong.length > 0 && wrong.every(([name]) => fields.has(name));
}

/** The messages by field; those of a name that is not the field's own say which. */
function gather(errors, fieldOf) {
  const all = new Map();
  for (const [name, messages] of errors) {
    const field = fieldOf(name);
    const told = [messages].flat().map(message => (field === name ? message : `${name}: ${message}`));
    all.set(field, [...(all.get(field) ?? []), ...told]);
  }

  return [...all];
}

export function focusError(form) {
  const field = form.querySelector('[aria-invalid=true]');
  const details = field?.closest('details');
  if (details) details.open = true;
  field?.focus();
}

/** The API's errors do not repeat the name of the field: "is required." */
const sentence = (field, message) => (/^[a-z]/.test(message) && field.dataset.takesRest === undefined ? `${field.labels[0].textContent} ${message}` : message);

function showProblem(form, text) {
  const problem = form.querySelector('[data-part=problem]');
  problem.hidden = text === '';
  problem.textContent = text;
}

export const fieldsOf = form => [...form.querySelectorAll('[data-name]')];
