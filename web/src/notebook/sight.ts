/** Calls `seen` whenever an element comes into sight or leaves it; returns the function that ends it. */
export function followSight(element: HTMLElement, seen: (now: boolean) => void): () => void {
  const around = element.ownerDocument;
  let inside = true;
  const say = (): void => seen(inside && !around.hidden);
  const observer = new IntersectionObserver((entries) => {
    inside = entries.at(-1)?.isIntersecting === true;
    say();
  });
  observer.observe(element);
  around.addEventListener("visibilitychange", say);
  return () => {
    observer.disconnect();
    around.removeEventListener("visibilitychange", say);
  };
}
