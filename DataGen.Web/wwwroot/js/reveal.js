// Shows a password, and hides it again before it is sent.
export function wireReveal(button) {
  const field = document.getElementById(button.dataset.reveal);
  const reveal = shown => {
    field.type = shown ? 'text' : 'password';
    button.textContent = shown ? 'Hide' : 'Show';
    button.setAttribute('aria-pressed', String(shown));
  };

  button.hidden = false;
  button.addEventListener('click', () => reveal(field.type === 'password'));
  field.form.addEventListener('submit', () => reveal(false));
}
