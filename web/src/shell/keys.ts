// The keyboard. words/help.ts lists the keys for people.

import type { Panel } from "./panel";
import type { Speed } from "../protocol/messages";
import { eventsAround } from "../ui/surrounding-events";
import type { Playground } from "../model/playground.svelte";

const SPEEDS: Speed[] = ["point", "batch", "epoch", "fast", "max"];

/** What keys do besides calling the playground. */
export interface KeyActions {
  open: (panel: Panel) => void;
  share: () => void;
  /** Whether a dialog is open: then all keys are its own. */
  dialogOpen: () => boolean;
}

/** The page whose keys count while nothing in particular has the focus: the one that was used last. */
let active: HTMLElement | null = null;

/** The keys of one page. A document may hold several. */
export class Keyboard {
  /** Firefox clicks a button when the space key goes up: not when the key has done something else. */
  #spaceIsTaken = false;
  /** Whether the focus came by a pointer: then the space key plays; a control that was reached by keyboard keeps it. */
  #pointed = true;
  readonly #around: Window | ShadowRoot;
  readonly #controller = new AbortController();

  constructor(
    private readonly page: HTMLElement,
    private readonly playground: Playground,
    private readonly actions: KeyActions,
  ) {
    const { signal } = this.#controller;
    const activate = (): void => {
      active = page;
    };
    const around = (this.#around = eventsAround(page));
    const down = (event: Event): void => this.#down(event as KeyboardEvent);
    const up = (event: Event): void => this.#up(event as KeyboardEvent);
    const tab = (event: Event): void => {
      if ((event as KeyboardEvent).key === "Tab") this.#pointed = false;
    };
    page.addEventListener("pointerdown", () => (this.#pointed = true), { signal, capture: true });
    around.addEventListener("keydown", tab, { signal, capture: true });
    around.addEventListener("keydown", down, { signal });
    around.addEventListener("keyup", up, { signal });
    if (around instanceof ShadowRoot) {
      // What comes to the page from around it comes by keyboard, unless a press follows.
      around.addEventListener("focusout", (event) => (this.#pointed &&= stays(around, event as FocusEvent)), {
        signal,
      });
      return;
    }
    active ??= page;
    page.addEventListener("pointerdown", activate, { signal });
    page.addEventListener("focusin", activate, { signal });
  }

  destroy(): void {
    this.#controller.abort();
    if (active === this.page) active = null;
  }

  /** A key belongs to the page that it was pressed in; pressed in none, to the one that was used last. */
  #isMine(target: Element): boolean {
    if (this.#around instanceof ShadowRoot) return true;
    return this.page.contains(target) || (active === this.page && target.closest("[data-page]") === null);
  }

  #up(event: KeyboardEvent): void {
    if (event.key !== " " || !this.#spaceIsTaken) return;
    this.#spaceIsTaken = false;
    event.preventDefault();
  }

  /** Follows a key, unless it belongs to the control that has the focus. */
  #down(event: KeyboardEvent): void {
    const { playground } = this;
    if (event.defaultPrevented || this.actions.dialogOpen()) return;
    const target = event.target as HTMLElement;
    if (!this.#isMine(target)) return;
    const typing = target.matches(TEXT_FIELDS);
    if (event.ctrlKey || event.metaKey) {
      if (typing || event.altKey) return;
      if (event.key.toLowerCase() === "z") (event.shiftKey ? playground.redo : playground.undo)();
      else if (event.key.toLowerCase() === "y") playground.redo();
      else return;
      event.preventDefault();
      return;
    }
    if (typing || event.altKey) return;
    if (event.key === "Escape") {
      leave(playground);
      return;
    }
    if (belongs(event.key, target, this.#pointed)) return;
    const act = action(event, playground, this.actions);
    if (act === undefined) return;
    act();
    this.#spaceIsTaken = event.key === " ";
    event.preventDefault();
  }
}

/** Whether the focus goes to something else inside. */
function stays(root: ShadowRoot, { relatedTarget }: FocusEvent): boolean {
  return relatedTarget instanceof Node && root.contains(relatedTarget);
}

const TEXT_FIELDS = "input:not([type=range], [type=checkbox], [type=radio]), textarea, [contenteditable]";

/** Leaves the innermost thing that is open. */
function leave(playground: Playground): void {
  const { starts, looking, tools, confusion } = playground;
  if (starts.drawer) starts.drawer = false;
  else if (tools !== null) tools.close(true);
  else if (confusion.open) confusion.close();
  else if (looking.wholeNetwork) looking.wholeNetwork = false;
  else if (looking.focused !== null) looking.focus(looking.focused);
}

function belongs(key: string, target: HTMLElement, pointed: boolean): boolean {
  if (key === " " && pointed) return false;
  if (target.matches("select")) return key !== "?";
  const moves = key.startsWith("Arrow");
  if (moves) return target.matches("input, [role=slider], [role=tab], [role=menuitem]");
  return key === " " && target.matches("button, input, [role=button], [role=switch]");
}

/** By key, the control that does the same: what is hidden from the hand is hidden from the keyboard. */
const CONTROLS: Partial<Record<string, string>> = {
  " ": "playButton",
  ArrowRight: "stepButton",
  r: "resetButton",
  R: "resetButton",
  n: "newPoints",
  t: "showTestData",
  d: "discretize",
  p: "pins",
  b: "painting",
  m: "manyStarts",
  ...Object.fromEntries(SPEEDS.map((_, place) => [String(place + 1), "speed"])),
};

function action(event: KeyboardEvent, playground: Playground, { open, share }: KeyActions): (() => void) | undefined {
  const control = CONTROLS[event.key];
  if (control !== undefined && playground.hides(control)) return undefined;
  const view = playground.state?.view;
  const { painting } = playground;
  switch (event.key) {
    case " ":
      return playground.training.toggle;
    case "ArrowRight":
      return playground.training.step;
    case "r":
      return playground.training.reset;
    case "R":
      return playground.training.rewind;
    case "n":
      return playground.newPoints;
    case "t":
      return view && (() => playground.changeView({ show_test_data: !view.show_test_data }));
    case "d":
      return view && (() => playground.changeView({ discretize: !view.discretize }));
    case "o":
      return () => open("link");
    case "p":
      return playground.pins.pin;
    case "m":
      return playground.toggleMany;
    case "f":
      return () => (playground.neuron.boundaries = !playground.neuron.boundaries);
    case "b":
      return () => {
        if (painting.on) painting.close(true);
        else playground.paint();
      };
    case "l":
      return playground.reading.openLessons;
    case "i":
      return () => open("picture");
    case "c":
      return () => open("code");
    case "s":
      return share;
    case "?":
      return () => open("help");
    case "1":
    case "2":
    case "3":
    case "4":
    case "5": {
      const speed = SPEEDS[Number(event.key) - 1];
      return speed && (() => playground.training.speed(speed));
    }
    default:
      return undefined;
  }
}
