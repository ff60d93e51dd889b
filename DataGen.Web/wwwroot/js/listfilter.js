// The filter of the list. It is part of the address, so that reload, back and bookmarks keep it.

const Typing = 300;
const form = document.getElementById('filter');
const text = document.getElementById('filter-text');
const sort = document.getElementById('filter-sort');
const links = [...form.querySelectorAll('[data-status]')];
const newest = document.getElementById('newest');
const older = document.getElementById('older');

const inAddress = name => new URLSearchParams(location.search).get(name) ?? '';

/** An order that the page does not offer is passed over, as the server does. */
const sortOf = by => ([...sort.options].some(option => option.value === by) ? by : '');

const shown = () => present({ status: inAddress('status'), q: inAddress('q').trim(), sort: sortOf(inAddress('sort')), cursor: inAddress('cursor') });

/** The query of the list, as the API takes it. */
export function wanted() {
  const { status, ...rest } = shown();
  return status === 'failures' ? { ...rest, failures: 'true' } : status ? { ...rest, status } : rest;
}

export const isFiltered = () => 'status' in shown() || 'q' in shown();

const present = parts => Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== ''));

const address = parts => {
  const query = new URLSearchParams(present(parts)).toString();
  return query ? `/?${query}` : '/';
};

/** A new filter begins with the first page and drops what the form was filled from. */
function go(parts, replace = false) {
  const { status = '', q = '', sort: by = '' } = { ...shown(), ...parts };
  history[replace ? 'replaceState' : 'pushState'](null, '', address({ status, q, sort: by }));
  show();
}

/** Sets the controls from the address. */
function show() {
  const { status = '', q = '', sort: by = '', cursor = '' } = shown();
  for (const link of links) {
    if (link.dataset.status === status) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
    link.href = address({ status: link.dataset.status, q, sort: by });
  }

  if (document.activeElement !== text) text.value = q;
  sort.value = by;
  newest.href = address({ status, q, sort: by });
  newest.hidden = !cursor;
}

export function showOlder(cursor) {
  older.hidden = !cursor;
  if (cursor) older.href = address({ ...shown(), cursor });
}

/** @param {() => void} changed */
export function wireFilter(changed) {
  let typing = 0;
  const find = () => {
    clearTimeout(typing);
    if (text.value.trim() === (shown().q ?? '')) return;
    go({ q: text.value.trim() }, inAddress('q') !== ''); // going back leaves the search, not each letter of it
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
  sort.addEventListener('change', () => {
    go({ sort: sort.value });
    changed();
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
