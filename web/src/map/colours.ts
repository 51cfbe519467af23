// What the colours of a map stand for: blue is good, orange is bad, grey is neither.

import { type Stop, colourTable, parseColour, word } from "../color/scale";
import type { MapTile } from "../protocol/frames";
import type { Quantity } from "../model/map.svelte";

/** The range of values that the colours show; with `log` by their factors. */
export interface Range {
  low: number;
  high: number;
  log: boolean;
}

/** Why a run ended, as in a tile. */
export const STOPPED = 1;

export const ACCURACIES: Range = { low: 0.5, high: 1, log: false };

/** The values of a quantity in a tile. */
export function valuesOf(tile: MapTile, quantity: Quantity): Float32Array {
  return {
    test: tile.testLosses,
    train: tile.trainLosses,
    accuracy: tile.testAccuracies,
    epochs: tile.epochs,
  }[quantity];
}

/** Whether a low value is good. */
export function lowIsGood(quantity: Quantity): boolean {
  return quantity !== "accuracy";
}

/** Whether a cell has a colour of the scale: it is a number, and of epochs the run has stopped before the last. */
export function isOnScale(tile: MapTile, quantity: Quantity, cell: number): boolean {
  const value = valuesOf(tile, quantity)[cell] ?? NaN;
  return Number.isFinite(value) && (quantity !== "epochs" || tile.reasons[cell] === STOPPED);
}

const ROUND = [1, 2, 5];
const OUTLIERS = 0.02;

/** The range for these tiles: that of nearly all values, on round numbers. Null if none is on the scale. */
export function rangeOf(tiles: Iterable<MapTile>, quantity: Quantity): Range | null {
  if (quantity === "accuracy") return ACCURACIES;
  const values: number[] = [];
  for (const tile of tiles) {
    const of = valuesOf(tile, quantity);
    for (let i = 0; i < of.length; i++) if (isOnScale(tile, quantity, i) && (of[i] ?? 0) > 0) values.push(of[i] ?? 0);
  }
  if (values.length === 0) return null;
  values.sort((a, b) => a - b);
  const at = (share: number): number => values[Math.round(share * (values.length - 1))] ?? 1;
  const [low, high] = [floor(at(OUTLIERS)), ceiling(at(1 - OUTLIERS))];
  return { low, high: high > low ? high : 10 * low, log: true };
}

function floor(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value) + 1e-6);
  return Number(((ROUND.findLast((part) => part * decade <= value * (1 + 1e-6)) ?? 1) * decade).toPrecision(3));
}

function ceiling(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value) + 1e-6);
  return Number(((ROUND.find((part) => part * decade >= value * (1 - 1e-6)) ?? 10) * decade).toPrecision(3));
}

/** Where a value stands in a range, from 0 to 1. */
export function shareOf({ low, high, log }: Range, value: number): number {
  const share = log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.max(0, Math.min(1, share));
}

/** Colours a tile into pixels, whose first row is the top. */
export function paint(
  into: Uint32Array,
  tile: MapTile,
  quantity: Quantity,
  range: Range | null,
  table: Uint32Array,
  neither: number,
): void {
  const values = valuesOf(tile, quantity);
  const { side } = tile;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const cell = row * side + column;
      let colour = neither;
      if (range !== null && isOnScale(tile, quantity, cell)) {
        const share = shareOf(range, values[cell] ?? 0);
        colour = table[Math.round(255 * (lowIsGood(quantity) ? 1 - share : share))] as number;
      }
      into[(side - 1 - row) * side + column] = colour;
    }
  }
}

/** The table for `paint`: from bad at 0 to good at 255. */
export function mapTable(stops: readonly Stop[]): Uint32Array {
  return colourTable(stops);
}

/** The colour of what is on no scale. */
export function neitherColour(hex: string): number {
  return word(parseColour(hex));
}
