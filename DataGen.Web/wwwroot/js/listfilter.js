// Which tasks the list shows. The address holds it, so that reload, back and a bookmark keep it.

const Typing = 300;
const form = document.getElementById('filter');
const text = document.getElementById('filter-text');
const links = [...form.querySelectorAll('[data-status]')];
const newest = document.getElementById('newest');
const older = document.getElementById('older');

const inAddress = name => new URLSearchParams(location.search).get(name) ?? '';

/** What to ask the list for. */
export const wanted = () => present({ status: inAddress('status'), q: inAddress('q').trim(), cursor: inAddress('cursor') });

export const isFiltered = () => 'status' in wanted() || 'q' in wanted();

const present = parts => Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== ''));

const address = parts => {
  const query = new URLSearchParams(present(parts)).toString();
  return query ? `/?${query}` : '/';
};

/** Another filter begins with the newest; what filled the form is no part of it. */
function go(parts, replace = false) {
  const { status = '', q = '' } = { ...wanted(), ...parts };
  history[replace ? 'replaceState' : 'pushState'](null, '', address({ status, q }));
  show();
}

/** Makes the controls say what the address says. */
function show() {
  const { status = '', q = '', cursor = '' } = wanted();
  for (const link of links) {
    if (link.dataset.status === status) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
    link.href = address({ status: link.dataset.status, q });
  }

  if (document.activeElement !== text) text.value = q;
  newest.href = address({ status, q });
  newest.hidden = !cursor;
}

export function showOlder(cursor) {
  older.hidden = !cursor;
  if (cursor) older.href = address({ ...wanted(), cursor });
}

/** @param {() => void} changed */
export function wireFilter(changed) {
  let typing = 0;
  const find = () => {
    clearTimeout(typing);
    if (text.value.trim() === (wanted().q ?? '')) return;
    go({ q: text.value.trim() }, inAddress('q') !== ''); // one step back leads to before the search, not through every letter of it
    changed();
  };

  for (const link of [...links, ...document.querySelectorAll('[data-clear-filter]')]) {
    link.addEventListener('click', event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if ('clearFilter' in link.dataset) text.value = '';
      go('clearFilter' in link.dataset ? { status: '', q: '' } : { status: link.dataset.status });
      changed();
    });
  }

  text.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(find, Typing);
  });
  form.addEventListener('submit', event => {
    event.preventDefault();
    find();
  });
  addEventListener('popstate', () => {
    text.blur();
    show();
    changed();
  });
}
