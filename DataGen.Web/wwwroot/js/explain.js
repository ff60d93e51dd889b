// Explains a failed call to the user.
import { SessionExpired } from './api.js';
import { Refused } from './calls.js';
import { showSessionExpired } from './session.js';

/**
 * One or two sentences; empty when the session has ended, because the banner at the top says so.
 * @param {boolean} [isAwaited] the user pressed a button and waits: the sign-in dialog opens at once
 */
export function explain(error, isAwaited = false) {
  if (error instanceof SessionExpired) {
    showSessionExpired(isAwaited);
    return isAwaited ? 'Your session had ended, so nothing was done. Sign in, then try again.' : '';
  }

  if (!(error instanceof Refused)) {
    return `DataGen did not answer. Check the connection${isAwaited ? ' and the list, then try again.' : '; what is listed here may be out of date.'}`;
  }

  if (error.status === 429) return `${error.message} Try again in ${error.retryAfter || 1} s.`;
  if (error.status === 503) return `${error.message} Try again in ${error.retryAfter ? `${error.retryAfter} s` : 'a moment'}.`;
  return [error.message, ...Object.values(error.errors).flat()].join(' ');
}
