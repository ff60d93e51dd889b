// Follows one task: server-sent events while the page is looked at, asking now and then when events cannot be had or the page is hidden
// (a browser has six connections to a host; tabs in the background must not hold them).
import { getTask, NotFound, SessionExpired } from './api.js';

const Final = new Set(['succeeded', 'failed', 'cancelled']);
const Wait = { poll: 2000, hidden: 6000, firstRetry: 2000, longestRetry: 15_000, quiet: 30_000 };

/**
 * @param {string} id the task
 * @param {{ onSnapshot: (snapshot: object) => void, onLink: (state: 'live'|'polling'|'reconnecting'|'expired'|'gone'|'ended') => void }} listener
 * A snapshot that was asked for has no `good` and `failed` ranges and no rate.
 */
export function follow(id, listener) {
  let source = null;
  let pollTimer = 0;
  let retryTimer = 0;
  let quietTimer = 0;
  let retryWait = Wait.firstRetry;
  let over = false;

  const end = state => {
    over = true;
    stop();
    listener.onLink(state);
  };

  const take = snapshot => {
    if (over) return;
    listener.onSnapshot(snapshot);
    if (Final.has(snapshot.status)) end('ended');
  };

  function stop() {
    source?.close();
    source = null;
    clearTimeout(pollTimer);
    clearTimeout(retryTimer);
    clearTimeout(quietTimer);
    pollTimer = retryTimer = 0;
  }

  function open() {
    stop();
    if (over) return;
    source = new EventSource(`/api/tasks/${encodeURIComponent(id)}/events`);
    watchQuiet();
    const receive = event => {
      clearTimeout(pollTimer);
      pollTimer = 0;
      watchQuiet();
      retryWait = Wait.firstRetry;
      listener.onLink('live');
      take(JSON.parse(event.data));
    };
    source.addEventListener('progress', receive);
    source.addEventListener('done', receive);
    source.onerror = () => {
      if (over) return;
      listener.onLink('reconnecting');
      if (!pollTimer) poll();
      if (source?.readyState === EventSource.CLOSED) {
        // the answer was no event stream: the browser gives up, we do not
        source = null;
        retryTimer = setTimeout(open, retryWait);
        retryWait = Math.min(retryWait * 2, Wait.longestRetry);
      }
    };
  }

  /** A connection may die without a word. A new one begins with a whole snapshot, so asking again costs little. */
  function watchQuiet() {
    clearTimeout(quietTimer);
    quietTimer = setTimeout(open, Wait.quiet);
  }

  async function poll() {
    clearTimeout(pollTimer);
    pollTimer = -1;
    try {
      const task = await getTask(id);
      if (over || pollTimer === 0) return; // events came back meanwhile
      listener.onLink('polling');
      take(task);
    } catch (error) {
      if (over || pollTimer === 0) return;
      if (error instanceof SessionExpired) return end('expired');
      if (error instanceof NotFound) return end('gone');
      listener.onLink('reconnecting');
    }

    if (!over) pollTimer = setTimeout(poll, document.hidden ? Wait.hidden : Wait.poll);
  }

  document.addEventListener('visibilitychange', () => {
    if (over) return;
    if (document.hidden) {
      stop();
      pollTimer = setTimeout(poll, Wait.hidden);
    } else {
      open(); // after a sleep an old connection may be dead without knowing
    }
  });
  addEventListener('online', () => { if (!over && !document.hidden) open(); });
  open();
}
