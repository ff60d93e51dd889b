// Signs in without leaving the page, so that a wrong password or a server that is away costs nothing typed.
import { wireReveal } from './reveal.js';
import { wireSignIn } from './signin.js';

const form = document.getElementById('login-form');
const { username, password, returnUrl } = form.elements;

wireReveal(form.querySelector('[data-reveal]'));
wireSignIn(form, {
  credentials: () => ({ username: username.value, password: password.value }),
  done: () => location.assign(returnUrl.value), // the server let only an address of its own through
});
