// The definition as a file: copied, downloaded, opened.

/** @param {HTMLTextAreaElement} text takes the definition of a file @param {() => object} whole the definition with prompt and count */
export function wireDefinitionFile(text, whole) {
  const [copy, download, open, file] = ['copy', 'download', 'open', 'file'].map(name => document.getElementById(`definition-${name}`));
  copy.parentElement.hidden = false;
  const json = () => JSON.stringify(whole(), null, 2);

  // What is not JSON has its own message beside the field.
  const attempt = step => async () => {
    try {
      await step();
    } catch {
      text.focus();
    }
  };

  copy.addEventListener('click', attempt(async () => {
    await navigator.clipboard.writeText(json());
    copy.textContent = 'Copied';
    setTimeout(() => { copy.textContent = 'Copy'; }, 2000);
  }));
  download.addEventListener('click', attempt(() => {
    const address = URL.createObjectURL(new Blob([json()], { type: 'application/json' }));
    Object.assign(document.createElement('a'), { href: address, download: 'definition.json' }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }));
  open.addEventListener('click', () => file.click());
  file.addEventListener('change', async () => {
    if (file.files.length === 0) return;
    text.value = await file.files[0].text();
    file.value = '';
    text.dispatchEvent(new Event('input', { bubbles: true }));
    text.dispatchEvent(new Event('change', { bubbles: true }));
  });
}
