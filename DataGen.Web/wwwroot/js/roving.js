// A group of buttons is one stop of the Tab key; the arrow keys move between its buttons.

const Steps = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** @param {Element} box @param {string} group of what the buttons are siblings @param {string} selector of the buttons */
export function wireRoving(box, group, selector) {
  const buttonsOf = button => [...button.closest(group).querySelectorAll(selector)];
  box.addEventListener('keydown', event => {
    const button = event.target.closest(selector);
    if (!button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const all = buttonsOf(button);
    const to = event.key === 'Home' ? all[0] : event.key === 'End' ? all.at(-1) : all[all.indexOf(button) + Steps[event.key]];
    if (!to) return;
    event.preventDefault();
    to.focus();
  });
  box.addEventListener('focusin', event => {
    const button = event.target.closest(selector);
    if (button) for (const each of buttonsOf(button)) each.tabIndex = each === button ? 0 : -1;
  });
}

/** The one that has the focus stays the stop, else the first is. */
export function keepOneStop(buttons) {
  const stop = buttons.includes(document.activeElement) ? document.activeElement : buttons[0];
  for (const button of buttons) button.tabIndex = button === stop ? 0 : -1;
}
