// Presses beside an element, somewhere else on its page.

import { PAGE } from "./zoom";

/** Calls `act` at each press on the page outside `element`, until the returned function is called. */
export function onPressOutside(element: Element, act: (target: Element) => void): () => void {
  const page = element.closest<HTMLElement>(PAGE);
  const press = (event: PointerEvent): void => {
    const target = event.target as Element;
    if (!element.contains(target)) act(target);
  };
  page?.addEventListener("pointerdown", press);
  return () => page?.removeEventListener("pointerdown", press);
}
