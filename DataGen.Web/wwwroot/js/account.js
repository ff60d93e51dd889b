// The user's own account.
import { changePassword, endOtherSessions, endSession, getSessions } from './calls.js';
import { clientName } from './clients.js';
import { wireForm } from './form.js';
import { keepFresh } from './keepfresh.js';
import { LiveList } from './list.js';
import { setText, setTime } from './page.js';
import { wirePreferences } from './preferences.js';
import { wireReveal } from './reveal.js';
import { perform } from './rowacts.js';
import { tokens } from './tokens.js';

const heading = document.getElementById('sessions-heading');
const endOthers = document.getElementById('end-others');
const done = document.querySelector('#password-form [data-part=done]');

const sessions = new LiveList(document.getElementById('sessions'), {
  load: async () => {
    const items = await getSessions();
    endOthers.hidden = items.length < 2;
    return items.sort((a, b) => b.current - a.current); // stable sort: the others stay newest first
  },
  keyOf: session => session.id,
  fill(part, session) {
    setText(part('client'), clientName(session.userAgent));
    part('client').title = session.userAgent ?? '';
    part('current').hidden = !session.current;
    part('script').hidden = session.kind !== 'token';
    setText(part('address'), session.address ?? '');
    part('address').hidden = !session.address;
    setTime(part('createdAt'), session.createdAt);
    setTime(part('expiresAt'), session.expiresAt);
    part('end').hidden = session.current; // “Sign out” ends this one
    part('end').setAttribute('aria-label', `End the session of ${clientName(session.userAgent)}`);
  },
});

document.querySelector('#sessions [data-part=rows]').addEventListener('click', event => {
  const button = event.target.closest('[data-act=end]');
  if (!button) return;
  const session = sessions.find(button.closest('li'));
  const name = clientName(session.userAgent);
  perform(button, sessions, {
    question: { title: 'End this session?', text: `${name}${session.address ? ` at ${session.address}` : ''} is signed out at once. Running tasks go on.`, act: 'End the session' },
    busy: 'Ending…',
    send: () => endSession(session.id),
    said: `The session of ${name} has ended.`,
    home: heading,
  });
});

endOthers.addEventListener('click', () => perform(endOthers, sessions, {
  question: { title: 'End all other sessions?', text: 'Everything but this browser is signed out at once. API tokens go on working.', act: 'End all others' },
  busy: 'Ending…',
  send: endOtherSessions,
  said: 'All other sessions have ended.',
  home: heading,
}));

const form = document.getElementById('password-form');
for (const button of form.querySelectorAll('[data-reveal]')) wireReveal(button);
wirePreferences();
form.addEventListener('input', () => setText(done, ''));
wireForm(form, {
  check: values => (values.newPassword && values.newPassword !== values.repeatedPassword ? { repeatedPassword: 'The two new passwords differ.' } : {}),
  send: ({ currentPassword, newPassword }) => changePassword({ currentPassword, newPassword }),
  done() {
    form.reset();
    setText(done, 'The password is changed; your other sessions have ended.');
    sessions.refresh();
  },
});

keepFresh(document.getElementById('account').dataset.user, () => {
  sessions.refresh();
  tokens.refresh();
});
