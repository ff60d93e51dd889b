// Which records the Data tab shows. It is part of the address, so that reload, back and bookmarks keep it: ?page=2&sort=-age&filter=age>=40&q=crime#data

export const PageSize = 100;

export function wanted() {
  const query = new URLSearchParams(location.search);
  const page = Math.trunc(Number(query.get('page')));
  return { page: page > 1 ? page : 1, sort: query.get('sort') ?? '', filters: query.getAll('filter'), q: query.get('q') ?? '' };
}

export const isNarrowed = view => view.filters.length > 0 || view.q !== '';

/** The parameters of /rows and /export, and without the order those of /profile. */
export function queryOf({ filters, q, sort }, ordered = true) {
  const query = new URLSearchParams(filters.map(filter => ['filter', filter]));
  if (q) query.set('q', q);
  if (sort && ordered) query.set('sort', sort);
  return query;
}

export const pagesOf = total => Math.max(1, Math.ceil(total / PageSize));

/** Whatever changes, the first page is shown, unless it is the page that changes. */
export function go(change, replace = false) {
  const view = { ...wanted(), page: 1, ...change };
  const query = queryOf(view);
  if (view.page > 1) query.set('page', view.page);
  history[replace ? 'replaceState' : 'pushState'](null, '', `${location.pathname}${query.size > 0 ? `?${query}` : ''}${location.hash}`);
}

/** Adds a condition once. */
export const addFilter = added => go({ filters: [...new Set([...wanted().filters, added])] });

/** Values or a stretch of a column instead of those chosen before; the same ones again: none. */
export function switchFilters(column, chosen) {
  const { filters } = wanted();
  const others = filters.filter(filter => !(filter.startsWith(column) && /^[=<>]/.test(filter.slice(column.length))));
  go({ filters: chosen.every(filter => filters.includes(filter)) ? others : [...others, ...chosen] });
}
