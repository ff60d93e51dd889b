// The page of one task.
import { getNewestRecords, getTask, SessionExpired } from './api.js';
import { askBeforeCancel, openRecord } from './dialogs.js';
import { dropSentDraft } from './draft.js';
import { showFailures } from './failures.js';
import { number, percent, rate, span, timeLeft } from './format.js';
import { Grid } from './grid.js';
import { announce, setText, showInTab, showLink, showSessionExpired } from './page.js';
import { showRecords } from './records.js';
import { follow } from './stream.js';
import { isLive, showBar, showDownloads } from './taskparts.js';

const RecordsEvery = 1000;
const page = document.getElementById('task');
const id = page.dataset.id;
const part = name => page.querySelector(`[data-field=${name}]`);
const open = index => openRecord(id, index, at => grid.endedBefore(at));
const grid = new Grid(document.getElementById('grid'), document.getElementById('grid-readout'), Number(page.dataset.count), open);
let latest = null;
let recordsOf = -1;
let failuresOf = -1;
let detailsDue = 0;
let fetching = false;

function onSnapshot(snapshot) {
  const before = latest?.status ?? page.dataset.status;
  latest = snapshot;
  page.dataset.status = snapshot.status;
  showFigures(snapshot);
  grid.show(snapshot);
  showInTab(isLive(snapshot) ? percent(snapshot.completed, snapshot.count) : null);
  if (before !== snapshot.status && !isLive(snapshot)) {
    announce(`The task ${snapshot.status === 'succeeded' ? 'is done' : `has ${snapshot.status === 'failed' ? 'failed' : 'been cancelled'}`}: ${number(snapshot.completed)} of ${number(snapshot.count)} records done, ${number(snapshot.failures)} failed.`, true);
  } else if (isLive(snapshot)) {
    announce(`${number(snapshot.completed)} of ${number(snapshot.count)} records done, ${number(snapshot.failures)} failed.`);
  }

  planDetails();
}

function showFigures(task) {
  setText(part('status'), task.status);
  setText(part('completed'), number(task.completed));
  setText(part('percent'), String(percent(task.completed, task.count)));
  setText(part('good'), number(task.completed - task.failures));
  setText(part('failures'), number(task.failures));
  setText(part('inFlight'), number(task.inFlight?.length ?? 0));
  setText(part('tokensIn'), number(task.tokens?.input ?? 0));
  setText(part('tokensOut'), number(task.tokens?.output ?? 0));
  const note = part('note');
  setText(note, task.failureReason || task.waitingReason || '');
  note.hidden = note.textContent === '';
  note.dataset.kind = isLive(task) ? 'waiting' : 'failed';
  document.getElementById('cancel-form').hidden = !isLive(task);
  if (!isLive(task)) setText(document.getElementById('records-none'), 'No record was stored.');
  showBar(part('bar'), task);
  showDownloads(part('downloads'), task);
  showPace(task);
  showElapsed();
}

function showPace(task) {
  const seconds = secondsOf(task);
  const perSecond = isLive(task) ? task.recordsPerSecond ?? 0 : seconds > 0 ? task.completed / seconds : 0;
  setText(part('rate'), perSecond > 0 ? rate(perSecond) : '–');
  setText(part('timeLeft'), isLive(task) && perSecond > 0 ? timeLeft((task.count - task.completed) / perSecond) : '–');
}

const secondsOf = task =>
  task.startedAt ? ((task.finishedAt ? new Date(task.finishedAt) : new Date()) - new Date(task.startedAt)) / 1000 : 0;

function showElapsed() {
  if (latest?.startedAt) setText(part('elapsed'), span(secondsOf(latest)));
}

/** Records and failures are fetched when there are new ones, at most once a second. */
function planDetails() {
  if (fetching || (recordsOf === latest.completed && failuresOf === latest.failures)) return;
  fetching = true;
  setTimeout(fetchDetails, Math.max(0, detailsDue - Date.now()));
}

async function fetchDetails() {
  const wanted = { completed: latest.completed, failures: latest.failures };
  let due = RecordsEvery;
  try {
    if (recordsOf !== wanted.completed) {
      const newest = await getNewestRecords(id, document.getElementById('records').dataset.maxRows);
      showRecords(newest.items);
      grid.mark(newest.items);
      recordsOf = wanted.completed;
    }

    if (failuresOf !== wanted.failures) {
      showFailures((await getTask(id)).errors ?? [], wanted.failures);
      failuresOf = wanted.failures;
    }
  } catch (error) {
    due = 4 * RecordsEvery;
    if (error instanceof SessionExpired) {
      showSessionExpired();
      return;
    }
  }

  detailsDue = Date.now() + due;
  fetching = false;
  planDetails();
}

function onLink(state) {
  showLink(state);
  page.dataset.link = state;
  if (state === 'expired') showSessionExpired();
  if (state === 'gone') location.reload(); // the server says it best
  if (state === 'expired') showInTab(null);
  if (state === 'reconnecting') {
    // an old pace is no pace
    setText(part('rate'), '–');
    setText(part('timeLeft'), '–');
  }
}

dropSentDraft();
askBeforeCancel();
document.getElementById('records').addEventListener('click', event => {
  const row = event.target.closest('tbody tr');
  if (row && getSelection().isCollapsed) open(Number(row.dataset.index));
});
setInterval(() => { if (latest && isLive(latest)) showElapsed(); }, 1000);
follow(id, { onSnapshot, onLink });
