// Keeps the text of the form for a new task when the session expires or the page is closed, until the task exists.

const Key = 'datagen.draft';

const read = () => {
  try {
    return JSON.parse(sessionStorage.getItem(Key));
  } catch {
    return null;
  }
};

const write = draft => {
  try {
    sessionStorage.setItem(Key, JSON.stringify(draft));
  } catch {
    // storage is full or blocked: the form itself still works
  }
};

/**
 * Restores the draft and keeps it up to date. A form that is shown again with errors, or was filled from another source than the draft, stays unchanged.
 * @returns {() => void} to be called when the task exists
 */
export function keepDraft(form) {
  const from = form.dataset.filledFrom;
  const draft = read();
  if (draft && !form.dataset.refused && (from === '' || draft.from === from)) {
    for (const [name, value] of Object.entries(draft.fields)) {
      const field = form.elements[name];
      if (field) field.value = value;
    }

    form.querySelector('details').open ||= [...form.querySelectorAll('details input, details textarea')].some(input => input.value);
  }

  const keep = sent => write({ fields: fieldsOf(form), from, sent });
  form.addEventListener('input', () => keep(false));
  return () => keep(true);
}

/** The page of a task is only reached once the task is stored, so the draft is no longer needed. */
export function dropSentDraft() {
  if (read()?.sent) dropDraft();
}

export const dropDraft = () => sessionStorage.removeItem(Key);

const fieldsOf = form =>
  Object.fromEntries([...new FormData(form)].filter(([name]) => name.startsWith('NewTask.')));
