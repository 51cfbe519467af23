// Whether an element can be seen: JupyterLab scrolls it away, or hides it where it stands.

/** In milliseconds: how often is looked whether a notebook has hidden it. */
const BETWEEN_LOOKS = 500;

/** Calls `seen` whenever an element comes into sight or leaves it; returns the function that ends it. */
export function followSight(element: HTMLElement, seen: (now: boolean) => void): () => void {
  const around = element.ownerDocument;
  let inside = true;
  let before: boolean | undefined;
  const look = (): void => {
    const shown = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const now = inside && !around.hidden && shown;
    if (now !== before) seen(now);
    before = now;
  };
  const observer = new IntersectionObserver((entries) => {
    inside = entries.at(-1)?.isIntersecting === true;
    look();
  });
  observer.observe(element);
  around.addEventListener("visibilitychange", look);
  const timer = setInterval(look, BETWEEN_LOOKS);
  return () => {
    observer.disconnect();
    around.removeEventListener("visibilitychange", look);
    clearInterval(timer);
  };
}
