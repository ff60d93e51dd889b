// Hold to see the password; keep the username when the first try was wrong.
const password = document.getElementById('password');
const username = document.getElementById('username');
const button = document.getElementById('reveal');
const Key = 'datagen.username';

function reveal(shown) {
  password.type = shown ? 'text' : 'password';
  button.setAttribute('aria-pressed', String(shown));
}

const isPress = event => event.key === ' ' || event.key === 'Enter';

button.hidden = false;
button.addEventListener('pointerdown', () => reveal(true));
button.addEventListener('keydown', event => {
  if (!isPress(event)) return;
  event.preventDefault();
  reveal(true);
});
for (const end of ['pointerup', 'pointerleave', 'pointercancel', 'keyup', 'blur']) button.addEventListener(end, () => reveal(false));
button.addEventListener('contextmenu', event => event.preventDefault()); // a long touch is a hold here

document.getElementById('login-form').addEventListener('submit', () => {
  reveal(false);
  sessionStorage.setItem(Key, username.value);
});

if (document.getElementById('login-error')) {
  username.value = sessionStorage.getItem(Key) ?? '';
  if (username.value) password.focus();
}
