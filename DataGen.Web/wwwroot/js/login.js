// Signs in without leaving the page, so that nothing typed is lost when the password is wrong or the server cannot be reached.
import { wireReveal } from './reveal.js';
import { wireSignIn } from './signin.js';

const form = document.getElementById('login-form');
const { username, password, returnUrl } = form.elements;

wireReveal(form.querySelector('[data-reveal]'));
wireSignIn(form, {
  credentials: () => ({ username: username.value, password: password.value }),
  done: () => location.assign(returnUrl.value), // the server accepts only local addresses
});
