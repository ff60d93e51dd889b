// The buttons of a list's rows: they ask first, act once, refresh the list and keep the focus.
import { Refused } from './calls.js';
import { ask } from './confirm.js';
import { explain } from './explain.js';
import { hold, isHeld } from './hold.js';
import { announce } from './page.js';

/**
 * @param {HTMLButtonElement} button
 * @param {import('./list.js').LiveList} list
 * @param {{ question?: object, busy: string, send: () => Promise, said: string, home: HTMLElement }} act home gets the focus when the button disappears
 */
export async function perform(button, list, { question, busy, send, said, home }) {
  if (isHeld(button) || (question && !(await ask(question)))) return;
  const free = hold(button, busy);
  let trouble = '';
  try {
    await send();
    announce(said, true);
  } catch (error) {
    if (!(error instanceof Refused && error.status === 404)) trouble = explain(error, true); // it no longer exists, as intended
  }

  free();
  await list.refresh();
  if (trouble) list.say(trouble);
  if (!button.isConnected || button.hidden) home.focus();
}
