// The dashboard: one loop asks for the list and the metrics, often while something runs and the page is looked at, else rarely.
import { getMetrics, getTasks, SessionExpired } from './api.js';
import { keepDraft } from './draft.js';
import { number, percent } from './format.js';
import { announce, setText, setTime, showInTab, showLink, showSessionExpired } from './page.js';
import { showTasks } from './tasklist.js';
import { isLive } from './taskparts.js';

const Pace = { running: 1500, idle: 15_000, hidden: 6000, trouble: 4000 };
const list = document.getElementById('task-list');
const metrics = document.getElementById('metrics');
let running = [...list.children].some(row => ['queued', 'running'].includes(row.dataset.status));
let trouble = document.getElementById('away') !== null;
let timer;
let asking = false;

async function refresh() {
  if (asking) return;
  clearTimeout(timer);
  asking = true;
  try {
    const [page, counters] = await Promise.all([getTasks(list.dataset.limit, list.dataset.cursor), getMetrics()]);
    trouble = false;
    show(page, counters);
  } catch (error) {
    if (error instanceof SessionExpired) {
      showLink('quiet');
      showInTab(null);
      showSessionExpired();
      return; // signing in again loads the page anew
    }

    trouble = true;
    showLink('reconnecting');
  } finally {
    asking = false;
  }

  plan();
}

function plan() {
  clearTimeout(timer);
  const wait = trouble ? Pace.trouble : !running ? Pace.idle : document.hidden ? Pace.hidden : Pace.running;
  if (running || trouble || !document.hidden) timer = setTimeout(refresh, wait);
}

function show(page, counters) {
  const live = page.items.filter(isLive);
  if (running && live.length === 0) announce('All tasks have ended.', true);
  running = live.length > 0 || counters.activeJobs > 0;
  if (page.items.length > 0) document.getElementById('empty')?.remove();
  document.getElementById('away')?.remove();
  showTasks(page.items);
  showOlder(page.nextCursor);
  showMetrics(counters);
  showLink(live.length > 0 ? 'live' : 'quiet');
  showProgress(live);
}

function showProgress(live) {
  if (live.length === 0) {
    showInTab(null);
    return;
  }

  const done = live.reduce((sum, task) => sum + task.completed, 0);
  const all = live.reduce((sum, task) => sum + task.count, 0);
  showInTab(percent(done, all));
  announce(`${live.length} running: ${number(done)} of ${number(all)} records done.`);
}

function showOlder(cursor) {
  const older = document.getElementById('older');
  older.hidden = !cursor;
  if (cursor) older.href = `/?${new URLSearchParams({ cursor })}`;
}

function showMetrics(counters) {
  for (const element of metrics.querySelectorAll('[data-metric]')) {
    const value = counters[element.dataset.metric];
    if (element.dataset.metric !== 'lastJobAt') setText(element, number(value));
    else if ((element.getAttribute('datetime') ?? '') !== (value ?? '')) setTime(element, value);
  }
}

function wireExamples(form) {
  const prompt = form.elements['NewTask.Prompt'];
  for (const chip of form.querySelectorAll('.chip')) {
    chip.addEventListener('click', event => {
      event.preventDefault();
      prompt.value = chip.dataset.prompt;
      prompt.dispatchEvent(new Event('input', { bubbles: true }));
      prompt.focus();
    });
  }
}

/** A second click must not make a second task. */
function wireSubmit(form) {
  const button = form.querySelector('button.primary');
  form.addEventListener('submit', event => {
    if (button.getAttribute('aria-disabled') === 'true') {
      event.preventDefault();
      return;
    }

    button.setAttribute('aria-disabled', 'true');
    button.textContent = 'Starting…';
  });
  addEventListener('pageshow', () => {
    button.removeAttribute('aria-disabled');
    button.textContent = 'Generate';
  });
}

const form = document.getElementById('new-task');
keepDraft(form);
wireExamples(form);
wireSubmit(form);
form.querySelector('[aria-invalid=true], .input-validation-error')?.focus();
document.addEventListener('visibilitychange', () => (document.hidden ? plan() : refresh()));
addEventListener('online', refresh);
if (running || trouble) refresh();
else plan();
