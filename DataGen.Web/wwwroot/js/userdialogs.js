// The dialogs in which an administrator sets a password, and the one that shows the new password.
import { changeUser, createUser, Refused } from './calls.js';
import { clearErrors, wireForm } from './form.js';
import { setText } from './page.js';

/** No letters that look alike: 16 of 31 are 79 bits, and a phone shows them whole. */
const Letters = 'abcdefghjkmnpqrstuvwxyz23456789';
const Groups = 4;

/** @param {() => void} created */
export function wireNewUser(opener, created) {
  const dialog = document.getElementById('user-dialog');
  opener.disabled = false;
  opener.addEventListener('click', () => open(dialog));
  wire(dialog, {
    send: create,
    done(user, { password }) {
      handOver(`${user.username} can sign in now`, user.username, password);
      created();
    },
  });
}

async function create(user) {
  try {
    return await createUser(user);
  } catch (error) {
    if (error instanceof Refused && error.status === 409) error.errors = { username: [error.message] };
    throw error;
  }
}

/** @returns {(username: string) => void} */
export function wireReset(changed) {
  const dialog = document.getElementById('reset-dialog');
  let username = '';
  wire(dialog, {
    send: ({ password }) => changeUser(username, { password }),
    done(user, { password }) {
      handOver(`${user.username} has a new password`, user.username, password);
      changed();
    },
  });
  return name => {
    username = name;
    setText(dialog.querySelector('[data-part=name]'), name);
    open(dialog);
  };
}

function wire(dialog, { send, done }) {
  const form = dialog.querySelector('form');
  const isBusy = () => form.querySelector('[type=submit]').getAttribute('aria-disabled') === 'true';
  wireForm(form, {
    send,
    done(answer, values) {
      dialog.close();
      done(answer, values);
    },
  });
  dialog.querySelector('[data-close]').addEventListener('click', () => { if (!isBusy()) dialog.close(); });
  dialog.addEventListener('cancel', event => { if (isBusy()) event.preventDefault(); });
  dialog.addEventListener('close', () => form.reset());
  dialog.querySelector('[data-generate]').addEventListener('click', event => generateInto(event.target.dataset.generate));
}

function open(dialog) {
  clearErrors(dialog);
  dialog.showModal();
  generateInto(dialog.querySelector('[data-generate]').dataset.generate);
}

function generateInto(id) {
  document.getElementById(id).value = Array.from({ length: Groups }, () => Array.from({ length: 4 }, letter).join('')).join('-');
}

function letter() {
  const byte = new Uint8Array(1);
  do crypto.getRandomValues(byte); while (byte[0] >= 256 - (256 % Letters.length)); // so that all letters are equally likely
  return Letters[byte[0] % Letters.length];
}

function handOver(title, username, password) {
  const dialog = document.getElementById('handover-dialog');
  setText(document.getElementById('handover-title'), title);
  setText(document.getElementById('handover-text'), `Username: ${username}\nPassword: ${password}`);
  dialog.addEventListener('close', () => setText(document.getElementById('handover-text'), ''), { once: true });
  dialog.showModal();
}
