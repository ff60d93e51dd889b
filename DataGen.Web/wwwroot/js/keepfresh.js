// Keeps a visible page up to date, and checks that the same user is still signed in.
import { getMe } from './calls.js';
import { SessionExpired } from './api.js';
import { explain } from './explain.js';
import { onSignedIn } from './session.js';

const Every = 60_000;

/** @param {string} username the user that the page was rendered for @param {() => void} refresh */
export function keepFresh(username, refresh) {
  let over = false;

  async function look() {
    if (over || document.hidden) return;
    refresh();
    try {
      const me = await getMe();
      // another tab has signed in as another user, so the cookie is theirs
      if (me.username !== username) location.reload();
    } catch (error) {
      over = error instanceof SessionExpired;
      if (over) explain(error);
    }
  }

  document.addEventListener('visibilitychange', look);
  addEventListener('online', look);
  setInterval(look, Every);
  onSignedIn(() => {
    over = false;
    look();
  });
  look();
}
