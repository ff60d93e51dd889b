// The commands for rows of the list, for one row by its menu or for many by the bar. They ask before a step that cannot
// be undone, and keep the focus.
import { cancelTask, deleteTask, Refused, retryTask } from './calls.js';
import { ask } from './confirm.js';
import { explain } from './explain.js';
import { announce } from './page.js';
import { removeLater } from './undo.js';

const list = document.getElementById('task-list');
const heading = document.getElementById('tasks-heading');
const trouble = document.getElementById('list-trouble');
const isLive = row => ['queued', 'running'].includes(row.dataset.status);
const named = rows => (rows.length === 1 ? `“${titleOf(rows[0])}”` : `${rows.length} datasets`);
const has = (row, act) => !row.querySelector(`[data-act=${act}]`).hidden;

export const acts = {
  cancel: {
    admits: isLive,
    question: rows => ({
      title: rows.length === 1 ? 'Cancel this dataset?' : `Cancel ${rows.length} datasets?`,
      text: `${rows.length === 1 ? `${named(rows)}: calls` : 'Calls'} in flight are dropped. The records that are stored stay and can be downloaded; the rest can be made later.`,
      act: 'Cancel it',
      keep: 'Keep it running',
    }),
    send: cancelTask,
    said: rows => `${named(rows)} cancelled.`,
  },
  retry: { admits: row => has(row, 'retry'), send: retryTask, said: rows => `${named(rows)} ${rows.length === 1 ? 'goes' : 'go'} on.` },
  delete: {
    admits: () => true,
    question: rows => rows.some(isLive) && {
      title: rows.length === 1 ? 'Delete this dataset for good?' : `Delete ${rows.length} datasets for good?`,
      text: `${rows.length === 1 ? `${named(rows)} is` : 'Some of them are'} still at work and stopped at once. Records and files are removed; this cannot be undone.`,
      act: 'Delete for good',
      keep: rows.length === 1 ? 'Keep it' : 'Keep them',
    },
    send: deleteTask,
    said: rows => `${named(rows)} deleted.`,
  },
};

/** @param {() => Promise} refresh refreshes the list */
export function wireMenus(refresh) {
  document.getElementById('row-acts').addEventListener('submit', event => {
    const row = event.submitter.closest('.task');
    if (!row) return; // the answer to a confirmation that the server rendered
    event.preventDefault();
    close(row.querySelector('[data-menu]'));
    perform([row], event.submitter.dataset.act, refresh);
  });
  list.addEventListener('click', event => {
    const link = event.target.closest('[data-act=delete]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const row = link.closest('.task');
    close(row.querySelector('[data-menu]'));
    perform([row], 'delete', refresh);
  });
  document.addEventListener('click', event => closeMenus(event.target.closest('[data-menu]')));
  list.addEventListener('focusout', event => {
    if (event.relatedTarget) closeMenus(event.relatedTarget.closest('[data-menu]'));
  });
  document.addEventListener('keydown', event => {
    const menu = event.key === 'Escape' && list.querySelector('[data-menu][open]');
    if (menu) close(menu);
  });
}

function closeMenus(except) {
  for (const menu of list.querySelectorAll('[data-menu][open]')) if (menu !== except) menu.open = false;
}

function close(menu) {
  menu.querySelector('summary').focus();
  menu.open = false;
}

/** Does one thing to those of the rows that admit it. What is deleted and at rest can be brought back for ten seconds.
 * @returns {Promise<Element[]>} the rows for which the command succeeded */
export async function perform(chosen, name, refresh) {
  const { admits, question, send, said } = acts[name];
  const rows = chosen.filter(row => row.ariaBusy !== 'true' && admits(row));
  const asked = question?.(rows);
  if (rows.length === 0 || (asked && !(await ask(asked)))) return [];
  if (name === 'delete' && !asked) {
    const next = nextOf(rows);
    removeLater(rows.map(row => row.dataset.id), named(rows), refresh, say);
    (next ?? heading).focus();
    return rows;
  }

  for (const row of rows) row.ariaBusy = 'true';
  const problems = [];
  const done = [];
  for (const row of rows) {
    try {
      await send(row.dataset.id);
      done.push(row);
    } catch (error) {
      if (!(error instanceof Refused && error.status === 404)) problems.push(explain(error, true)); // it no longer exists; the refresh removes its row
    }
  }

  if (done.length > 0) announce(said(done), true);
  await refresh();
  for (const row of rows) row.ariaBusy = null;
  say(problems);
  if (!document.activeElement?.isConnected || document.activeElement === document.body) heading.focus();
  return done;
}

function say(problems) {
  trouble.textContent = [...new Set(problems)].join(' ');
  trouble.hidden = problems.length === 0;
}

/** Where the focus goes when rows leave the list. */
function nextOf(rows) {
  const next = rows.at(-1).nextElementSibling ?? rows[0].previousElementSibling;
  return next && !rows.includes(next) ? next.querySelector('[data-field=title]') : null;
}

const titleOf = row => shorten(row.querySelector('[data-field=title]').textContent);
const shorten = text => (text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text);
