// What is wrong with a field, beside it.

/** @param {string} message empty: nothing is wrong */
export function mark(field, message) {
  const line = lineOf(field);
  line.textContent = message;
  field.classList.toggle('input-validation-error', message !== '');
  if (message) field.setAttribute('aria-invalid', 'true');
  else field.removeAttribute('aria-invalid');
}

export const isMarked = field => field.getAttribute('aria-invalid') === 'true';

/** The field's own description that is there for errors. */
const lineOf = field => document.getElementById(field.getAttribute('aria-describedby').split(' ').at(-1));
