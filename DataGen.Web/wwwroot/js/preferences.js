// The look of the pages and their keys. Cookies keep these preferences, so that the server renders the page with them
// at once.
const Year = 31_536_000;
const theme = document.getElementById('theme');
const shortcuts = document.getElementById('shortcuts-on');
const root = document.documentElement;

export function wirePreferences() {
  theme.value = root.dataset.theme;
  shortcuts.checked = root.dataset.shortcuts !== 'off';
  theme.addEventListener('change', () => keep('theme', theme.value));
  shortcuts.addEventListener('change', () => keep('shortcuts', shortcuts.checked ? '' : 'off'));
}

function keep(name, value) {
  root.dataset[name] = value;
  document.cookie = `datagen-${name}=${value}; path=/; max-age=${value ? Year : 0}; samesite=lax`;
}
