// The Data tab: a page of the records and a profile of each column, fetched again when the address changes or when
// there are new records.
import { SessionExpired } from './api.js';
import { getProfile, getRows, Refused } from './calls.js';
import { showColumns, shownOf, wireColumns } from './columns.js';
import { showView } from './downloads.js';
import { explain } from './explain.js';
import { showFilters, suggestValues, wireFilters } from './filters.js';
import { number } from './format.js';
import { announce, setText } from './page.js';
import { element, plainText, shortText } from './plaintext.js';
import { showProfile, showSamplers } from './profile.js';
import { arrangeRows, cellOf, membersOf, openerOf } from './records.js';
import { keepOneStop, wireRoving } from './roving.js';
import { suggestQuery, wireSql } from './sql.js';
import { isOpen } from './tabs.js';
import { isLive } from './taskparts.js';
import { go, isNarrowed, PageSize, pagesOf, queryOf, switchFilters, wanted } from './view.js';

const Every = 1000;
const Stale = 1100;
const ProfileEvery = 3000;
const Settles = 150;
const LongText = 60;
const MostFresh = 20;
const KindOf = { integer: 'number', number: 'number', text: 'text', json: 'json' };
const byId = name => document.getElementById(name);
const [table, scroll, trouble] = ['data-table', 'data-scroll', 'data-trouble'].map(byId);
const [[head, profiles], body] = [table.tHead.rows, table.tBodies[0]];
const key = view => `${queryOf(view)} ${view.page}`;
let id = '';
let task = null; // its newest snapshot
let answer = null; // the page of rows that is shown
let profile = null;
let shown = ''; // the view that is shown
let isOwed = false; // the last question was not answered; it is asked again
let [asked, due, timer] = [0, 0, 0];
let [profiled, profileDue, profileTimer] = ['', 0, 0];

export function wireData(taskId, open) {
  id = taskId;
  const changed = () => load(true);
  wireFilters(changed);
  wireColumns(show);
  wireSql(id);
  wirePager(changed);
  head.addEventListener('click', event => {
    const { name } = event.target.closest('th')?.dataset ?? {};
    if (name === undefined) return;
    const { sort } = wanted();
    go({ sort: sort === name ? `-${name}` : sort === `-${name}` ? '' : name });
    changed();
  });
  profiles.addEventListener('click', event => {
    const bar = event.target.closest('.bar-of');
    if (!bar) return;
    switchFilters(head.cells[bar.closest('td').cellIndex].dataset.name, JSON.parse(bar.dataset.filters));
    changed();
  });
  body.addEventListener('click', event => {
    const row = event.target.closest('tr[data-index]');
    if (row && getSelection().isCollapsed) open(Number(row.dataset.index), answer.rows.map(({ index }) => index));
  });
  wireRoving(profiles, '[role=group]', '.bar-of');
  wireRoving(body, 'tbody', '.open-record');
  document.addEventListener('visibilitychange', plan);
  dataOpened();
}

/** The tab was opened, or the address changed. */
export function dataOpened() {
  if (isOpen('data') && (!answer || shown !== key(wanted()))) load(true);
  else plan();
}

/** @param {object} snapshot the task as it is now */
export function dataMoved(snapshot) {
  task = snapshot;
  plan();
}

/** A record was changed: Explorer may answer with what is a second old. */
export function dataCurated(index) {
  body.querySelector(`tr[data-index="${index}"]`)?.classList.add('stale');
  setTimeout(async () => {
    body.querySelector(`tr[data-index="${index}"]`)?.remove();
    profiled = '';
    if (isOpen('data')) await load(false);
    else answer = null;
  }, Stale);
}

/** While records come, they are fetched at most once a second. */
function plan() {
  if (timer || !task || !isOpen('data') || document.hidden || !isBehind()) return;
  timer = setTimeout(async () => {
    await load(false);
    timer = 0;
    plan();
  }, Math.max(0, due - Date.now()));
}

const isBehind = () => isOwed || answer?.partial || answer !== null && (isLive(answer) || isLive(task)) && (answer.records < task.kept || answer.status !== task.status);

/** @param {boolean} isAsked the user changed the view */
async function load(isAsked) {
  const mine = ++asked;
  const view = wanted();
  if (isAsked) scroll.ariaBusy = 'true';
  let wait = Every;
  try {
    const query = queryOf(view);
    query.set('offset', (view.page - 1) * PageSize);
    query.set('limit', PageSize);
    query.set('partial', true);
    const found = await getRows(id, query);
    if (mine !== asked) return;
    if (view.page > pagesOf(found.total)) {
      go({ page: pagesOf(found.total) }, true);
      await load(isAsked);
      return;
    }

    if (shown !== key(view) && answer) scroll.scrollTop = 0;
    [answer, shown, trouble.hidden, isOwed] = [found, key(view), true, false];
    show();
    if (found.partial) wait = 0;
    if (isAsked && isNarrowed(view)) announce(byId('data-count').textContent, true);
    planProfile();
  } catch (error) {
    if (mine !== asked) return;
    wait = 4 * Every;
    isOwed = !(error instanceof Refused && error.status < 429);
    trouble.textContent = explain(error);
    trouble.hidden = trouble.textContent === '';
    showFilters(answer?.columns ?? []);
    if (error instanceof SessionExpired) wait = Infinity; // until the user has signed in again
  }

  due = wait === Infinity ? 0 : Date.now() + wait;
  scroll.ariaBusy = 'false';
  if (wait !== Infinity) plan();
}

function show() {
  if (!answer) return;
  const view = wanted();
  const { columns, rows, total, records } = answer;
  const visible = shownOf(columns);
  showColumns(columns);
  showFilters(columns);
  suggestQuery(columns);
  showHead(visible, rows, view.sort);
  showRows(visible, rows);
  showProfiles(visible);
  const noun = records === 1 ? 'record' : 'records';
  setText(byId('data-count'), `${isNarrowed(view) ? `${number(total)} of ` : ''}${number(records)} ${noun}${answer.partial ? ', reading the rest…' : isLive(answer) ? ' so far' : ''}`);
  byId('data-none').hidden = total > 0;
  setText(byId('data-none'), records > 0 ? 'No record matches.' : answer.partial ? 'The records are being read.' : isLive(answer) ? 'Records show up here as soon as they are stored.' : 'No record was stored.');
  showPager(view.page, pagesOf(total));
  const first = (view.page - 1) * PageSize;
  setText(byId('data-shown'), rows.length > 0 ? `${number(first + 1)}–${number(first + rows.length)} of ${number(total)}` : '');
  showView(isNarrowed(view) || view.sort ? { query: queryOf(view), total, records } : null);
}

/** The head is made again only when the columns are others, so that nothing moves. */
function showHead(visible, rows, sort) {
  const same = visible.length === head.cells.length - 1 && visible.every(({ name }, at) => head.cells[at + 1].dataset.name === name && head.cells[at + 1].firstElementChild);
  if (!same) {
    const focused = head.contains(document.activeElement) ? document.activeElement.closest('th').dataset.name : null;
    const fresh = [{ name: '_index', label: '#' }, ...visible].map(({ name, label }) => {
      const cell = element('th', '', { scope: 'col' });
      cell.dataset.name = name;
      cell.append(element('button', label ?? shortText(name, 60), { type: 'button', title: label ? 'Number of the record' : plainText(name) }));
      return cell;
    });
    head.replaceChildren(...fresh);
    fresh.find(cell => cell.dataset.name === focused)?.firstElementChild.focus();
    profiles.replaceChildren(profiles.cells[0], ...visible.map(() => element('td')));
    body.replaceChildren();
  }

  visible.forEach(({ name, type }, at) => {
    const cell = head.cells[at + 1];
    cell.dataset.kind = KindOf[type] ?? 'word';
    if (same || cell.dataset.kind !== 'text') return;
    const sample = rows.slice(0, 30).map(({ data }) => membersOf(data).get(name));
    cell.classList.toggle('long', sample.some(value => typeof value === 'string' && value.length > LongText));
  });
  for (const cell of head.cells) {
    if (sort.replace(/^-/, '') === cell.dataset.name) cell.ariaSort = sort.startsWith('-') ? 'descending' : 'ascending';
    else cell.ariaSort = null;
  }
}

function showRows(visible, rows) {
  const known = new Set([...body.rows].map(row => row.dataset.index).filter(Boolean));
  const fresh = rows.filter(({ index }) => !known.has(String(index)));
  const marks = known.size > 0 && fresh.length <= MostFresh && isLive(answer);
  arrangeRows(body, rows, ({ index }) => String(index), item => newRow(item, visible, marks));
  keepOneStop([...body.querySelectorAll('.open-record')]);
}

function newRow({ index, data, edited, liked }, visible, isFresh) {
  const row = element('tr', '', { className: isFresh ? 'fresh' : '' });
  row.dataset.index = index;
  const first = element('th', '', { scope: 'row' });
  first.append(openerOf(index));
  if (edited) first.append(element('span', 'edited', { className: 'mark-edited' }));
  if (liked) first.append(element('span', '♥', { className: 'mark-liked', title: 'Liked', role: 'img', ariaLabel: 'liked' }));
  const members = membersOf(data);
  row.append(first, ...visible.map(({ name }) => cellOf(members, name)));
  return row;
}

function wirePager(changed) {
  const form = byId('page-form');
  const to = page => {
    const last = pagesOf(answer?.total ?? 0);
    const next = Math.min(Math.max(1, Math.trunc(page) || 1), last);
    byId('page-number').value = next;
    if (next === wanted().page) return;
    go({ page: next });
    changed();
  };
  const targets = { first: () => 1, previous: () => wanted().page - 1, next: () => wanted().page + 1, last: () => pagesOf(answer?.total ?? 0) };
  byId('pager').addEventListener('click', event => {
    const button = event.target.closest('[data-go]');
    if (button) to(targets[button.dataset.go]());
  });
  form.addEventListener('submit', event => {
    event.preventDefault();
    to(Number(byId('page-number').value.replaceAll(/[\s,]/g, '')));
  });
}

/** A disabled button stays in place, because it may have the focus. */
function showPager(page, last) {
  for (const button of byId('pager').querySelectorAll('[data-go]')) {
    const isEnd = ['first', 'previous'].includes(button.dataset.go) ? page === 1 : page >= last;
    button.setAttribute('aria-disabled', String(isEnd));
  }

  const field = byId('page-number');
  if (document.activeElement !== field || shown !== field.dataset.of) field.value = page;
  field.dataset.of = shown;
  setText(byId('page-count'), number(last));
}

/** After the rows, and while records come at most every three seconds. */
function planProfile() {
  const query = `${queryOf(wanted(), false)}`;
  const of = `${answer.records} ${answer.partial ?? false} ${query}`;
  clearTimeout(profileTimer);
  if (of === profiled) return;
  const isOther = !profile || profile.query !== query;
  if (answer.partial && !isOther) return; // the next profile will cover all records
  profileTimer = setTimeout(async () => {
    profileDue = Date.now() + ProfileEvery;
    try {
      const found = await getProfile(id, `${query}${answer.partial ? '&partial=true' : ''}`);
      if (query !== `${queryOf(wanted(), false)}`) return;
      [profile, profiled] = [{ ...found, query }, of];
      showProfiles(shownOf(answer.columns));
      suggestValues(profile.columns);
      if (query === '') showSamplers(profile.samplers);
    } catch {
      profiled = ''; // the rows show the error; the profile is tried again with the next rows
    }
  }, isOther ? Settles : Math.max(0, profileDue - Date.now()));
}

function showProfiles(visible) {
  if (!profile) return;
  const found = new Map(profile.columns.map(column => [column.name, column]));
  visible.forEach(({ name }, at) => {
    const [cell, column] = [profiles.cells[at + 1], found.get(name)];
    if (!column || cell.shows === profile) return;
    cell.shows = profile;
    showProfile(cell, column, profile.total);
  });
  const told = byId('data-duplicates');
  told.hidden = profile.duplicates === 0;
  setText(told, `${number(profile.duplicates)} exact ${profile.duplicates === 1 ? 'duplicate' : 'duplicates'}`);
}
