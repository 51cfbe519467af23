// A page may be enlarged as a whole. What the browser says about pointers and boxes is in its own pixels then, not in the page's.

export interface Point {
  x: number;
  y: number;
}

/** By how much an element is enlarged. */
export function zoomOf(element: HTMLElement): number {
  const { offsetWidth } = element;
  return offsetWidth === 0 ? 1 : element.getBoundingClientRect().width / offsetWidth;
}

/** Where a pointer is inside an element, in the page's pixels. */
export function pointIn(element: HTMLElement, event: { clientX: number; clientY: number }): Point {
  const { left, top } = element.getBoundingClientRect();
  const zoom = zoomOf(element);
  return { x: (event.clientX - left) / zoom, y: (event.clientY - top) / zoom };
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Where an element is on its page, in the page's pixels. */
export function boxOnPage(element: Element): Box {
  const box = element.getBoundingClientRect();
  const page = element.closest<HTMLElement>(PAGE);
  if (page === null) return box;
  const { left, top } = page.getBoundingClientRect();
  const zoom = zoomOf(page);
  return {
    left: (box.left - left) / zoom,
    top: (box.top - top) / zoom,
    right: (box.right - left) / zoom,
    bottom: (box.bottom - top) / zoom,
  };
}

/** The element that holds a whole page; a document may hold several. */
export const PAGE = "[data-page]";
