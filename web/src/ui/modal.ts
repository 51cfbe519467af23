// Dialogs over a page: nothing behind them can be used until they are closed.

import { onPressOutside } from "./press-outside";
import { isGuest } from "./surrounding-events";
import { PAGE } from "./zoom";

/**
 * Opens a dialog over its page; returns the function that ends it. In the page's own document the browser does all of it. A
 * guest must not make the document around it wait: its dialog stays in the page, and only the rest of the page is inert.
 */
export function openModal(dialog: HTMLDialogElement, close: () => void): () => void {
  const page = dialog.closest(PAGE);
  if (page === null || !isGuest(page)) {
    dialog.showModal();
    return () => undefined;
  }
  dialog.show();
  const behind = beside(dialog, page).filter((element) => !element.inert);
  for (const element of behind) element.inert = true;
  const escape = (event: KeyboardEvent): void => {
    // The browser closes a menu in the dialog first.
    if (event.key !== "Escape" || dialog.querySelector(":popover-open") !== null) return;
    event.preventDefault();
    close();
  };
  dialog.addEventListener("keydown", escape);
  const ignore = onPressOutside(dialog, close);
  return () => {
    for (const element of behind) element.inert = false;
    dialog.removeEventListener("keydown", escape);
    ignore();
  };
}

/** All of the page that is not around the element. */
function beside(element: Element, page: Element): HTMLElement[] {
  const all: HTMLElement[] = [];
  for (let one = element; one !== page && one.parentElement !== null; one = one.parentElement)
    for (const other of one.parentElement.children) if (other !== one && other instanceof HTMLElement) all.push(other);
  return all;
}
