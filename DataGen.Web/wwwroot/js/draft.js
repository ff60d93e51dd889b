// What is typed into the form for a new task outlives a lapsed session and a closed sign-in; it ends when the task exists.

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
    // storage is full or barred: the form itself still works
  }
};

/**
 * Restores the draft and keeps it up to date. A form that came back refused, or was filled from something else than what the draft was typed over, stays as it is.
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

    form.querySelector('details').open ||= [...form.querySelectorAll('details input')].some(input => input.value);
  }

  const keep = sent => write({ fields: fieldsOf(form), from, sent });
  form.addEventListener('input', () => keep(false));
  return () => keep(true);
}

/** The page of a task is only reached once the task is stored, so what was sent has arrived. */
export function dropSentDraft() {
  if (read()?.sent) dropDraft();
}

export const dropDraft = () => sessionStorage.removeItem(Key);

const fieldsOf = form =>
  Object.fromEntries([...new FormData(form)].filter(([name]) => name.startsWith('NewTask.')));
