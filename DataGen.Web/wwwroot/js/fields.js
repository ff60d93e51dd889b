// Shows the error of a field beside it.

/** @param {string} message empty: no error */
export function mark(field, message) {
  const line = lineOf(field);
  line.textContent = message;
  field.classList.toggle('input-validation-error', message !== '');
  if (message) field.setAttribute('aria-invalid', 'true');
  else field.removeAttribute('aria-invalid');
}

export const isMarked = field => field.getAttribute('aria-invalid') === 'true';

/** The element that describes the field's error. */
const lineOf = field => document.getElementById(field.getAttribute('aria-describedby').split(' ').at(-1));
