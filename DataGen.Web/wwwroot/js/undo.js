// Deletes after ten seconds, in which the deletion can be undone. When the user leaves the page, waiting deletions
// happen at once.
import { deleteTask, deleteTaskWhileLeaving, Refused } from './calls.js';
import { explain } from './explain.js';
import { announce } from './page.js';

const Wait = 10_000;
const Key = 'datagen.gone';
const heading = document.getElementById('tasks-heading');
const toast = document.getElementById('toast');
const text = document.getElementById('toast-text');
const signOut = document.querySelector('form[action="/logout"]');
/** The ids that are no longer shown: deleted, or about to be. The page before hands its own over, since this one was drawn before it was left. */
const gone = new Set(takeOver());
/** Those of them that the server has not confirmed. */
const unconfirmed = new Set();
let last = null;

export const isGone = id => gone.has(id);

/** Whether rows may be drawn that are gone by now. */
export const mayBeOutdated = gone.size > 0;

/** @param {string[]} ids @param {string} name what they are called @param {() => Promise} refresh refreshes the list @param {(problems: string[]) => void} say */
export function removeLater(ids, name, refresh, say) {
  last?.now();
  for (const id of ids) {
    gone.add(id);
    unconfirmed.add(id);
    document.querySelector(`#task-list > [data-id="${id}"]`)?.remove();
  }

  const timer = setTimeout(now, Wait);
  const mine = { now, undo };
  last = mine;
  text.textContent = `${name} deleted.`;
  toast.hidden = false;
  announce(`${name} deleted. Undo is possible for ten seconds.`, true);
  refresh();

  function end() {
    clearTimeout(timer);
    if (last !== mine) return;
    last = null;
    const hadFocus = toast.contains(document.activeElement);
    toast.hidden = true;
    if (hadFocus) heading.focus();
  }

  async function now() {
    end();
    const problems = [];
    await Promise.all(ids.map(async id => {
      try {
        await deleteTask(id);
      } catch (error) {
        if (!(error instanceof Refused && error.status === 404)) {
          problems.push(explain(error, true));
          gone.delete(id); // a deleted id stays in the set, because an answer in flight may still contain it
        }
      }

      unconfirmed.delete(id);
    }));
    if (problems.length > 0) say(problems);
    refresh();
  }

  async function undo() {
    end();
    for (const id of ids) {
      gone.delete(id);
      unconfirmed.delete(id);
    }

    await refresh();
    (document.querySelector(`#task-list > [data-id="${ids[0]}"] [data-field=title]`) ?? heading).focus();
    announce(`${name} is back.`, true);
  }
}

function takeOver() {
  try {
    const ids = JSON.parse(sessionStorage.getItem(Key)) ?? [];
    sessionStorage.removeItem(Key);
    return ids;
  } catch {
    return []; // storage is blocked: a row may be seen for a few seconds more
  }
}

document.getElementById('toast-undo').addEventListener('click', () => last?.undo());
signOut.addEventListener('submit', async event => {
  if (unconfirmed.size === 0) return;
  event.preventDefault(); // the deletions need the session, so they come before the sign-out
  await last?.now();
  signOut.submit();
});
addEventListener('pagehide', () => {
  for (const id of unconfirmed) deleteTaskWhileLeaving(id);
  try {
    if (gone.size > 0) sessionStorage.setItem(Key, JSON.stringify([...gone]));
  } catch {
    // as above
  }
});
addEventListener('pageshow', event => {
  if (!event.persisted) return;
  gone.clear(); // the list is read again and shows what exists
  unconfirmed.clear();
  last = null;
  toast.hidden = true;
});
