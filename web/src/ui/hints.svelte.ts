// Hints: plain words about a control, for screen readers and, on pointing or keyboard focus, for the eye.

import { getContext, setContext } from "svelte";
import type { Attachment } from "svelte/attachments";
import { type Box, boxOnPage } from "./zoom";

/** Milliseconds that a pointer rests before a hint is shown. */
const HINT_MILLISECONDS = 550;
const KEY = Symbol("hints");

/** A hint that is shown, and the edges of the element that it is about. */
export interface ShownHint extends Box {
  text: string;
}

/** The hints of one page: at most one of them is shown. */
export class Hints {
  shown = $state.raw<ShownHint | null>(null);

  /** Says `text` about an element. It never covers the element and leaves with the pointer. */
  about = (text: string | undefined): Attachment<HTMLElement> => {
    return (element) => {
      if (text === undefined || text === "") return;
      element.setAttribute("aria-description", text);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const show = (): void => {
        this.shown = { text, ...boxOnPage(element) };
      };
      const hide = (): void => {
        clearTimeout(timer);
        if (this.shown?.text === text) this.shown = null;
      };
      const wait = (): void => {
        clearTimeout(timer);
        timer = setTimeout(show, HINT_MILLISECONDS);
      };
      const enter = (event: PointerEvent): void => {
        if (event.pointerType !== "touch") wait();
      };
      const focus = (): void => {
        if (element.matches(":focus-visible") || element.querySelector(":focus-visible") !== null) wait();
      };
      element.addEventListener("pointerenter", enter);
      element.addEventListener("focusin", focus);
      for (const leave of LEAVING) element.addEventListener(leave, hide);
      return () => {
        hide();
        element.removeEventListener("pointerenter", enter);
        element.removeEventListener("focusin", focus);
        for (const leave of LEAVING) element.removeEventListener(leave, hide);
      };
    };
  };
}

const LEAVING = ["pointerleave", "pointerdown", "focusout", "keydown"] as const;

/** Says something about an element to screen readers only, where the eye has it already. */
export function describe(text: string): Attachment<HTMLElement> {
  return (element) => element.setAttribute("aria-description", text);
}

/** Gives the components below this one a place for their hints. */
export function provideHints(): Hints {
  return setContext(KEY, new Hints());
}

/** The attachment that gives an element a hint: `{@attach hint("…")}`. */
export function useHint(): Hints["about"] {
  return getContext<Hints>(KEY).about;
}
