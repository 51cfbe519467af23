// Keys and pastes that no control of a page has taken: where the page listens for them.

/** Whether a page is a guest in somebody else's document: then it is in a shadow root. */
export function isGuest(page: Element): boolean {
  return page.getRootNode() instanceof ShadowRoot;
}

/**
 * The window, if the page is a part of its document. Of a guest, only what happens inside its shadow root is the page's.
 */
export function eventsAround(page: Element): Window | ShadowRoot {
  const root = page.getRootNode();
  return root instanceof ShadowRoot ? root : window;
}
