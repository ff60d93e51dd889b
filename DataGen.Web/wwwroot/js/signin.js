// Signing in without leaving the page: what was typed stays, and a refusal says how long to wait.
import { SessionExpired } from './api.js';
import { Refused, signIn } from './calls.js';
import { countDown, hold, isHeld } from './hold.js';

/** @param {HTMLFormElement} form @param {{ credentials: () => { username: string, password: string }, done: () => void }} steps */
export function wireSignIn(form, { credentials, done }) {
  const button = form.querySelector('[type=submit]');
  const password = form.querySelector('[data-password]');
  const problem = form.querySelector('[data-part=problem]');
  const say = text => {
    problem.textContent = text;
    problem.hidden = text === '';
  };

  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (isHeld(button)) return;
    say('');
    const free = hold(button, 'Signing in…');
    try {
      await signIn(credentials());
      free();
      done();
    } catch (error) {
      free();
      say(words(error));
      if (error instanceof Refused && error.status === 429) countDown(button, error.retryAfter || 1);
      password.focus();
      password.select();
    }
  });
}

function words(error) {
  if (error instanceof SessionExpired) return 'The username or the password is wrong.';
  if (!(error instanceof Refused)) return 'DataGen did not answer. Check the connection, then try again.';
  if (error.status === 429) return `Too many attempts. Try again in ${error.retryAfter || 1} s.`;
  return error.status === 400 ? 'Both the username and the password are needed.' : `${error.message} Try again in a moment.`;
}
