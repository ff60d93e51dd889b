// The dashboard: one loop fetches the list and the metrics, often while a task runs and the page is visible, otherwise rarely.
import { getMetrics, getTasks, SessionExpired } from './api.js';
import { number, percent } from './format.js';
import { isFiltered, showOlder, wanted, wireFilter } from './listfilter.js';
import { showMetrics } from './metrics.js';
import { wireNewTask } from './newtask.js';
import { announce, setText, showInTab, showLink, showSessionExpired } from './page.js';
import { showPicks, wirePicks } from './picks.js';
import { wireMenus } from './rowmenu.js';
import { onSignedIn } from './session.js';
import { showTasks } from './tasklist.js';
import { isLive } from './taskparts.js';
import { isGone, mayBeOutdated } from './undo.js';

const Pace = { running: 1500, others: 5000, idle: 15_000, hidden: 6000, trouble: 4000 };
const Fresh = 1000;
const section = document.getElementById('tasks');
const list = document.getElementById('task-list');
let statuses = new Map([...list.children].map(row => [row.dataset.id, row.dataset.status]));
let running = [...statuses.values()].some(status => isLive({ status }));
let othersRun = false;
let trouble = document.getElementById('away') !== null;
let over = false;
let asking = null;
let answer = null;
let answeredAt = Date.now();
let shownPercent = null;
let timer;

/** Fetches again; the same request that is under way serves. An outdated answer is dropped. */
function refresh() {
  const query = wanted();
  const asked = JSON.stringify(query);
  if (over) return Promise.resolve();
  if (asking !== asked) {
    clearTimeout(timer);
    asking = asked;
    answer = fetchAgain(query, asked);
  }

  return answer;
}

async function fetchAgain(query, asked) {
  try {
    const [page, counters] = await Promise.all([getTasks({ limit: list.dataset.limit, ...query }), getMetrics()]);
    if (asking !== asked) return;
    trouble = false;
    answeredAt = Date.now();
    show(page, counters);
  } catch (error) {
    if (asking !== asked) return;
    fail(error);
  }

  asking = null;
  plan();
}

function plan() {
  clearTimeout(timer);
  if (over || (document.hidden && !running && !trouble)) return;
  const wait = trouble ? Pace.trouble : document.hidden ? Pace.hidden : running ? Pace.running : othersRun ? Pace.others : Pace.idle;
  timer = setTimeout(refresh, wait);
}

function fail(error) {
  if (error instanceof SessionExpired) {
    over = true;
    showLink('quiet');
    section.dataset.link = 'expired';
    showInTab(null);
    showSessionExpired();
    return;
  }

  trouble = true;
  section.dataset.link = 'reconnecting';
  showLink('reconnecting', answeredAt);
  if (shownPercent !== null) showInTab(shownPercent, 'reconnecting, ');
}

function show(read, counters) {
  const items = read.items.filter(task => !isGone(task.id));
  const page = { ...read, items, total: read.total - (read.items.length - items.length) };
  const live = page.items.filter(isLive);
  announceEnds(page.items);
  running = live.length > 0;
  othersRun = counters.activeJobs > live.length;
  document.getElementById('away')?.remove();
  showTasks(page.items);
  showPicks();
  showEmptiness(page);
  showOlder(page.nextCursor);
  showMetrics(counters);
  section.dataset.link = 'live';
  showLink(running ? 'live' : 'quiet');
  showProgress(live);
}

function showEmptiness({ items, total }) {
  const isNewcomer = total === 0 && !isFiltered() && !wanted().cursor;
  document.getElementById('empty').hidden = !isNewcomer;
  document.getElementById('no-match').hidden = items.length > 0 || total > 0 || isNewcomer;
  const totals = document.getElementById('list-total');
  totals.hidden = isNewcomer;
  setText(totals, `${number(total)} ${isFiltered() ? 'found' : 'in all'}`);
}

function announceEnds(tasks) {
  for (const task of tasks) {
    if (!isLive({ status: statuses.get(task.id) }) || isLive(task)) continue;
    announce(`${task.title} ${task.status === 'succeeded' ? 'is done' : `has ${task.status === 'failed' ? 'failed' : 'been cancelled'}`}: ${number(task.completed - task.failures)} good records, ${number(task.failures)} failed.`, true);
  }

  statuses = new Map(tasks.map(task => [task.id, task.status]));
}

function showProgress(live) {
  const done = live.reduce((sum, task) => sum + task.completed, 0);
  const all = live.reduce((sum, task) => sum + task.count, 0);
  shownPercent = live.length > 0 ? percent(done, all) : null;
  showInTab(shownPercent);
  if (live.length > 0) announce(`${number(live.length)} running: ${number(done)} of ${number(all)} records done.`);
}

const refreshIfOld = () => { if (Date.now() - answeredAt > Fresh) refresh(); };

wireNewTask();
wireFilter(async () => {
  await refresh();
  announce(document.getElementById('list-total').textContent, true);
});
wireMenus(refresh);
wirePicks(refresh);
onSignedIn(() => {
  over = false;
  refresh();
});
document.addEventListener('visibilitychange', () => (document.hidden ? plan() : refresh()));
addEventListener('focus', refreshIfOld);
addEventListener('pageshow', event => { if (event.persisted) refresh(); });
addEventListener('online', refresh);
if (running || trouble || mayBeOutdated) refresh();
else plan();
