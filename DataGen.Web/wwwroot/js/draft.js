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

/** Restores the draft unless the server filled the form itself, and keeps it up to date. */
export function keepDraft(form) {
  const draft = read();
  if (draft && !form.dataset.kept) {
    for (const [name, value] of Object.entries(draft.fields)) {
      const field = form.elements[name];
      if (field) field.value = value;
    }

    form.querySelector('details').open ||= [...form.querySelectorAll('details input')].some(input => input.value);
  }

  form.addEventListener('input', () => write({ fields: fieldsOf(form), sent: false }));
  form.addEventListener('submit', () => write({ fields: fieldsOf(form), sent: true }));
}

/** The page of a task is only reached once the task is stored, so what was sent has arrived. */
export function dropSentDraft() {
  if (read()?.sent) sessionStorage.removeItem(Key);
}

const fieldsOf = form =>
  Object.fromEntries([...new FormData(form)].filter(([name]) => name.startsWith('NewTask.')));
