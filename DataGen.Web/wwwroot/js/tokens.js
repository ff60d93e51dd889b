// API tokens: named, shown once, revoked.
import { createToken, getTokens, revokeToken } from './calls.js';
import { wireForm } from './form.js';
import { LiveList } from './list.js';
import { announce, setText, setTime } from './page.js';
import { perform } from './rowacts.js';

const heading = document.getElementById('tokens-heading');
const form = document.getElementById('token-form');
const fresh = document.getElementById('new-token');
const secret = document.getElementById('new-token-text');
const curl = document.getElementById('new-token-curl');
let shownId = null;

export const tokens = new LiveList(document.getElementById('tokens'), {
  load: getTokens,
  keyOf: token => token.id,
  fill(part, token) {
    setText(part('name'), token.name);
    setTime(part('createdAt'), token.createdAt);
    part('used').hidden = !token.lastUsedAt;
    part('unused').hidden = Boolean(token.lastUsedAt);
    setTime(part('lastUsedAt'), token.lastUsedAt);
    part('revoke').setAttribute('aria-label', `Revoke ${token.name}`);
  },
});

wireForm(form, {
  send: ({ name }) => createToken(name),
  done(token) {
    form.reset();
    shownId = token.id;
    setText(document.getElementById('new-token-name'), token.name);
    setText(secret, token.token);
    setText(curl, `curl ${curl.dataset.origin}/api/tasks \\\n  -H 'Authorization: Bearer ${token.token}'`);
    fresh.hidden = false;
    document.getElementById('new-token-heading').focus();
    tokens.refresh();
  },
});

function forget() {
  shownId = null;
  fresh.hidden = true;
  fresh.querySelector('details').open = false;
  setText(secret, '');
  setText(curl, '');
}

document.getElementById('new-token-done').addEventListener('click', () => {
  forget();
  announce('The token is no longer shown.', true);
  document.getElementById('token-name').focus();
});

document.querySelector('#tokens [data-part=rows]').addEventListener('click', event => {
  const button = event.target.closest('[data-act=revoke]');
  if (!button) return;
  const token = tokens.find(button.closest('li'));
  perform(button, tokens, {
    question: { title: 'Revoke this token?', text: `Whatever uses “${token.name}” is refused from now on. A revoked token cannot be brought back.`, act: 'Revoke the token' },
    busy: 'Revoking…',
    send: async () => {
      await revokeToken(token.id);
      if (token.id === shownId) forget();
    },
    said: `The token ${token.name} is revoked.`,
    home: heading,
  });
});
