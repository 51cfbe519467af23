// What the colours of a map stand for: blue is good, orange is bad, grey is neither.

import type { Theme } from "../color/ink";
import type { MapTile } from "../protocol/frames";
import type { Quantity } from "../model/map.svelte";

/** The range of values that the colours show; with `log` by their factors. */
export interface Range {
  low: number;
  high: number;
  log: boolean;
}

/** The colour of what is on no scale: a run that has diverged, or has not stopped. */
export const NEITHER: Record<Theme, string> = { light: "#B9BCC1", dark: "#3A3D43" };

/** Why a run ended, as in a tile. */
export const STOPPED = 1;

export const ACCURACIES: Range = { low: 0.5, high: 1, log: false };

/** The values of a quantity in a tile. */
export function valuesOf(tile: MapTile, quantity: Quantity): Float32Array {
  if (quantity === "train") return tile.trainLosses;
  if (quantity === "accuracy") return tile.testAccuracies;
  return quantity === "epochs" ? tile.epochs : tile.testLosses;
}

/** Whether a low value is good. */
export function lowIsGood(quantity: Quantity): boolean {
  return quantity !== "accuracy";
}

/** The values of a tile that have a colour of the scale, and NaN: of epochs, the run has stopped before the last. */
function onScale(tile: MapTile, quantity: Quantity): Float32Array {
  const values = valuesOf(tile, quantity);
  if (quantity !== "epochs") return values;
  return values.map((value, cell) => (tile.reasons[cell] === STOPPED ? value : NaN));
}

const ROUND = [1, 2, 5];
const OUTLIERS = 0.02;

/** The range for these tiles: that of nearly all values, on round numbers. Null if none is on the scale. */
export function rangeOf(tiles: Iterable<MapTile>, quantity: Quantity): Range | null {
  if (quantity === "accuracy") return ACCURACIES;
  const values: number[] = [];
  for (const tile of tiles)
    for (const value of onScale(tile, quantity)) if (value > 0 && Number.isFinite(value)) values.push(value);
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

/** Colours a tile into pixels, whose first row is the top; `table` reaches from bad at 0 to good at 255. */
export function paint(
  into: Uint32Array,
  tile: MapTile,
  quantity: Quantity,
  range: Range | null,
  table: Uint32Array,
  neither: number,
): void {
  const values = onScale(tile, quantity);
  const low = lowIsGood(quantity);
  paintCells(into, tile.side, (cell) => {
    const value = values[cell] as number;
    if (range === null || !Number.isFinite(value)) return neither;
    const share = shareOf(range, value);
    return table[Math.round(255 * (low ? 1 - share : share))] as number;
  });
}

/** Colours the cells of a tile, whose first row is the bottom, into pixels, whose first row is the top. */
export function paintCells(into: Uint32Array, side: number, colourOf: (cell: number) => number): void {
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++)
      into[(side - 1 - row) * side + column] = colourOf(row * side + column);
}
