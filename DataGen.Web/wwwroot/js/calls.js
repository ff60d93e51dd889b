// Calls of the Gateway that change something, and calls about users, sessions and tokens. Passwords are sent to the Gateway only.
import { keepNumbers, SessionExpired, Unreachable } from './api.js';

/** An error answer of the Gateway (RFC 9457). */
export class Refused extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.detail ?? 'The request was not taken.');
    this.status = status;
    this.errors = problem.errors ?? {};
    this.retryAfter = retryAfter;
  }
}

/** A busy store can need 30 s for one write and handles one at a time. */
const Patience = { GET: 30_000, POST: 90_000, PUT: 90_000, PATCH: 90_000, DELETE: 90_000 };
/** A model that is asked for several answers. */
const ModelPatience = 160_000;

export const signIn = credentials => call('POST', '/api/auth/login', credentials);
export const createTask = task => call('POST', '/api/tasks', task);
/** @param {{ prompt: string }} described */
export const draftDefinition = described => call('POST', '/api/schemas/draft', described, ModelPatience);
/** What is wrong with a definition, and what it can give; no model is asked. */
export const checkDefinition = definition => call('POST', '/api/definitions/check', definition);
/** @param {{ definition: object, records: number }} preview @param {(now: object) => void} changed is told of it while it is made @returns the whole of it */
export const makePreview = (preview, changed) => call('POST', '/api/previews/events', preview, ModelPatience, response => lastEvent(response.body, changed));
export const extendTask = (id, count) => call('POST', `/api/tasks/${encodeURIComponent(id)}/extend`, { count });
export const cancelTask = id => call('POST', `/api/tasks/${encodeURIComponent(id)}/cancel`);
/** @param {{ maxTokens?: number }} [change] */
export const retryTask = (id, change) => call('POST', `/api/tasks/${encodeURIComponent(id)}/retry`, change);
/** @param {{ calls?: number, until?: string }} budget */
export const setBudget = (id, budget) => call('POST', `/api/tasks/${encodeURIComponent(id)}/budget`, budget);
export const deleteTask = id => call('DELETE', `/api/tasks/${encodeURIComponent(id)}`);
/** The same from a page that is being left: it is sent all the same, and nobody hears the answer. */
export const deleteTaskWhileLeaving = id => { fetch(`/api/tasks/${encodeURIComponent(id)}`, { method: 'DELETE', keepalive: true }).catch(() => {}); };
const recordOf = (id, index) => `/api/tasks/${encodeURIComponent(id)}/records/${index}`;
export const editRecord = (id, index, data) => call('PATCH', recordOf(id, index), { data });
export const removeRecord = (id, index) => call('DELETE', recordOf(id, index));
export const regenerateRecord = (id, index) => call('POST', `${recordOf(id, index)}/regenerate`, undefined, ModelPatience);
export const restoreRecord = (id, index) => call('POST', `${recordOf(id, index)}/restore`);
export const likeRecord = (id, index, liked) => call('PUT', `${recordOf(id, index)}/feedback`, { liked });
/** @param {URLSearchParams} query */
export const getRows = (id, query) => call('GET', `/api/tasks/${encodeURIComponent(id)}/rows?${query}`);
export const getProfile = (id, query) => call('GET', `/api/tasks/${encodeURIComponent(id)}/profile?${query}`);
/** @param {{ query: string, limit?: number }} question */
export const askSql = (id, question) => call('POST', `/api/tasks/${encodeURIComponent(id)}/sql`, question);
export const getMe = () => call('GET', '/api/auth/me');
export const changePassword = change => call('POST', '/api/auth/password', change);
export const getSessions = async () => (await call('GET', '/api/auth/sessions')).items;
export const endSession = id => call('DELETE', `/api/auth/sessions/${encodeURIComponent(id)}`);
export const endOtherSessions = () => call('DELETE', '/api/auth/sessions');
export const getTokens = async () => (await call('GET', '/api/tokens')).items;
export const createToken = name => call('POST', '/api/tokens', { name });
export const revokeToken = id => call('DELETE', `/api/tokens/${encodeURIComponent(id)}`);
export const getUsers = async () => (await call('GET', '/api/users')).items;
export const createUser = user => call('POST', '/api/users', user);
export const changeUser = (name, change) => call('PATCH', `/api/users/${encodeURIComponent(name)}`, change);

/** @param {(response: Response) => Promise<string>} [read] reads an answer that is no refusal */
async function call(method, url, body, patience, read) {
  const { status, headers, text } = await send(method, url, body, patience, read);
  if (status === 401) throw new SessionExpired();
  const answer = parse(text);
  if (status >= 400) throw new Refused(status, answer ?? {}, Number(headers.get('retry-after')) || 0);
  if (status !== 204 && answer === null) throw new Unreachable();
  return answer;
}

async function send(method, url, body, patience = Patience[method], read = response => response.text()) {
  try {
    const response = await fetch(url, {
      method,
      headers: { accept: 'application/json, text/event-stream;q=0.9', ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
      cache: 'no-store',
      signal: AbortSignal.timeout(patience),
    });
    return { status: response.status, headers: response.headers, text: await (response.ok ? read(response) : response.text()) };
  } catch {
    throw new Unreachable();
  }
}

function parse(text) {
  try {
    return JSON.parse(text, keepNumbers);
  } catch {
    return null;
  }
}

/** Reads server-sent events as they come. @returns the data of `done`; none when the server is lost before */
async function lastEvent(body, told) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  while (true) {
    const { done, value } = await reader.read();
    if (done) return '';
    const events = (rest + value).split('\n\n');
    rest = events.pop();
    for (const event of events) {
      const data = event.split('\n').filter(line => line.startsWith('data: ')).map(line => line.slice(6)).join('\n');
      if (event.startsWith('event: done\n')) return data;
      if (data) told(parse(data));
    }
  }
}
