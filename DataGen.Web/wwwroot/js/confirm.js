// The confirmation before something that cannot be undone.
const dialog = document.getElementById('confirm-dialog');
const act = dialog.querySelector('[value=act]');
const keep = dialog.querySelector('[value=keep]');

/** @param {{ title: string, text: string, act: string, keep?: string, harmless?: boolean }} question @returns {Promise<boolean>} */
export function ask(question) {
  document.getElementById('confirm-title').textContent = question.title;
  document.getElementById('confirm-text').textContent = question.text;
  act.textContent = question.act;
  act.className = question.harmless ? 'primary' : 'danger';
  keep.textContent = question.keep ?? 'Cancel';
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => resolve(dialog.returnValue === 'act'), { once: true }));
}
