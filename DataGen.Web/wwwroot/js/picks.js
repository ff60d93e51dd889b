// The selected rows, and the bar with the commands for all of them.
import { setText } from './page.js';
import { acts, perform } from './rowmenu.js';

const list = document.getElementById('task-list');
const bar = document.getElementById('picked');
const count = document.getElementById('picked-count');
const all = document.getElementById('pick-all');
let lastPick = null;

const picked = () => [...list.querySelectorAll('[data-pick]:checked')].map(box => box.closest('.task'));

/** The bar fits what is picked; called whenever the rows or the picks change. */
export function showPicks() {
  const rows = picked();
  const boxes = list.querySelectorAll('[data-pick]').length;
  bar.hidden = rows.length === 0;
  setText(count, `${rows.length} selected`);
  all.parentElement.hidden = boxes === 0;
  all.checked = boxes > 0 && rows.length === boxes;
  all.indeterminate = rows.length > 0 && rows.length < boxes;
  list.classList.toggle('is-picking', rows.length > 0);
  for (const button of bar.querySelectorAll('[data-act]')) button.hidden = !rows.some(acts[button.dataset.act].admits);
}

/** @param {() => Promise} refresh refreshes the list */
export function wirePicks(refresh) {
  list.addEventListener('click', event => {
    const box = event.target.closest('[data-pick]');
    if (!box) return;
    const boxes = [...list.querySelectorAll('[data-pick]')];
    if (event.shiftKey && lastPick?.isConnected) {
      const [from, to] = [boxes.indexOf(lastPick), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const each of boxes.slice(from, to + 1)) each.checked = box.checked;
    }

    lastPick = box;
    showPicks();
  });
  all.addEventListener('change', () => {
    for (const box of list.querySelectorAll('[data-pick]')) box.checked = all.checked;
    showPicks();
  });
  bar.addEventListener('click', async event => {
    const button = event.target.closest('button');
    if (!button) return;
    const rows = picked();
    const done = button.dataset.act ? await perform(rows, button.dataset.act, refresh) : rows;
    for (const row of done) row.querySelector('[data-pick]').checked = false;
    showPicks();
    if (bar.hidden && [document.body, button].includes(document.activeElement)) all.focus();
  });
  showPicks();
}
