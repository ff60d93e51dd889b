// The end of a session while the page is in use: the user signs in in a dialog, and nothing typed is lost.
import { wireReveal } from './reveal.js';
import { wireSignIn } from './signin.js';

const banner = document.getElementById('session-expired');
const link = document.getElementById('session-sign-in');
const dialog = document.getElementById('sign-in-dialog');

/** @param {boolean} [isAwaited] the user waits for an answer: the dialog opens at once, not only the banner */
export function showSessionExpired(isAwaited = false) {
  link.href = `/login?returnUrl=${encodeURIComponent(location.pathname + location.search)}`;
  banner.hidden = false;
  if (isAwaited) open();
}

/** Calls `goOn` when the session is back; without it the page is reloaded. */
export function onSignedIn(goOn) {
  document.addEventListener('signedin', event => {
    event.preventDefault();
    goOn();
  });
}

function open() {
  if (!dialog.open) dialog.showModal();
}

function wire() {
  const form = dialog.querySelector('form');
  const password = form.querySelector('[data-password]');
  for (const button of form.querySelectorAll('[data-reveal]')) wireReveal(button);
  link.addEventListener('click', event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  dialog.querySelector('[data-close]').addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => form.reset());
  wireSignIn(form, {
    credentials: () => ({ username: dialog.dataset.user, password: password.value }),
    done() {
      dialog.close();
      banner.hidden = true;
      if (document.dispatchEvent(new Event('signedin', { cancelable: true }))) location.reload();
    },
  });
}

if (dialog) wire();
