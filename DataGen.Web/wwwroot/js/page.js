// The script of every page: local times, progress in title and icon, announcements for screen readers, the end of a
// session.
import { ago, agoShort, clockTime, fullTime } from './format.js';

export { showSessionExpired } from './session.js';

const SpeakEvery = 30_000;
const pageTitle = document.title;
const icon = document.querySelector('link[rel=icon]');
const plainIcon = icon.href;
const announcer = document.getElementById('announcer');
let spokenAt = 0;

/** Updates a time element; an empty value is a dash. */
export function setTime(element, iso) {
  if (!iso) {
    element.removeAttribute('datetime');
    element.textContent = '–';
    return;
  }

  element.dateTime = iso;
  showTime(element);
}

function showTime(element) {
  const date = new Date(element.dateTime);
  setText(element, 'short' in element.dataset ? agoShort(date) : ago(date));
  element.title = fullTime(date);
}

function showTimes() {
  for (const element of document.querySelectorAll('time[datetime]')) showTime(element);
}

/** Changes the document only when the text differs. */
export function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/** Progress in the tab: percent null when nothing runs. */
export function showInTab(percent, lead = '') {
  document.title = percent === null ? pageTitle : `${lead}${percent}% · ${pageTitle}`;
  const href = percent === null ? plainIcon : ring(Math.floor(percent / 5) * 5);
  if (icon.getAttribute('href') !== href) icon.setAttribute('href', href);
}

/** The tab's icon while tasks run: a ring that fills. Drawn here, so that it needs no server. */
function ring(percent) {
  const filled = (2 * Math.PI * 12 * percent) / 100;
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke-width="7"><circle cx="16" cy="16" r="12" stroke="#9aa39f" stroke-opacity=".45"/><circle cx="16" cy="16" r="12" stroke="#12907f" stroke-dasharray="${filled.toFixed(2)} 100" transform="rotate(-90 16 16)"/></svg>`)}`;
}

/** Announces politely, at most twice a minute unless it is important. */
export function announce(text, matters = false) {
  const now = Date.now();
  if (!matters && now - spokenAt < SpeakEvery) return;
  spokenAt = now;
  setText(announcer, text);
}

/** The state beside a heading: live, reconnecting (with the time of the figures), or nothing. */
export function showLink(state, asOf) {
  const element = document.getElementById('link-state');
  const words = { live: 'live', reconnecting: `reconnecting…${asOf ? ` as of ${clockTime(asOf)}` : ''}`, polling: 'live, every few seconds' };
  element.dataset.state = state;
  element.hidden = !(state in words);
  setText(element, words[state] ?? '');
}

/** Buttons with data-copy put the text of the element they name on the clipboard. */
function wireCopyButtons() {
  for (const button of document.querySelectorAll('[data-copy]')) {
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener('click', async () => {
      const source = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(source.textContent);
        button.textContent = 'Copied';
      } catch {
        getSelection().selectAllChildren(source);
        button.textContent = 'Selected: press Ctrl+C';
      }

      setTimeout(() => { button.textContent = label; }, 2000);
    });
  }
}

showTimes();
setInterval(showTimes, 20_000);
wireCopyButtons();
