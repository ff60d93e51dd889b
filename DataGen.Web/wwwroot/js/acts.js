// The commands of a task: cancel, retry, add records, delete. Without script the same buttons send forms.
import { cancelTask, deleteTask, extendTask, Refused, retryTask, setBudget } from './calls.js';
import { ask } from './confirm.js';
import { explain } from './explain.js';
import { hold, isHeld } from './hold.js';
import { number } from './format.js';
import { announce, setText } from './page.js';
import { isLive } from './taskparts.js';

const callsBox = document.getElementById('retry-calls');
const trouble = document.getElementById('act-trouble');
const [cancel, retry, extend, remove] = ['cancel-form', 'retry-form', 'extend-form', 'delete-form'].map(id => document.getElementById(id));

/** @param {string} id @param {{ task: () => object, changed: () => void, leave: () => void }} page the task shown now; called when a command changed it, and before it is deleted */
export function wireActs(id, { task, changed, leave }) {
  wire(cancel, 'Cancelling…', async () => {
    const sure = await ask({
      title: 'Cancel this task?',
      text: 'Calls in flight are dropped. The records that are stored stay and can be downloaded, and those that are missing can be made later.',
      act: 'Cancel the task', keep: 'Keep it running',
    });
    return sure && (async () => {
      await cancelTask(id);
      changed();
    });
  });
  wire(retry, 'Starting…', () => async () => {
    const tokens = document.getElementById('retry-tokens').hidden ? '' : retry.elements.maxTokens.value;
    const calls = callsBox.hidden ? '' : retry.elements.calls.value;
    if (calls) await setBudget(id, { calls: Number(calls) });
    await retryTask(id, tokens ? { maxTokens: Number(tokens) } : undefined);
    announce('The task goes on.', true);
    changed();
  });
  wire(extend, 'Starting…', () => async () => {
    await extendTask(id, Number(extend.elements.count.value));
    location.reload(); // the page is laid out for a number of records
  });
  wire(remove, 'Deleting…', async () => {
    const now = task();
    const good = now.completed - now.failures;
    const sure = await ask({
      title: 'Delete this dataset for good?',
      text: `${isLive(now) ? 'It is still at work and is stopped first. ' : ''}Its ${number(good)} good ${good === 1 ? 'record' : 'records'}, its failures and its history are removed everywhere and cannot be brought back. Files that were downloaded stay.`,
      act: 'Delete it', keep: 'Keep it',
    });
    return sure && (async () => {
      leave();
      try {
        await deleteTask(id);
      } catch (error) {
        if (!(error instanceof Refused && error.status === 404)) {
          changed();
          throw error;
        }
      }

      location.assign(`/?${new URLSearchParams({ deleted: id })}`);
    });
  });
}

/** @param {() => Promise<false | (() => Promise)>} begin the command; false when the user declined */
function wire(form, busy, begin) {
  const button = form.querySelector('button');
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (isHeld(button)) return;
    const act = await begin();
    if (!act) return;
    say('');
    const free = hold(button, busy);
    try {
      await act();
    } catch (error) {
      say(explain(error, true));
    }

    free();
    show();
  });
}

function say(text) {
  trouble.hidden = text === '';
  trouble.textContent = text;
}

let latest = null;

/** Which commands are possible, and how many records a retry would make; Display/TaskSummary.cs uses the same words. */
export function showActs(task) {
  latest = task;
  show();
}

function show() {
  if (!latest) return;
  const live = isLive(latest);
  keepFocus(cancel, !live);
  callsBox.hidden = latest.stoppedBy !== 'budget';
  const [failed, missing] = [latest.failures, latest.count - latest.completed];
  const button = retry.querySelector('button');
  if (!isHeld(button)) setText(button, retryLabel(failed, missing));
  keepFocus(retry, live || failed + missing === 0);
  keepFocus(extend, live || latest.completed === latest.failures);
}

function retryLabel(failed, missing) {
  return missing > 0 ? `Resume (${number(failed + missing)} left)` : `Retry ${number(failed)} failed`;
}

/** When a button disappears, the focus moves to another one. */
function keepFocus(form, hide) {
  const had = hide && !form.hidden && form.contains(document.activeElement);
  form.hidden = hide;
  if (had) document.getElementById('main').focus();
}
