// The Gateway's REST API on this origin; the browser sends the session cookie.

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

/** Whether an ended task was retried since this event; the answer is empty while it was not. */
export async function hasMovedOn(id, eventId) {
  const asking = new AbortController();
  const timer = setTimeout(() => asking.abort(), Patience);
  try {
    const { status } = await ask(`/api/tasks/${encodeURIComponent(id)}/events`, { 'last-event-id': eventId, accept: 'text/event-stream' }, asking.signal);
    return status !== 204;
  } finally {
    clearTimeout(timer);
    asking.abort(); // the stream itself is not needed
  }
}

async function getJson(url, reviver) {
  const response = await ask(url, { accept: 'application/json' }, AbortSignal.timeout(Patience));
  try {
    return JSON.parse(await response.text(), reviver);
  } catch {
    throw new Unreachable();
  }
}

async function ask(url, headers, signal) {
  let response;
  try {
    response = await fetch(url, { headers, cache: 'no-store', signal });
  } catch {
    throw new Unreachable();
  }

  if (response.status === 401) throw new SessionExpired();
  if (response.status === 404) throw new NotFound();
  if (!response.ok) throw new Unreachable();
  return response;
}

/** Numbers in a record are shown as the model wrote them: 12345678901234567890 and 1.50 are not rounded. Older browsers round. */
export function keepNumbers(_, value, context) {
  return typeof value === 'number' && context?.source !== undefined && JSON.rawJSON && String(value) !== context.source
    ? JSON.rawJSON(context.source)
    : value;
}

export const isRawNumber = value => JSON.isRawJSON?.(value) === true;
