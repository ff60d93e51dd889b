// The tooltip of the element that has the pointer or the focus: one element for the whole page. Its text is also the element's accessible name, so it is not read twice.
const Gap = 10;
const tip = document.createElement('div');
tip.className = 'tip';
tip.hidden = true;
tip.setAttribute('aria-hidden', 'true');
document.body.append(tip);

/** @param {DOMRect | {left: number, top: number, right: number, bottom: number}} beside in the window's coordinates @param {string[]} lines the first is the heading */
export function showTip(beside, lines) {
  if (tip.textContent !== lines.join('')) tip.replaceChildren(...lines.map((line, at) => Object.assign(document.createElement(at === 0 ? 'b' : 'span'), { textContent: line })));
  tip.hidden = false;
  const { width, height } = tip.getBoundingClientRect();
  const middle = (beside.left + beside.right) / 2 - width / 2;
  const above = beside.top - height - Gap;
  tip.style.left = `${Math.max(8, Math.min(middle, document.documentElement.clientWidth - width - 8))}px`;
  tip.style.top = `${above >= 4 ? above : beside.bottom + Gap}px`;
}

export function hideTip() {
  tip.hidden = true;
}

addEventListener('keydown', event => { if (event.key === 'Escape') hideTip(); });
addEventListener('scroll', hideTip, { passive: true, capture: true });
