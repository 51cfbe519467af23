// Runs by how they ended, or by what a diagnosis finds: a colour for each, and the share of the runs in sight.

import { type Colour, type Stop, colourAt, parseColour } from "../color/scale";
import { classPalette } from "../color/classes";
import type { Theme } from "../color/ink";
import type { Quantity } from "../model/map.svelte";
import type { MapTile } from "../protocol/frames";
import type { FindingChoice } from "../protocol/messages";
import { NEITHER, STOPPED } from "./colours";
import * as MAP from "../words/map";

export interface Category {
  number: number;
  label: string;
  colour: Colour;
  /** The share of the runs in sight. */
  share: number;
}

/** How a run ended: it reached the goal, did not, or its loss is not a number. */
const [UNSOLVED, SOLVED, DIVERGED] = [0, 1, 2];
/** The colours of findings, among those of so many classes: without orange, blue, and until last without greys. */
const CLASSES = 10;
const SLOTS = [2, 4, 5, 6, 7, 9, 8, 3];

/** Whether the colours stand for categories. */
export function isCategory(quantity: Quantity): boolean {
  return quantity === "outcome" || quantity === "diagnosis";
}

/** The number of the category of a run in a tile. */
export function categoryOf(tile: MapTile, quantity: Quantity, cell: number): number {
  if (quantity === "diagnosis") return tile.findings[cell] ?? 0;
  if (tile.reasons[cell] === STOPPED) return SOLVED;
  return Number.isFinite(tile.trainLosses[cell]) ? UNSOLVED : DIVERGED;
}

/** The colours of categories. A finding keeps the colour that it was given first, as long as the map is the same. */
export class CategoryColours {
  readonly #places = new Map<number, number>();

  forget(): void {
    this.#places.clear();
  }

  /** The categories of these tiles, the most frequent first. */
  of(
    tiles: Iterable<MapTile>,
    quantity: Quantity,
    findings: readonly FindingChoice[],
    stops: readonly Stop[],
    theme: Theme,
  ): Category[] {
    const counts = new Map<number, number>();
    let total = 0;
    for (const tile of tiles) {
      for (let cell = 0; cell < tile.reasons.length; cell++) {
        const number = categoryOf(tile, quantity, cell);
        counts.set(number, (counts.get(number) ?? 0) + 1);
        total++;
      }
    }
    const palette = classPalette(CLASSES, stops, theme).full;
    const [bad, good, neither] = [colourAt(stops, -1), colourAt(stops, 1), parseColour(NEITHER[theme])];
    return [...counts]
      .sort(([a, m], [b, n]) => n - m || a - b)
      .map(([number, count]) => {
        const share = count / total;
        if (quantity === "outcome") {
          const colour = { [SOLVED]: good, [DIVERGED]: bad }[number] ?? neither;
          return { number, label: MAP.OUTCOMES[number] ?? "", colour, share };
        }
        const finding = findings[number - 1];
        if (finding === undefined) return { number, label: MAP.nothingFound, colour: neither, share };
        if (finding.tone === "done") return { number, label: finding.title, colour: good, share };
        const colour = palette[SLOTS[this.#placeOf(number)] ?? -1] ?? neither;
        return { number, label: finding.title, colour, share };
      });
  }

  #placeOf(number: number): number {
    const found = this.#places.get(number) ?? this.#places.size;
    this.#places.set(number, found);
    return found;
  }
}
