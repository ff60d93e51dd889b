// The rows of the dashboard's list: the markup comes from the server's template, this script fills it in.
import { countTo } from './countto.js';
import { number, timeLeft } from './format.js';
import { setText, setTime } from './page.js';
import { plainLines, plainText } from './plaintext.js';
import { isLive, showBar, showDownloads } from './taskparts.js';

const template = document.getElementById('task-row').content.firstElementChild;
const list = document.getElementById('task-list');

/** Makes the list show exactly these tasks, in this order; existing rows stay the same elements. */
export function showTasks(tasks) {
  const rows = new Map([...list.children].map(row => [row.dataset.id, row]));
  const wanted = new Set(tasks.map(task => task.id));
  const focused = document.activeElement;
  for (const [id, row] of rows) if (!wanted.has(id)) row.remove(); // first, so that the other rows need not move and keep the focus
  let place = list.firstElementChild;
  for (const task of tasks) {
    const row = rows.get(task.id) ?? newRow(task);
    fill(row, task);
    if (row === place) place = place.nextElementSibling;
    else list.insertBefore(row, place);
  }

  if (list.contains(focused)) focused.focus({ preventScroll: true }); // a row that moved has lost it
}

function newRow({ id }) {
  const row = template.cloneNode(true);
  row.dataset.id = id;
  row.querySelector('[data-field=title]').href = `/tasks/${id}`;
  row.querySelector('[data-act=copy]').href = `/?from=${id}`;
  row.querySelector('[data-act=delete]').href = `/?delete=${id}`;
  for (const button of row.querySelectorAll('button[form]')) button.value = id;
  return row;
}

function fill(row, task) {
  const part = name => row.querySelector(`[data-field=${name}]`);
  const namedByPrompt = task.prompt.startsWith(task.title.replace(/[….\s]+$/, ''));
  row.dataset.status = task.status;
  setText(part('title'), inLine(namedByPrompt ? task.prompt : task.title)); // the prompt says more than a title taken from it
  row.querySelector('[data-pick]').ariaLabel = `Select ${part('title').textContent}`;
  setText(part('status'), task.status);
  showOptional(part('prompt'), namedByPrompt ? '' : inLine(task.prompt));
  countTo(part('good'), task.completed - task.failures, number);
  setText(part('count'), number(task.count));
  showOptional(part('failures'), task.failures > 0 ? `${number(task.failures)} failed` : '');
  showOptional(part('pace'), timeLeftOf(task));
  showOptional(part('note'), plainText(task.failureReason || task.waitingReason || ''));
  if (part('createdAt').dateTime !== task.createdAt) setTime(part('createdAt'), task.createdAt);
  showBar(part('bar'), task);
  showDownloads(part('downloads'), task);
  showOptional(row.querySelector('[data-act=retry]'), retryLabel(task));
  row.querySelector('[data-act=cancel]').hidden = !isLive(task);
}

/** Line breaks stay: they are shown as spaces. */
const inLine = text => plainLines(text.replaceAll('\r\n', '\n'));

function showOptional(element, text) {
  element.hidden = text === '';
  setText(element, text);
}

function timeLeftOf({ status, recordsPerSecond, count, completed }) {
  return status === 'running' && recordsPerSecond > 0 ? `${timeLeft((count - completed) / recordsPerSecond)} left` : '';
}

/** How many records a retry would make: the failed and the missing ones of a task that has ended. */
function retryLabel(task) {
  const left = task.count - task.completed + task.failures;
  if (isLive(task) || left === 0) return '';
  return task.completed < task.count ? `Resume (${number(left)} left)` : `Retry ${number(left)} failed`;
}
