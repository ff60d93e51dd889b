// Hold to see the password; keep the username when the first try was wrong.
import { wireReveal } from './reveal.js';

const password = document.getElementById('password');
const username = document.getElementById('username');
const Key = 'datagen.username';

wireReveal(document.querySelector('[data-reveal]'));
document.getElementById('login-form').addEventListener('submit', () => sessionStorage.setItem(Key, username.value));

if (document.getElementById('login-error')) {
  username.value = sessionStorage.getItem(Key) ?? '';
  if (username.value) password.focus();
}
