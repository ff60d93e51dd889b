// Follows one task while the page is open: by server-sent events while the page is visible, by polling when events are not available or the page is
// hidden (a browser has six connections to a host; tabs in the background must not hold them). After the end it checks whether the task was retried.
import { getTask, hasMovedOn, NotFound, SessionExpired } from './api.js';
import { isLive } from './taskparts.js';

const Wait = { poll: 2000, hidden: 10_000, firstRetry: 2000, longestRetry: 15_000, quiet: 30_000, ended: 20_000, atLeast: 1500 };

/**
 * @param {string} id the task
 * @param {{ onSnapshot: (snapshot: object) => void, onLink: (state: 'live'|'polling'|'reconnecting'|'expired'|'gone'|'ended') => void }} listener
 * A snapshot from polling has no `good`, `failed` and `cells`, but `history`.
 * @returns {{ look: () => void, leave: () => void }} look: a command changed the task, which the other tabs learn too; leave: the task is about to be deleted
 */
export function follow(id, listener) {
  const tabs = new BroadcastChannel('datagen.tasks');
  let source = null;
  let pollTimer = 0;
  let retryTimer = 0;
  let quietTimer = 0;
  let endTimer = 0;
  let retryWait = Wait.firstRetry;
  let lookedAt = 0;
  let state = 'following'; // or 'ended' or 'over'
  let endId = '';

  function stop() {
    source?.close();
    source = null;
    for (const timer of [pollTimer, retryTimer, quietTimer, endTimer]) clearTimeout(timer);
    pollTimer = retryTimer = 0;
  }

  function end(link) {
    state = 'over';
    stop();
    listener.onLink(link);
  }

  function take(snapshot, eventId) {
    if (state !== 'following') return;
    listener.onSnapshot(snapshot);
    if (!isLive(snapshot)) rest(eventId);
  }

  function rest(eventId) {
    state = 'ended';
    stop();
    endId = eventId;
    listener.onLink('ended');
    planLook();
  }

  function planLook() {
    clearTimeout(endTimer);
    if (state === 'ended' && !document.hidden) endTimer = setTimeout(lookAgain, Wait.ended);
  }

  /** An ended task may be retried, here or elsewhere; the answer is empty while it was not. */
  async function lookAgain() {
    if (state !== 'ended' || Date.now() - lookedAt < Wait.atLeast) return;
    lookedAt = Date.now();
    try {
      if (await hasMovedOn(id, endId)) {
        if (state === 'ended') resume();
        return;
      }
    } catch (error) {
      if (error instanceof SessionExpired) return end('expired');
      if (error instanceof NotFound) return end('gone');
    }

    planLook();
  }

  function resume() {
    state = 'following';
    open();
  }

  function open() {
    stop();
    if (state !== 'following') return;
    source = new EventSource(`/api/tasks/${encodeURIComponent(id)}/events`);
    watchQuiet();
    const receive = event => {
      clearTimeout(pollTimer);
      pollTimer = 0;
      watchQuiet();
      retryWait = Wait.firstRetry;
      listener.onLink('live');
      take(JSON.parse(event.data), event.lastEventId);
    };
    source.addEventListener('progress', receive);
    source.addEventListener('done', receive);
    source.onerror = () => {
      if (state !== 'following') return;
      listener.onLink('reconnecting');
      if (!pollTimer) poll();
      if (source?.readyState === EventSource.CLOSED) {
        // the answer was no event stream: the browser gives up, this script does not
        source = null;
        retryTimer = setTimeout(open, retryWait);
        retryWait = Math.min(retryWait * 2, Wait.longestRetry);
      }
    };
  }

  /** A connection can break without notice. A new one begins with a complete snapshot, so it costs little. */
  function watchQuiet() {
    clearTimeout(quietTimer);
    quietTimer = setTimeout(open, Wait.quiet);
  }

  async function poll() {
    clearTimeout(pollTimer);
    const mine = pollTimer = -1 - Math.random();
    try {
      const task = await getTask(id);
      if (mine !== pollTimer) return; // events are back
      listener.onLink('polling');
      take(task, '');
    } catch (error) {
      if (mine !== pollTimer) return;
      if (error instanceof SessionExpired) return end('expired');
      if (error instanceof NotFound) return end('gone');
      listener.onLink('reconnecting');
    }

    if (state === 'following') pollTimer = setTimeout(poll, document.hidden ? Wait.hidden : Wait.poll);
  }

  /** The page is visible again, perhaps after a sleep: the old connection may be broken without notice. */
  function wake() {
    if (document.hidden) return;
    if (state === 'following') open();
    else lookAgain();
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) return wake();
    clearTimeout(endTimer);
    if (state !== 'following') return;
    stop();
    pollTimer = setTimeout(poll, Wait.hidden);
  });
  addEventListener('online', wake);
  addEventListener('pageshow', event => { if (event.persisted) wake(); });
  addEventListener('focus', () => lookAgain());
  document.addEventListener('signedin', event => {
    event.preventDefault(); // the page does not need a reload
    if (state === 'over') resume();
  });
  tabs.addEventListener('message', event => {
    if (event.data !== id || state !== 'ended') return;
    lookedAt = 0;
    lookAgain();
  });
  open();

  return {
    look() {
      tabs.postMessage(id);
      resume();
    },
    leave() {
      state = 'over';
      stop();
      listener.onLink('ended');
    },
  };
}
