// Keyboard shortcuts. They do nothing while the user types, and the account page switches them off.
const dialog = document.getElementById('shortcuts');
const list = document.getElementById('task-list');
const isTyping = target => target.closest?.('input:not([type=checkbox]), textarea, select, dialog');

const keys = {
  n: () => focusOn('NewTask_Prompt'),
  '/': () => focusOn('filter-text') || focusOn('data-q'),
  j: () => step(1),
  k: () => step(-1),
  x: () => current()?.querySelector('[data-pick]').click(),
  '?': () => dialog.showModal(),
};

const current = () => document.activeElement?.closest('#task-list > li');

function focusOn(id) {
  const element = document.getElementById(id);
  if (!element?.checkVisibility()) return false;
  element.focus();
  element.select();
  return true;
}

/** To the next row of the list, or the one before. */
function step(by) {
  const rows = [...(list?.children ?? [])];
  if (rows.length === 0) return false;
  const at = rows.indexOf(current());
  const next = rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)];
  next.querySelector('[data-field=title]').focus();
  next.scrollIntoView({ block: 'nearest' });
  return true;
}

document.addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.target.closest?.('form')?.requestSubmit();
    return;
  }

  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.documentElement.dataset.shortcuts === 'off') return;
  const act = keys[event.key.toLowerCase()];
  if (act && act() !== false) event.preventDefault();
});
