// What the colours of a map show at the moment, and the painter of its tiles.

import { type Colour, word } from "../color/scale";
import type { Quantity } from "../model/map.svelte";
import type { EdgeTile, MapTile } from "../protocol/frames";
import { type Category, categoryOf } from "./categories";
import { type Range, paint, paintCells } from "./colours";
import { type Ranks, shadeOf } from "./ranks";

export type AnyTile = MapTile | EdgeTile;

export type Shown =
  | { kind: "range"; range: Range | null }
  | { kind: "categories"; categories: readonly Category[] }
  | { kind: "ranks"; ranks: Ranks };

export const NOTHING: Shown = { kind: "range", range: null };

export function isEdge(tile: AnyTile): tile is EdgeTile {
  return "values" in tile;
}

export function ofSettings(tile: AnyTile): tile is MapTile {
  return !isEdge(tile);
}

/** Colours a tile into pixels, whose first row is the top. */
export type Paint = (into: Uint32Array, tile: AnyTile) => void;

/** The painter for what is shown; `table` reaches from bad at 0 to good at 255. */
export function painter(shown: Shown, quantity: Quantity, table: Uint32Array, neither: Colour): Paint {
  const grey = word(neither);
  if (shown.kind === "ranks") {
    const colourOf = (value: number): number => table[Math.round(127.5 * (1 + shadeOf(shown.ranks, value)))] as number;
    return (into, tile) => {
      if (isEdge(tile)) paintCells(into, tile.side, (cell) => colourOf(tile.values[cell] as number));
    };
  }
  if (shown.kind === "categories") {
    const words = new Map(shown.categories.map(({ number, colour }) => [number, word(colour)]));
    return (into, tile) => {
      if (!isEdge(tile)) paintCells(into, tile.side, (cell) => words.get(categoryOf(tile, quantity, cell)) ?? grey);
    };
  }
  return (into, tile) => {
    if (!isEdge(tile)) paint(into, tile, quantity, shown.range, table, grey);
  };
}
