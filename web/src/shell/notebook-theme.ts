// Whether the notebook around a page is light or dark: each kind of notebook says so in a different way.

import type { Theme } from "../color/ink";

const NAMES = ["data-theme", "data-bs-theme", "data-color-mode", "data-md-color-scheme"];
const VALUES = new Map<string, Theme>([
  ["light", "light"],
  ["default", "light"],
  ["dark", "dark"],
  ["slate", "dark"],
]);

/** What an element says about the theme of what is in it; null if it says nothing. */
export function themeSaid(element: Element): Theme | null {
  const said = (name: string): string => element.getAttribute(name) ?? "";
  // JupyterLab, Notebook, nbconvert.
  const jupyter = said("data-jp-theme-light");
  if (jupyter === "true" || jupyter === "false") return jupyter === "true" ? "light" : "dark";
  // VS Code: vscode-dark, vscode-light, vscode-high-contrast (which is dark), vscode-high-contrast-light.
  for (const name of [said("data-vscode-theme-kind"), ...element.classList]) {
    const [, kind] = /^vscode-(light|dark|high-contrast(?:-light)?)$/.exec(name) ?? [];
    if (kind !== undefined) return kind.endsWith("light") ? "light" : "dark";
  }
  // marimo, and what uses the conventions of Tailwind, Bootstrap, Sphinx or Material.
  for (const name of NAMES) {
    const theme = VALUES.get(said(name));
    if (theme !== undefined) return theme;
  }
  for (const theme of ["dark", "light"] as const)
    if (element.classList.contains(theme) || element.classList.contains(`${theme}-theme`)) return theme;
  return null;
}

/** What surrounds an element, the nearest first, through all shadow roots. */
export function* around(element: Element): Generator<Element> {
  let next: Element | null = element;
  while (next !== null) {
    yield next;
    const root: Node = next.getRootNode();
    next = next.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  }
}

/** The theme that the nearest of the elements around this one says; null if none does. */
export function themeAround(element: Element): Theme | null {
  for (const one of around(element)) {
    const theme = themeSaid(one);
    if (theme !== null) return theme;
  }
  return null;
}

/** Calls `take` at once and after each change, until the returned function is called. */
export function followNotebookTheme(element: Element, take: (theme: Theme | null) => void): () => void {
  let before: Theme | null | undefined;
  const look = (): void => {
    const now = themeAround(element);
    if (now !== before) take(now);
    before = now;
  };
  look();
  const observer = new MutationObserver(look);
  // A notebook changes attributes of its body or root; one that is around all of it is enough.
  for (const one of [document.documentElement, document.body]) observer.observe(one, { attributes: true });
  // What a notebook draws first and puts into the document afterwards gets its size there.
  const sizes = new ResizeObserver(look);
  sizes.observe(element);
  return () => {
    observer.disconnect();
    sizes.disconnect();
  };
}
