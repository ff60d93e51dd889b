// What a failed call means to the person in front of the page.
import { SessionExpired } from './api.js';
import { Refused } from './calls.js';
import { showSessionExpired } from './page.js';

/** A sentence or two; empty when the session has ended, since the banner on top says that. */
export function explain(error) {
  if (error instanceof SessionExpired) {
    for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close(); // it would cover the banner
    showSessionExpired();
    return '';
  }

  if (!(error instanceof Refused)) return 'DataGen did not answer. Check the connection; what is listed here may be out of date.';
  if (error.status === 429) return `${error.message} Try again in ${error.retryAfter || 1} s.`;
  if (error.status === 503) return `${error.message} Try again in a moment.`;
  return [error.message, ...Object.values(error.errors).flat()].join(' ');
}
