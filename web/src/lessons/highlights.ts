// What a step of a lesson points at: finds it on the page and marks it. Styles draw the mark; nothing moves.

import { PAGE } from "../ui/zoom";
import type { Highlight, Part } from "../protocol/messages";
import { INPUTS } from "../model/place";

/** Set on what is marked. */
export const MARK = "data-highlighted";

/** What is marked instead of a part that is not there in some layout, or with some network. */
const INSTEAD: { readonly [part in Part]?: Part } = {
  "color-scale": "output",
  "show-test-data": "output",
  discretize: "output",
  layers: "network",
  neurons: "network",
};

/** Selectors of what a highlight is about, the best first. */
export function selectorsOf({ kind, part, layer, neuron, source }: Highlight): string[] {
  const place = layer === INPUTS ? `[data-input="${neuron}"]` : `[data-place="${layer}:${neuron}"]`;
  switch (kind) {
    case "neuron":
      return [place];
    case "bias":
      return [`[data-bias="${layer}:${neuron}"]`, place];
    // Of a very large network only the strongest weights are drawn.
    case "weight":
      return [`[data-link="${layer}:${source}:${neuron}"]`, place];
    case "part": {
      if (part === null) return [];
      const instead = INSTEAD[part];
      return [part, ...(instead === undefined ? [] : [instead])].map((name) => `[data-part~="${name}"]`);
    }
  }
}

/** The elements to mark for these highlights: what is shown of them, or the tab that leads to it. */
export function marked(root: Element, highlights: readonly Highlight[]): Set<Element> {
  return new Set(highlights.flatMap((highlight) => first(root, selectorsOf(highlight))));
}

function first(root: Element, selectors: readonly string[]): Element[] {
  for (const selector of selectors) {
    // A miniature in an explanation is a page inside the page.
    const all = [...root.querySelectorAll(selector)].filter((element) => (element.closest(PAGE) ?? root) === root);
    const shown = all.filter(isShown);
    if (shown.length > 0) return shown;
    const tab = all.map((element) => tabOf(root, element)).find((one) => one !== null);
    if (tab != null && isShown(tab)) return [tab];
  }
  return [];
}

function isShown(element: Element): boolean {
  return element.getClientRects().length > 0;
}

/** The tab of the part of the page that an element is in, where room is short. */
function tabOf(root: Element, element: Element): Element | null {
  const section = element.closest("section[id]");
  return section === null ? null : root.querySelector(`[role=tab][aria-controls="${section.id}"]`);
}

/** Scrolls what is marked into sight inside the area that scrolls it, by no more than is needed. The focus stays. */
export function reveal(root: Element, element: Element): void {
  for (let area = element.parentElement; area !== null && area !== root; area = area.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(area);
    const tall = /auto|scroll/.test(overflowY) && area.scrollHeight > area.clientHeight;
    const wide = /auto|scroll/.test(overflowX) && area.scrollWidth > area.clientWidth;
    if (!tall && !wide) continue;
    const inside = element.getBoundingClientRect();
    const box = area.getBoundingClientRect();
    // An enlarged page's pixels differ from the browser's.
    const zoom = area.offsetWidth === 0 ? 1 : box.width / area.offsetWidth;
    if (tall) area.scrollTop += nearest(inside.top - box.top, inside.bottom - box.bottom) / zoom;
    if (wide) area.scrollLeft += nearest(inside.left - box.left, inside.right - box.right) / zoom;
  }
}

/** Room that is left beside what was scrolled into sight, for its ring. */
const BESIDE = 8;

/** How far to scroll for what begins and ends so far after the area's beginning and end: 0 where it is inside. */
export function nearest(begin: number, end: number): number {
  if (begin < 0) return begin - BESIDE;
  return end > 0 ? Math.min(end + BESIDE, begin) : 0;
}
