// Buttons that are busy or have to wait.

export const isHeld = button => button.getAttribute('aria-disabled') === 'true';

/** Shows that a button is busy and ignores a second click. @returns a function that makes it usable again */
export function hold(button, text) {
  const label = button.textContent;
  button.setAttribute('aria-disabled', 'true');
  button.textContent = text;
  return () => {
    button.removeAttribute('aria-disabled');
    button.textContent = label;
  };
}

/** Retrying too early only makes the wait longer. */
export function countDown(button, seconds) {
  const end = Date.now() + seconds * 1000;
  const left = () => Math.ceil((end - Date.now()) / 1000);
  const free = hold(button, `Wait ${seconds} s`);
  const timer = setInterval(() => {
    button.textContent = `Wait ${left()} s`;
    if (left() > 0) return;
    clearInterval(timer);
    free();
  }, 500);
}
