// Whether the confusion matrix is open, of which points it is, and the cell that is looked at.

import type { State } from "../protocol/messages";
import type { Cell, PointSet } from "./confusion-counts";

export class Confusion {
  #open = $state(false);
  of = $state<PointSet>("test");
  /** Under the pointer or the keyboard's focus. */
  pointed = $state.raw<Cell | null>(null);
  /** Clicked: it stays lit. */
  chosen = $state.raw<Cell | null>(null);
  /** The cell whose points are lit. */
  readonly lit: Cell | null = $derived(this.#open ? (this.pointed ?? this.chosen) : null);

  /** `predict` says whether frames are to tell into which class each point is put. */
  constructor(private readonly predict: (on: boolean) => void) {}

  get open(): boolean {
    return this.#open;
  }

  show(): void {
    this.#open = true;
    this.predict(true);
  }

  close = (): void => {
    if (!this.#open) return;
    this.#open = false;
    this.pointed = this.chosen = null;
    this.predict(false);
  };

  /** Chooses a cell, or leaves the one that is chosen. */
  choose(cell: Cell): void {
    this.chosen = sameCell(this.chosen, cell) ? null : cell;
  }

  /** A new State: other classes have another matrix, and a regression has none. */
  settle(before: State | null, state: State): void {
    if (before === null) return;
    if (before.output.classes.join("\n") === state.output.classes.join("\n")) return;
    this.pointed = this.chosen = null;
    if (state.output.classes.length === 0) this.close();
  }
}

export function sameCell(a: Cell | null, b: Cell | null): boolean {
  return a === b || (a !== null && b !== null && a.actual === b.actual && a.predicted === b.predicted);
}
