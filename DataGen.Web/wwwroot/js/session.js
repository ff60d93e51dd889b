// The end of a session in the middle of work: whoever works here signs in on the spot, and nothing typed is lost.
import { wireReveal } from './reveal.js';
import { wireSignIn } from './signin.js';

const banner = document.getElementById('session-expired');
const link = document.getElementById('session-sign-in');
const dialog = document.getElementById('sign-in-dialog');

/** @param {boolean} [isAwaited] somebody waits for an answer: the question comes at once, not only the banner */
export function showSessionExpired(isAwaited = false) {
  link.href = `/login?returnUrl=${encodeURIComponent(location.pathname + location.search)}`;
  banner.hidden = false;
  if (isAwaited) open();
}

/** Calls `goOn` when the session is back; a page that does not say how it goes on is loaded anew. */
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
