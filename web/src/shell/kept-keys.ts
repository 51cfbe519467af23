// Keys that are pressed inside a guest of a notebook: the notebook does not receive them.

/** JupyterLab ignores keys inside of an element with this attribute, which it looks for before anybody else sees the key. */
const NOT_JUPYTER = "data-lm-suppress-shortcuts";

/** What is pressed inside is the page's, not the notebook's: there "D" twice deletes a cell. Others with Ctrl go through. */
export function keepKeys(host: HTMLElement): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const claim = (event: KeyboardEvent): void => {
    if (event.composedPath().includes(host)) host.toggleAttribute(NOT_JUPYTER, isOfPage(event));
  };
  const stop = (event: KeyboardEvent): void => {
    if (isOfPage(event)) event.stopPropagation();
  };
  addEventListener("keydown", claim, { signal, capture: true });
  for (const type of ["keydown", "keyup", "keypress"] as const) host.addEventListener(type, stop, { signal });
  return () => controller.abort();
}

function isOfPage({ ctrlKey, metaKey, key }: KeyboardEvent): boolean {
  return !(ctrlKey || metaKey) || ["z", "y", "a", "c", "x", "v"].includes(key.toLowerCase());
}
