// The parts of a task that the list and the task's own page share.
import { percent } from './format.js';
import { setText } from './page.js';

export const isLive = task => task.status === 'queued' || task.status === 'running';

/** The two parts of a progress bar. */
export function showBar(bar, task) {
  const good = task.completed - task.failures;
  bar.setAttribute('viewBox', `0 0 ${task.count} 1`);
  bar.setAttribute('aria-valuemax', task.count);
  bar.setAttribute('aria-valuenow', task.completed);
  bar.setAttribute('aria-valuetext', `${percent(task.completed, task.count)}%, ${task.failures} failed`);
  const [goodPart, badPart] = bar.children;
  goodPart.setAttribute('width', good);
  badPart.setAttribute('x', good);
  badPart.setAttribute('width', task.failures);
}

/** Files are available as soon as there is one good record. */
export function showDownloads(downloads, task) {
  downloads.hidden = task.completed === task.failures;
  setText(downloads.querySelector('[data-field=partial]'), isLive(task) ? 'So far' : 'Download');
  for (const link of downloads.querySelectorAll('a')) {
    const href = `/api/tasks/${task.id}/export?format=${link.dataset.format}${isLive(task) ? '&partial=true' : ''}`;
    if (link.getAttribute('href') !== href) link.setAttribute('href', href);
  }
}
