// Presses beside an element, somewhere else on its page.

/** The element that holds a whole page; a document may hold several. */
const PAGE = "[data-page]";

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
