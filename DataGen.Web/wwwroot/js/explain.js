// What a failed call means to the person in front of the page.
import { SessionExpired } from './api.js';
import { Refused } from './calls.js';
import { showSessionExpired } from './session.js';

/**
 * A sentence or two; empty when the session has ended, since the banner on top says that.
 * @param {boolean} [isAwaited] somebody pressed a button and waits: they are asked to sign in on the spot
 */
export function explain(error, isAwaited = false) {
  if (error instanceof SessionExpired) {
    showSessionExpired(isAwaited);
    return isAwaited ? 'Your session had ended, so nothing was done. Sign in, then try once more.' : '';
  }

  if (!(error instanceof Refused)) {
    return `DataGen did not answer. Check the connection${isAwaited ? ', see whether it was done all the same, then try once more.' : '; what is listed here may be out of date.'}`;
  }

  if (error.status === 429) return `${error.message} Try again in ${error.retryAfter || 1} s.`;
  if (error.status === 503) return `${error.message} Try again in ${error.retryAfter ? `${error.retryAfter} s` : 'a moment'}.`;
  return [error.message, ...Object.values(error.errors).flat()].join(' ');
}
