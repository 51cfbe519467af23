// What is in sight of a map: a square of shares of both axes, from 0 to 1. All of it is plain numbers.

/** The lattice of runs: at level L an axis has 2^L places. A tile has SIDE places along a side. */
export const FIRST_LEVEL = 4;
export const LAST_LEVEL = 48;
export const SIDE = 1 << FIRST_LEVEL;

/** The lower left corner and the length of a side, in shares of the axes. */
export interface MapView {
  left: number;
  bottom: number;
  side: number;
}

export const WHOLE: MapView = { left: 0, bottom: 0, side: 1 };

/** Tiles of a level, from `left` and `bottom` to before `right` and `top`. */
export interface TileBox {
  level: number;
  left: number;
  bottom: number;
  right: number;
  top: number;
}

/** A place of the lattice, from the bottom left. */
export interface CellPlace {
  level: number;
  column: number;
  row: number;
}

/** The level at which a run is at least one pixel wide, and less than two. */
export function levelOf(view: MapView, pixels: number): number {
  const level = Math.floor(Math.log2(Math.max(1, pixels) / view.side));
  return Math.max(FIRST_LEVEL, Math.min(LAST_LEVEL, level));
}

/** The shortest side at which neighbouring runs still differ. */
export function shortest(pixels: number): number {
  return Math.max(1, pixels) / 2 ** LAST_LEVEL;
}

/** The same view, as far as there is a map. */
export function held({ left, bottom, side }: MapView, pixels: number): MapView {
  const length = Math.max(shortest(pixels), Math.min(1, side));
  return {
    left: Math.max(0, Math.min(1 - length, left)),
    bottom: Math.max(0, Math.min(1 - length, bottom)),
    side: length,
  };
}

/** Moved by shares of the view. */
export function moved(view: MapView, across: number, up: number, pixels: number): MapView {
  return held({ ...view, left: view.left + across * view.side, bottom: view.bottom + up * view.side }, pixels);
}

/** Zoomed by a factor, above 1 closer; what is at these shares of the view, from the bottom left, stays there. */
export function zoomed(view: MapView, factor: number, across: number, up: number, pixels: number): MapView {
  const side = Math.max(shortest(pixels), Math.min(1, view.side / factor));
  const difference = view.side - side;
  return held({ left: view.left + across * difference, bottom: view.bottom + up * difference, side }, pixels);
}

/** As many digits of a value on an axis as distinguish neighbouring runs, where so much of the map is in sight. */
export function digitsIn(side: number): number {
  return Math.min(15, 3 - Math.floor(Math.log10(side)));
}

/** The tiles that a view needs. */
export function tilesOf(view: MapView, level: number): TileBox {
  const tiles = 2 ** (level - FIRST_LEVEL);
  const last = (share: number): number => Math.min(tiles, Math.max(1, Math.ceil(share * tiles)));
  const first = (share: number): number => Math.min(tiles - 1, Math.floor(share * tiles));
  return {
    level,
    left: first(view.left),
    bottom: first(view.bottom),
    right: last(view.left + view.side),
    top: last(view.bottom + view.side),
  };
}

/** The run at a share of the view, from the bottom left. */
export function cellAt(view: MapView, level: number, across: number, up: number): CellPlace {
  const places = 2 ** level;
  const at = (share: number): number => Math.max(0, Math.min(places - 1, Math.floor(share * places)));
  return { level, column: at(view.left + across * view.side), row: at(view.bottom + up * view.side) };
}

/** The same place one level coarser: the run that stands for it while finer ones are not computed. */
export function coarser({ level, column, row }: CellPlace): CellPlace {
  return { level: level - 1, column: Math.floor(column / 2), row: Math.floor(row / 2) };
}
