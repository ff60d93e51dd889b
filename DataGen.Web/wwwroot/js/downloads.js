// The menu of files: their sizes where known, and how much of the task they contain.
import { number, size } from './format.js';
import { setText } from './page.js';
import { isLive } from './taskparts.js';

const menu = document.getElementById('downloads');
const guard = document.getElementById('formula-guard');
const links = [...menu.querySelectorAll('a[data-format]')];
const field = name => menu.querySelector(`[data-field=${name}]`);
let shown = null;

export function wireDownloads() {
  guard.addEventListener('change', () => { if (shown) showLinks(shown); });
  menu.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
  document.addEventListener('pointerdown', event => { if (menu.open && !menu.contains(event.target)) menu.open = false; });
  menu.addEventListener('focusout', event => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false; });
}

export function showDownloads(task) {
  shown = task;
  const good = task.completed - task.failures;
  menu.hidden = good === 0;
  field('soFar').hidden = field('partial').hidden = !isLive(task);
  setText(field('downloadCount'), number(good));
  setText(field('downloadNoun'), good === 1 ? 'record' : 'records');
  const bytes = task.dataBytes ?? 0;
  // JSON Lines is exact: the records and a line break each; JSON has brackets and commas
  setText(menu.querySelector('[data-size=json]'), bytes ? `about ${size(bytes + 2 * good)}` : '');
  setText(menu.querySelector('[data-size=jsonl]'), bytes ? size(bytes + good) : '');
  showLinks(task);
}

function showLinks(task) {
  for (const link of links) {
    const query = new URLSearchParams({ format: link.dataset.format });
    if (isLive(task)) query.set('partial', 'true');
    if (guard.checked && link.dataset.format === 'csv') {
      query.set('formulaGuard', 'true');
      query.set('bom', 'true'); // Excel does not know UTF-8 without it
    }
    const href = `/api/tasks/${task.id}/export?${query}`;
    if (link.getAttribute('href') !== href) link.setAttribute('href', href);
  }
}
