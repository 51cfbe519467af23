// Keys and pastes that no control of a page has taken: where the page listens for them.

/**
 * The window, if the page is a part of its document. In a shadow root it is a guest in somebody else's document: then
 * only what happens inside the root is the page's.
 */
export function eventsAround(page: Element): Window | ShadowRoot {
  const root = page.getRootNode();
  return root instanceof ShadowRoot ? root : window;
}
