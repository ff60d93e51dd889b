// The page of one task.
import { showActs, wireActs } from './acts.js';
import { getNewestRecords, getTask, SessionExpired } from './api.js';
import { Chart } from './chart.js';
import { wireCurate } from './curate.js';
import { dataCurated, dataMoved, dataOpened, wireData } from './data.js';
import { showDownloads, wireDownloads } from './downloads.js';
import { dropSentDraft } from './draft.js';
import { numbersOf, showFailures, showRetrying, wireFailures } from './failures.js';
import { curatedWords, number, percent } from './format.js';
import { Grid } from './grid.js';
import { announce, setText, showInTab, showLink, showSessionExpired } from './page.js';
import { plainText } from './plaintext.js';
import { dropPace, showElapsed, showProgress } from './progress.js';
import { openRecord, recordChanged, wireRecordDialog } from './recorddialog.js';
import { RecordFinder } from './recordfinder.js';
import { effortOf, showRecords } from './records.js';
import { follow } from './stream.js';
import { tellTabs, wireTabs } from './tabs.js';
import { isLive } from './taskparts.js';

const RecordsEvery = 1000;
const FetchShare = 10; // at most one part in this many of the time is spent fetching records
const AnnounceStep = 10; // percent
const LongestTold = 140;
const byId = name => document.getElementById(name);
const page = byId('task');
const id = page.dataset.id;
const count = Number(page.dataset.count);
const finder = new RecordFinder(id, index => grid.endedBefore(index));
const grid = new Grid(byId('grid'), byId('grid-hint'), count, { open: openRecord, tell });
const chart = new Chart({ box: byId('chart'), none: byId('chart-none'), table: byId('chart-table') });
let latest = null;
let heardAt = null;
let link = 'quiet';
let recordsOf = -1;
let recordsDue = 0;
let fetching = false;
let newest = null; // records that were fetched and are not yet shown
let historyWanted = true;
let announced = 0;
let leftOut = Number(page.dataset.leftOut);

function onSnapshot(snapshot) {
  const before = latest?.status ?? page.dataset.status;
  const live = isLive(snapshot);
  if (latest && live && !isLive(latest)) takeUpAgain();
  latest = snapshot;
  heardAt = new Date();
  page.dataset.status = snapshot.status;
  if (snapshot.history) {
    historyWanted = false;
    chart.replace(snapshot.history);
  }

  chart.show(snapshot, live);
  showProgress(snapshot, live ? 0 : chart.paused);
  showActs(snapshot);
  showDownloads(snapshot);
  snapshot.kept = snapshot.completed - snapshot.failures - leftOut;
  tellTabs({ data: number(snapshot.kept), progress: `${percent(snapshot.completed, snapshot.count)}%`, errors: number(snapshot.failures) });
  dataMoved(snapshot);
  if (snapshot.errorGroups || snapshot.failures === 0) showFailures(snapshot.errorGroups ?? []);
  showRetrying((live && snapshot.retrying) || []);
  grid.show(snapshot);
  showNewest();
  if (!live) setText(byId('records-none'), 'No record was stored.');
  showInTab(live ? percent(snapshot.completed, snapshot.count) : null);
  speak(snapshot, before);
  planRecords();
  if (historyWanted) fetchHistory();
}

/** Announces steps of ten percent and the end only. */
function speak(task, before) {
  const done = `${number(task.completed)} of ${number(task.count)} records done, ${number(task.failures)} failed.`;
  const step = Math.floor(percent(task.completed, task.count) / AnnounceStep);
  if (before !== task.status && !isLive(task)) announce(`The task ${task.status === 'succeeded' ? 'is done' : task.status === 'failed' ? 'has failed' : 'was cancelled'}: ${done}`, true);
  else if (isLive(task) && step > announced) announce(done);
  announced = step;
}

/** A retry makes records again whose old result was shown. */
function takeUpAgain() {
  finder.forget();
  newest = null;
  recordsOf = -1;
}

/** Fetches the newest records when there are new ones, at most once a second, and less often when it takes long. */
function planRecords() {
  if (fetching || recordsOf >= latest.completed || document.hidden || link === 'expired') return;
  fetching = true;
  setTimeout(fetchRecords, Math.max(0, recordsDue - Date.now()));
}

async function fetchRecords() {
  const wanted = latest.completed;
  const begun = Date.now();
  let wait = RecordsEvery;
  try {
    newest = await getNewestRecords(id, byId('records').dataset.maxRows);
    recordsOf = Math.max(wanted, newest.total);
    showNewest();
  } catch (error) {
    wait = 4 * RecordsEvery;
    if (error instanceof SessionExpired) showSessionExpired();
  }

  recordsDue = Date.now() + Math.max(wait, FetchShare * (Date.now() - begun));
  fetching = false;
  planRecords();
}

/** The count, the cells and the table show one moment: records that the count does not include yet wait for the snapshot that does. */
function showNewest() {
  if (!newest || newest.total > latest.completed) return;
  finder.keep(newest.items);
  showRecords(newest.items);
  grid.mark(newest.items);
  newest = null;
}

/** Events contain only the newest point; the history before is fetched once, and again after a gap. */
async function fetchHistory() {
  historyWanted = false;
  try {
    const { history } = await getTask(id);
    if (history) chart.replace(history);
  } catch {
    historyWanted = true; // with the next snapshot
  }
}

async function tell(index) {
  try {
    const record = finder.known(index) ?? (await finder.from(index)).record;
    if (record?.index !== index) return [];
    return record.ok ? [effortOf(record)] : [effortOf(record), plainText(record.error ?? '').slice(0, LongestTold)];
  } catch {
    return [];
  }
}

function onLink(state) {
  if (state === link) return;
  if (state === 'reconnecting' && link === 'live') announce('The connection is lost. Connecting again.', true);
  if (link === 'reconnecting' && state === 'live') announce('Connected again.', true);
  if (state !== 'live') historyWanted = state !== 'ended';
  link = state;
  page.dataset.link = state;
  showLink(state, heardAt);
  if (state === 'reconnecting') dropPace();
  if (state === 'gone') location.reload(); // the server explains it
  if (state === 'expired') {
    showInTab(null);
    dropPace();
    showSessionExpired();
  }
}

/** A failed record; previous and next are those that failed with the same words, as far as they are among the first hundred failures. */
async function openFailed(index, message) {
  const { errors = [] } = await getTask(id).catch(() => ({}));
  const same = numbersOf(message, errors);
  await openRecord(index, same.includes(index) ? same : null);
}

/** How many records people have touched; Pages/Shared/_TaskData.cshtml says the same. */
async function tellCurated() {
  const { curated } = await getTask(id).catch(() => ({}));
  leftOut = curated?.removed ?? 0;
  if (latest) tellTabs({ data: number(latest.completed - latest.failures - leftOut) });
  const line = byId('curated');
  line.hidden = !curated;
  if (!curated) return;
  setText(byId('curated-told'), curatedWords(curated));
  byId('curated-more').hidden = curated.liked === 0;
}

dropSentDraft();
wireRecordDialog(finder);
wireCurate(id, record => {
  recordChanged(record);
  dataCurated(record.index);
  tellCurated();
});
wireFailures(openFailed);
wireDownloads();
wireTabs(dataOpened);
wireData(id, openRecord);
byId('records').addEventListener('click', event => {
  const row = event.target.closest('tbody tr');
  if (row && getSelection().isCollapsed) openRecord(Number(row.dataset.index));
});
setInterval(() => {
  // without news it is not known whether the task still runs
  if (latest && isLive(latest) && (link === 'live' || link === 'polling')) showElapsed(latest);
}, 1000);
const following = follow(id, { onSnapshot, onLink });
wireActs(id, { task: () => latest ?? { status: page.dataset.status, count, completed: 0, failures: 0 }, changed: following.look, leave: following.leave });
document.addEventListener('visibilitychange', () => { if (latest) planRecords(); });
