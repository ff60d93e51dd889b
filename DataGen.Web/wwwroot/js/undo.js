// Deletes after ten seconds, in which it can be undone. Who leaves the page has decided: what waits is deleted then.
import { deleteTask, deleteTaskWhileLeaving, Refused } from './calls.js';
import { explain } from './explain.js';
import { announce } from './page.js';

const Wait = 10_000;
const toast = document.getElementById('toast');
const text = document.getElementById('toast-text');
const undo = document.getElementById('toast-undo');
/** The ids that are no longer shown, deleted or not yet. */
const gone = new Set();
let last = null;

export const isGone = id => gone.has(id);

/** @param {string[]} ids @param {string} name what they are called @param {() => Promise} refresh refreshes the list @param {(problems: string[]) => void} say */
export function removeLater(ids, name, refresh, say) {
  last?.now();
  for (const id of ids) gone.add(id);
  const timer = setTimeout(now, Wait);
  const mine = { now, leave, undo: back };
  last = mine;
  text.textContent = `${name} deleted.`;
  toast.hidden = false;
  announce(`${name} deleted. Undo is possible for ten seconds.`, true);
  refresh();

  function end() {
    clearTimeout(timer);
    if (last !== mine) return;
    last = null;
    toast.hidden = true;
  }

  async function now() {
    end();
    const problems = [];
    for (const id of ids) {
      try {
        await deleteTask(id);
      } catch (error) {
        if (error instanceof Refused && error.status === 404) continue;
        problems.push(explain(error, true));
        gone.delete(id); // what is deleted stays in: an answer under way may still hold it
      }
    }

    say(problems);
    refresh();
  }

  async function back() {
    end();
    for (const id of ids) gone.delete(id);
    await refresh();
    document.querySelector(`#task-list [data-id="${ids[0]}"] [data-field=title]`)?.focus();
    announce(`${name} is back.`, true);
  }

  function leave() {
    end();
    for (const id of ids) deleteTaskWhileLeaving(id);
  }
}

undo.addEventListener('click', () => last?.undo());
addEventListener('pagehide', () => last?.leave());
