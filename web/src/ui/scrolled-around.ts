// A page in somebody else's document is scrolled with it, while what is above everything else stays where it is in the window.

/** Calls `act` at each scroll of something around `element`'s page, until the returned function is called. */
export function onScrollAround(element: Element, act: () => void): () => void {
  const { ownerDocument } = element;
  const scroll = ({ target }: Event): void => {
    if (target instanceof Node && isAround(target, element)) act();
  };
  ownerDocument.addEventListener("scroll", scroll, { capture: true, passive: true });
  return () => ownerDocument.removeEventListener("scroll", scroll, { capture: true });
}

/** What scrolls inside a page contains none of its buttons, or scrolls under what is open as it always has. */
function isAround(target: Node, element: Element): boolean {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? target.contains(root.host) || isAround(target, root.host) : target === root;
}
