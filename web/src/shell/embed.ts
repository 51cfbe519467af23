// A page as a guest in somebody else's document, such as a notebook: in a shadow root, whose styles neither leak out nor are
// reached by those of the document.

import { heightFor } from "../model/arrangement";
import { USUAL_TEXT } from "./browser-preferences";
import { keepKeys } from "./kept-keys";
import { type MountedPage, type PageOptions, mount } from "./mount";
import { around, followNotebookTheme } from "./notebook-theme";
import { followSight } from "./sight";
import { shadowRootIn } from "./shadow-root";
import "./embedded.css";

/** Puts a page into an element. It is as wide as the element, and chooses its height. */
export function embed(element: HTMLElement, options: Omit<PageOptions, "onTheme">): { destroy(): void } {
  const { host, surface } = shadowRootIn(element);
  const fit = (): void => {
    const width = surface.clientWidth;
    const text = Number.parseFloat(getComputedStyle(surface).fontSize) / USUAL_TEXT || 1;
    if (width > 0) surface.style.height = `${heightFor(width, text, heightInSight(element))}px`;
  };
  fit();
  const page: MountedPage = mount(surface, { followTheme: (take) => followNotebookTheme(host, take), ...options });
  const sizes = new ResizeObserver(fit);
  sizes.observe(surface);
  const unsee = followSight(surface, (seen) => page.setVisible(seen));
  const quiet = keepKeys(host);
  return {
    destroy() {
      quiet();
      unsee();
      sizes.disconnect();
      page.destroy();
      host.remove();
    },
  };
}

/** What is in sight at once of an output that scrolls in itself when it is higher, as marimo's; Infinity if none does. */
function heightInSight(element: Element): number {
  const rooms = [...around(element)].map((one) => {
    const { overflowY, maxHeight, paddingTop, paddingBottom } = getComputedStyle(one);
    if (!["auto", "scroll"].includes(overflowY) || !maxHeight.endsWith("px")) return Infinity;
    return Number.parseFloat(maxHeight) - Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom);
  });
  return Math.min(...rooms);
}
