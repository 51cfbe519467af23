// What is read beside the page: the explanation of the terms, the list of lessons, or a lesson.

import type { Term } from "../protocol/messages";
import type { Panel } from "./arrangement";

export type Shown = "explanation" | "lessons" | "lesson";

/** What the panel does beyond itself. */
interface Effects {
  /** The panel takes this of the page's room. */
  takeRoom: (panel: Panel) => void;
  leaveLesson: () => void;
}

export class Reading {
  shown = $state<Shown | null>(null);
  /** Folded to a strip, so that the page has the room. */
  folded = $state(false);
  /** The term whose explanation is wanted; null is the beginning. */
  term = $state<Term | null>(null);
  /** How often a person has opened something: the focus follows, and a term is shown again. */
  opened = $state(0);
  /** What was open before the explanation. */
  #before = $state<Shown | null>(null);
  /** The name of the open lesson; empty if there is none. */
  #lesson = $state("");
  /** Where Back leads: from the explanation to what it was opened from, from the list to the lesson that is open. */
  readonly previous: Shown | null = $derived(
    this.shown === "explanation" ? this.#before : this.shown === "lessons" && this.#lesson !== "" ? "lesson" : null,
  );

  constructor(private readonly effects: Effects) {}

  explain = (term: Term | null = null): void => {
    if (this.shown !== "explanation") this.#before = this.shown;
    this.term = term;
    this.#open("explanation");
  };

  openLessons = (): void => this.#open("lessons");

  openLesson = (): void => this.#open("lesson");

  back = (): void => {
    if (this.previous !== null) this.#open(this.previous);
  };

  /** Closes what is open. An open lesson comes back; it is left if it is what is closed. */
  close = (): void => {
    if (this.shown === "lesson" && this.#lesson !== "") this.effects.leaveLesson();
    else this.#show(this.#lesson === "" ? null : "lesson");
  };

  /** Leaves a strip of it, or all of it again. */
  toggleFolded = (): void => {
    this.folded = !this.folded;
    this.#takeRoom();
  };

  /** A State: the name of the lesson that is open, empty if there is none. */
  settle(lesson: string): void {
    if (lesson === this.#lesson) return;
    this.#lesson = lesson;
    if (lesson !== "") {
      this.folded = false;
      this.#show("lesson");
      return;
    }
    if (this.#before === "lesson") this.#before = null;
    if (this.shown === "lesson") this.#show(null);
  }

  #open(what: Shown): void {
    this.opened += 1;
    this.folded = false;
    this.#show(what);
  }

  #show(what: Shown | null): void {
    this.shown = what;
    if (what === null) this.folded = false;
    this.#takeRoom();
  }

  #takeRoom(): void {
    this.effects.takeRoom(this.shown === null ? "none" : this.folded ? "folded" : "open");
  }
}
