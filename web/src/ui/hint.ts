// A hint: plain words about a control, for screen readers and, on pointing or keyboard focus, for the eye.

import type { Attachment } from "svelte/attachments";
import { hintShown } from "./shown-hint.svelte";

const REST = 550;

/** Says `text` about an element. It never covers the element and leaves with the pointer. */
export function hint(text: string | undefined): Attachment<HTMLElement> {
  return (element) => {
    if (text === undefined || text === "") return;
    element.setAttribute("aria-description", text);
    let timer = 0;
    const show = (): void => {
      const box = element.getBoundingClientRect();
      hintShown.current = { text, left: box.left, right: box.right, top: box.top, bottom: box.bottom };
    };
    const hide = (): void => {
      clearTimeout(timer);
      if (hintShown.current?.text === text) hintShown.current = null;
    };
    const wait = (event: PointerEvent): void => {
      if (event.pointerType === "touch") return;
      clearTimeout(timer);
      timer = window.setTimeout(show, REST);
    };
    const focused = (): void => {
      if (element.matches(":focus-visible") || element.querySelector(":focus-visible") !== null) timer = window.setTimeout(show, REST);
    };
    element.addEventListener("pointerenter", wait);
    element.addEventListener("pointerleave", hide);
    element.addEventListener("pointerdown", hide);
    element.addEventListener("focusin", focused);
    element.addEventListener("focusout", hide);
    element.addEventListener("keydown", hide);
    return () => {
      hide();
      element.removeEventListener("pointerenter", wait);
      element.removeEventListener("pointerleave", hide);
      element.removeEventListener("pointerdown", hide);
      element.removeEventListener("focusin", focused);
      element.removeEventListener("focusout", hide);
      element.removeEventListener("keydown", hide);
    };
  };
}
