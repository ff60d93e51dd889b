// Changes of the open record: edit it, have it made again, leave it out, like it, restore it. The generated record is
// kept.
import { keepNumbers } from './api.js';
import { editRecord, likeRecord, Refused, regenerateRecord, removeRecord, restoreRecord } from './calls.js';
import { explain } from './explain.js';
import { hold, isHeld } from './hold.js';

const byId = name => document.getElementById(`record-${name}`);
const [acts, like, edit, again, remove, restore] = ['acts', 'like', 'edit', 'again', 'remove', 'restore'].map(byId);
const [editor, text, trouble, whole] = ['editor', 'text', 'trouble', 'whole'].map(byId);
let shown = null;

/** @param {string} id @param {(record: object) => void} changed the record as it is now */
export function wireCurate(id, changed) {
  const act = async (button, step) => {
    if (isHeld(button)) return;
    const record = shown;
    tell('');
    const free = hold(button, button.dataset.busy ?? button.textContent);
    try {
      const made = await step(record);
      free();
      changed(made);
    } catch (error) {
      free();
      if (record === shown) tell(error instanceof Refused && error.errors.data ? error.errors.data.join(' ') : explain(error, true));
    }
  };

  like.addEventListener('click', () => act(like, ({ index, liked }) => likeRecord(id, index, !liked)));
  again.addEventListener('click', () => act(again, ({ index }) => regenerateRecord(id, index)));
  restore.addEventListener('click', () => act(restore, ({ index }) => restoreRecord(id, index)));
  remove.addEventListener('click', () => act(remove, async record => {
    await removeRecord(id, record.index);
    return { ...record, removed: true };
  }));
  edit.addEventListener('click', () => {
    text.value = JSON.stringify(shown.data, null, 2);
    [editor.hidden, whole.hidden, acts.hidden] = [false, true, true];
    text.focus();
  });
  byId('cancel').addEventListener('click', () => showCuration(shown));
  editor.addEventListener('submit', event => {
    event.preventDefault();
    act(editor.querySelector('[type=submit]'), ({ index }) => {
      const data = parsed(text.value);
      return data instanceof Error ? Promise.reject(data) : editRecord(id, index, data);
    });
  });
}

/** Whether somebody is writing this record again. */
export const isEditing = record => !editor.hidden && record.index === shown?.index;

/** @param {object | null} record the one that is open */
export function showCuration(record) {
  const isOther = record?.index !== shown?.index;
  shown = record;
  if (isOther || !editor.hidden) tell('');
  editor.hidden = true;
  acts.hidden = !record?.ok;
  if (!record?.ok) return;
  whole.hidden = false;
  like.setAttribute('aria-pressed', String(record.liked === true));
  like.textContent = record.liked ? 'Liked' : 'Like';
  for (const button of [edit, again, remove]) button.hidden = record.removed === true;
  restore.hidden = !record.edited && !record.removed;
}

function parsed(typed) {
  try {
    return JSON.parse(typed, keepNumbers);
  } catch (error) {
    return new Refused(400, { errors: { data: [`Is no JSON: ${error.message}`] } }, 0);
  }
}

function tell(words) {
  trouble.textContent = words;
  trouble.hidden = words === '';
}
