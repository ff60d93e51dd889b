// The menu of each row: it asks before what cannot be undone, and keeps the focus.
import { cancelTask, deleteTask, Refused, retryTask } from './calls.js';
import { ask } from './confirm.js';
import { explain } from './explain.js';
import { announce } from './page.js';

const list = document.getElementById('task-list');
const heading = document.getElementById('tasks-heading');
const trouble = document.getElementById('list-trouble');
const isLive = row => ['queued', 'running'].includes(row.dataset.status);

const acts = {
  cancel: {
    question: (row, title) => ({
      title: 'Cancel this dataset?',
      text: `“${title}”: calls in flight are dropped. The records that are stored stay and can be downloaded; the rest can be made later.`,
      act: 'Cancel it',
      keep: 'Keep it running',
    }),
    send: cancelTask,
    said: title => `${title} is cancelled.`,
  },
  retry: { send: retryTask, said: title => `${title} goes on.` },
  delete: {
    question: (row, title) => ({
      title: 'Delete this dataset for good?',
      text: `“${title}”: its records and files are removed${isLive(row) ? ', and it stops at once' : ''}. This cannot be undone.`,
      act: 'Delete for good',
      keep: 'Keep it',
    }),
    send: deleteTask,
    said: title => `${title} is deleted.`,
  },
};

/** @param {() => Promise} refresh refreshes the list */
export function wireMenus(refresh) {
  document.getElementById('row-acts').addEventListener('submit', event => {
    const row = event.submitter.closest('.task');
    if (!row) return; // the answer to a confirmation that the server rendered
    event.preventDefault();
    perform(row, acts[event.submitter.dataset.act], refresh);
  });
  list.addEventListener('click', event => {
    const link = event.target.closest('[data-act=delete]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    perform(link.closest('.task'), acts.delete, refresh);
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

async function perform(row, { question, send, said }, refresh) {
  const title = shorten(row.querySelector('[data-field=title]').textContent);
  close(row.querySelector('[data-menu]'));
  if (row.ariaBusy === 'true' || (question && !(await ask(question(row, title))))) return;
  row.ariaBusy = 'true';
  let problem = '';
  try {
    await send(row.dataset.id);
    announce(said(title), true);
  } catch (error) {
    if (!(error instanceof Refused && error.status === 404)) problem = explain(error, true); // it no longer exists; the refresh removes its row
  }

  await refresh();
  row.ariaBusy = null;
  trouble.textContent = problem;
  trouble.hidden = problem === '';
  if (!row.isConnected) heading.focus();
}

const shorten = text => (text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text);
