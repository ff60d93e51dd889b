/** A disclosure that closes like a menu: with Escape, and when one goes elsewhere. */
export function wirePopover(popover) {
  popover.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || !popover.open) return;
    popover.open = false;
    popover.querySelector('summary').focus();
  });
  document.addEventListener('pointerdown', event => { if (!popover.contains(event.target)) popover.open = false; });
  popover.addEventListener('focusout', event => { if (event.relatedTarget && !popover.contains(event.relatedTarget)) popover.open = false; });
}
