// Numbers that count up to a new value. They never show more than the value.

const Duration = 700;
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const frames = new WeakMap();

/** @param {HTMLElement} element its `data-value` is the number it shows; empty: the number is not known */
export function countTo(element, value, format) {
  const from = shownBy(element);
  if (element.dataset.value === String(value)) return;
  element.dataset.value = value;
  cancelAnimationFrame(frames.get(element)?.id);
  frames.delete(element);
  if (from === null || value < from || calm.matches || document.hidden) {
    element.textContent = format(value);
    return;
  }

  const start = performance.now();
  const step = now => {
    const part = Math.min(1, Math.max(0, (now - start) / Duration));
    const shown = part === 1 ? value : Math.floor(from + (value - from) * (1 - (1 - part) ** 3));
    const text = format(shown);
    if (element.textContent !== text) element.textContent = text;
    if (part === 1) frames.delete(element);
    else frames.set(element, { id: requestAnimationFrame(step), shown });
  };
  frames.set(element, { id: requestAnimationFrame(step), shown: from });
}

function shownBy(element) {
  const moving = frames.get(element);
  if (moving) return moving.shown;
  return element.dataset.value ? Number(element.dataset.value) : null;
}
