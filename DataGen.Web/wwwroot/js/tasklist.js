// The rows of the dashboard's list: markup comes from the server's template, this fills it in.
import { number, rate, timeLeft } from './format.js';
import { setText, setTime } from './page.js';
import { showBar, showDownloads } from './taskparts.js';

const Window = 12_000;
const template = document.getElementById('task-row').content.firstElementChild;
const list = document.getElementById('task-list');
const samples = new Map();

/** Makes the list show exactly these tasks, in this order; rows stay the same elements. */
export function showTasks(tasks) {
  const rows = new Map([...list.children].map(row => [row.dataset.id, row]));
  let place = list.firstElementChild;
  for (const task of tasks) {
    const row = rows.get(task.id) ?? newRow(task);
    rows.delete(task.id);
    fill(row, task);
    if (row === place) place = place.nextElementSibling;
    else list.insertBefore(row, place);
  }

  for (const [id, row] of rows) {
    samples.delete(id);
    row.remove();
  }
}

function newRow(task) {
  const row = template.cloneNode(true);
  row.dataset.id = task.id;
  row.querySelector('[data-field=title]').href = `/tasks/${task.id}`;
  return row;
}

function fill(row, task) {
  const part = name => row.querySelector(`[data-field=${name}]`);
  row.dataset.status = task.status;
  const namedByPrompt = task.prompt.startsWith(task.title.replace(/[….\s]+$/, ''));
  setText(part('title'), namedByPrompt ? task.prompt : task.title); // the prompt says more than a title cut from it
  setText(part('status'), task.status);
  setText(part('prompt'), task.prompt);
  part('prompt').hidden = namedByPrompt;
  setText(part('completed'), number(task.completed));
  setText(part('count'), number(task.count));
  setText(part('failures'), `${number(task.failures)} failed`);
  part('failures').hidden = task.failures === 0;
  showOptional(part('pace'), pace(task));
  showOptional(part('note'), task.failureReason || task.waitingReason || '');
  if (part('createdAt').dateTime !== task.createdAt) setTime(part('createdAt'), task.createdAt);
  showBar(part('bar'), task);
  showDownloads(part('downloads'), task);
}

function showOptional(element, text) {
  element.hidden = text === '';
  setText(element, text);
}

/** Records per second over the last polls, and what that means for the rest. */
function pace(task) {
  if (task.status !== 'running') {
    samples.delete(task.id);
    return '';
  }

  const now = Date.now();
  const seen = (samples.get(task.id) ?? []).filter(sample => now - sample.at < Window);
  seen.push({ at: now, completed: task.completed });
  samples.set(task.id, seen);
  const seconds = (now - seen[0].at) / 1000;
  const perSecond = seconds >= 1 ? (task.completed - seen[0].completed) / seconds : 0;
  return perSecond > 0 ? `${rate(perSecond)} · ${timeLeft((task.count - task.completed) / perSecond)} left` : '';
}
