// The tabs are links to #data and the like, so that the address keeps the open one. CSS shows the part that data-tab names.
import { setText } from './page.js';

const page = document.getElementById('task');
const links = [...document.querySelectorAll('.tabs a')];
const first = page.dataset.tab;

export const isOpen = name => page.dataset.tab === name;

/** @param {() => void} changed called for every change of the address */
export function wireTabs(changed) {
  const show = () => {
    const named = links.find(link => link.hash === location.hash);
    page.dataset.tab = named?.dataset.tab ?? first;
    for (const link of links) {
      if (isOpen(link.dataset.tab)) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  };
  addEventListener('popstate', () => {
    show();
    changed();
  });
  show();
}

/** @param {Record<string, string>} told what stands beside the names */
export function tellTabs(told) {
  for (const [tab, text] of Object.entries(told)) setText(document.querySelector(`[data-told=${tab}]`), text);
}
