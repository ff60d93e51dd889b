// Shows a password while the button is held.
const isPress = event => event.key === ' ' || event.key === 'Enter';

export function wireReveal(button) {
  const field = document.getElementById(button.dataset.reveal);
  const reveal = shown => {
    field.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shown));
  };

  button.hidden = false;
  button.addEventListener('pointerdown', () => reveal(true));
  button.addEventListener('keydown', event => {
    if (!isPress(event)) return;
    event.preventDefault();
    reveal(true);
  });
  for (const end of ['pointerup', 'pointerleave', 'pointercancel', 'keyup', 'blur']) button.addEventListener(end, () => reveal(false));
  button.addEventListener('contextmenu', event => event.preventDefault()); // a long touch holds the button
  field.form.addEventListener('submit', () => reveal(false));
}
