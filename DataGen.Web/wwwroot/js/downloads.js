// The menu of files: their sizes where known, and how much of the task they contain.
import { number, size } from './format.js';
import { setText } from './page.js';
import { wirePopover } from './popover.js';
import { isLive } from './taskparts.js';

const menu = document.getElementById('downloads');
const guard = document.getElementById('formula-guard');
const links = [...menu.querySelectorAll('a[data-format]')];
const field = name => menu.querySelector(`[data-field=${name}]`);
const scope = document.getElementById('download-scope');
let shown = null;
let view = null;

export function wireDownloads() {
  for (const choice of [guard, scope]) choice.addEventListener('change', () => { if (shown) showLinks(shown); });
  wirePopover(menu);
}

export function showDownloads(task) {
  shown = task;
  const good = task.completed - task.failures;
  menu.hidden = good === 0;
  field('soFar').hidden = field('partial').hidden = !isLive(task);
  setText(field('downloadCount'), number(good));
  setText(field('allCount'), number(good));
  setText(field('downloadNoun'), good === 1 ? 'record' : 'records');
  const bytes = task.dataBytes ?? 0;
  // JSON Lines is exact: the records and a line break each; JSON has brackets and commas
  setText(menu.querySelector('[data-size=json]'), bytes ? `about ${size(bytes + 2 * good)}` : '');
  setText(menu.querySelector('[data-size=jsonl]'), bytes ? size(bytes + good) : '');
  showLinks(task);
}

/** @param {{ query: URLSearchParams, total: number } | null} chosen what the table is filtered and sorted to; null: all of it */
export function showView(chosen) {
  view = chosen;
  [scope.hidden, field('whole').hidden] = [!view, view !== null];
  if (view) setText(field('viewCount'), `${number(view.total)} ${view.total === 1 ? 'record' : 'records'}`);
  if (shown) showDownloads(shown);
}

function showLinks(task) {
  const isView = view !== null && scope.querySelector(':checked').value === 'view';
  for (const size of menu.querySelectorAll('[data-size]')) size.hidden = isView;
  for (const link of links) {
    const query = new URLSearchParams(isView ? view.query : '');
    query.set('format', link.dataset.format);
    if (isLive(task)) query.set('partial', 'true');
    if (guard.checked && link.dataset.format === 'csv') {
      query.set('formulaGuard', 'true');
      query.set('bom', 'true'); // Excel does not know UTF-8 without it
    }
    const href = `/api/tasks/${task.id}/export?${query}`;
    if (link.getAttribute('href') !== href) link.setAttribute('href', href);
  }
}
