// The Gateway's REST API on this origin; the session cookie goes along by itself.

export class SessionExpired extends Error {}
export class NotFound extends Error {}
export class Unreachable extends Error {}

const Patience = 15_000;

/** @param {{ limit: string, cursor?: string, status?: string, q?: string }} query */
export const getTasks = query => getJson(`/api/tasks?${new URLSearchParams(query)}`);
export const getTask = id => getJson(`/api/tasks/${encodeURIComponent(id)}`);
export const getMetrics = () => getJson('/api/metrics');
export const getNewestRecords = (id, limit) => getRecords(id, `order=newest&limit=${limit}`);
export const getRecordsFrom = (id, offset, limit) => getRecords(id, `offset=${offset}&limit=${limit}`);

const getRecords = (id, query) => getJson(`/api/tasks/${encodeURIComponent(id)}/records?${query}`, keepNumbers);

async function getJson(url, reviver) {
  let response;
  try {
    response = await fetch(url, { headers: { accept: 'application/json' }, cache: 'no-store', signal: AbortSignal.timeout(Patience) });
  } catch {
    throw new Unreachable();
  }

  if (response.status === 401) throw new SessionExpired();
  if (response.status === 404) throw new NotFound();
  if (!response.ok) throw new Unreachable();
  try {
    return JSON.parse(await response.text(), reviver);
  } catch {
    throw new Unreachable();
  }
}

/** A record's numbers are shown as the model wrote them: 12345678901234567890 and 1.50 are not rounded. Older browsers round. */
function keepNumbers(_, value, context) {
  return typeof value === 'number' && context?.source !== undefined && JSON.rawJSON && String(value) !== context.source
    ? JSON.rawJSON(context.source)
    : value;
}

export const isRawNumber = value => JSON.isRawJSON?.(value) === true;
