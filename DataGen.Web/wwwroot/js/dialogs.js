// A record in full, and the question before a task is cancelled.
import { getRecordsFrom } from './api.js';
import { effortOf, recordInTable } from './records.js';

const dialog = document.getElementById('record-dialog');
const json = document.getElementById('record-json');
const meta = document.getElementById('record-meta');
const Near = 50;

/** @param {(index: number) => number} endedBefore where the list of ended records has an index */
export async function openRecord(taskId, index, endedBefore) {
  document.getElementById('record-title').textContent = `Record ${index}`;
  let record = recordInTable(index);
  if (!record) {
    meta.textContent = 'Fetching…';
    json.textContent = '';
    if (!dialog.open) dialog.showModal();
    try {
      // records stored since the last snapshot can only move it further back
      const page = await getRecordsFrom(taskId, endedBefore(index), Near);
      record = page.items.find(item => item.index === index);
    } catch {
      record = undefined;
    }
  }

  show(record);
  if (!dialog.open) dialog.showModal();
}

function show(record) {
  if (!record) {
    meta.textContent = 'This record could not be fetched just now.';
    json.textContent = '';
    return;
  }

  const tokens = record.tokens ? ` · ${record.tokens.input} tokens in, ${record.tokens.output} out` : '';
  meta.textContent = `${record.ok ? 'good' : 'failed'} · ${effortOf(record)}${tokens}`;
  json.textContent = record.ok ? JSON.stringify(record.data, null, 2) : record.error;
}

dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });

/** Without script the form is sent at once; with it, it asks first. */
export function askBeforeCancel() {
  const form = document.getElementById('cancel-form');
  const question = document.getElementById('cancel-dialog');
  form.addEventListener('submit', event => {
    if (question.returnValue === 'cancel') return;
    event.preventDefault();
    question.showModal();
  });
  question.addEventListener('close', () => { if (question.returnValue === 'cancel') form.requestSubmit(); });
}
