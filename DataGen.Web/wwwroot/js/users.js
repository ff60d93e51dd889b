// The users, for administrators.
import { changeUser, getUsers } from './calls.js';
import { keepFresh } from './keepfresh.js';
import { isHeld } from './hold.js';
import { LiveList } from './list.js';
import { number } from './format.js';
import { setText, setTime } from './page.js';
import { perform } from './rowacts.js';
import { wireNewUser, wireReset } from './userdialogs.js';

const FindFrom = 8;
const section = document.getElementById('users');
const heading = document.getElementById('users-heading');
const finder = document.getElementById('finder');
const find = document.getElementById('find-user');
const me = section.dataset.user;

const users = new LiveList(section, {
  load: async () => {
    const items = await getUsers();
    setText(document.getElementById('users-count'), countOf(items));
    finder.hidden = items.length < FindFrom;
    return items;
  },
  keyOf: user => user.username,
  fill(part, user, row) {
    const isSelf = user.username === me;
    row.dataset.disabled = user.disabled;
    setText(part('username'), user.username);
    part('self').hidden = !isSelf;
    part('own').hidden = !isSelf;
    part('admin').hidden = user.role !== 'admin';
    part('disabled').hidden = !user.disabled;
    setTime(part('createdAt'), timeOf(user.createdAt));
    part('changed').hidden = user.updatedAt === user.createdAt;
    setTime(part('updatedAt'), timeOf(user.updatedAt));
    label(part('role'), user.role === 'admin' ? 'Make user' : 'Make admin', user, isSelf);
    label(part('reset'), 'Reset password', user, isSelf);
    label(part('access'), user.disabled ? 'Enable' : 'Disable', user, isSelf);
    part('access').classList.toggle('danger', !user.disabled);
  },
});

/** The buttons of all rows have the same text, so each also names its user. Only another administrator can change one's rights. */
function label(button, text, user, hidden) {
  if (!isHeld(button)) setText(button, text);
  button.setAttribute('aria-label', `${text}: ${user.username}`);
  button.hidden = hidden;
}

function countOf(items) {
  const disabled = items.filter(user => user.disabled).length;
  return `${number(items.length)} ${items.length === 1 ? 'user' : 'users'}${disabled > 0 ? `, ${number(disabled)} disabled` : ''}`;
}

/** Other apps write users too, and may store a time in another format. */
const timeOf = text => (Number.isNaN(Date.parse(text)) ? null : text);

const acts = {
  reset: (_, user) => askForPassword(user.username),
  role(button, user) {
    const role = user.role === 'admin' ? 'user' : 'admin';
    change(button, user, { role }, {
      question: {
        title: role === 'admin' ? `Make ${user.username} an admin?` : `Make ${user.username} a user?`,
        text: `${role === 'admin' ? 'Admins may create, disable and change all users.' : 'The right to manage users ends.'} ${user.username} has to sign in again.`,
        act: role === 'admin' ? 'Make admin' : 'Make user',
        harmless: role === 'admin',
      },
      said: `${user.username} is now ${role === 'admin' ? 'an admin' : 'a user'}.`,
    });
  },
  access(button, user) {
    change(button, user, { disabled: !user.disabled }, user.disabled ? { said: `${user.username} is enabled.` } : {
      question: {
        title: `Disable ${user.username}?`,
        text: 'All sessions end at once, and neither the password nor API tokens work until the user is enabled again. Datasets stay, and running tasks go on.',
        act: 'Disable',
      },
      said: `${user.username} is disabled.`,
    });
  },
};

const change = (button, user, body, { question, said }) =>
  perform(button, users, { question, busy: 'Changing…', send: () => changeUser(user.username, body), said, home: heading });

section.querySelector('[data-part=rows]').addEventListener('click', event => {
  const button = event.target.closest('[data-act]');
  if (button) acts[button.dataset.act](button, users.find(button.closest('li')));
});
find.addEventListener('input', () => {
  const wanted = find.value.trim().toLowerCase();
  users.filter(user => user.username.includes(wanted));
});

const refresh = () => users.refresh();
wireNewUser(document.getElementById('new-user'), refresh);
const askForPassword = wireReset(refresh);
keepFresh(me, refresh);
