// The tiles of a map as pixels, many of them in one canvas, so that a map of a million runs is drawn from a few pictures.

import type { MapTile } from "../protocol/frames";
import { FIRST_LEVEL, SIDE, type MapView } from "./view";

/** So many tiles stand in one canvas, along a side. */
const TILES = 16;
const PIXELS = TILES * SIDE;
/** So many tiles are kept, of 5 kB each; with more, all are forgotten and those in sight are asked for again. */
const MOST_KEPT = 12_000;

/** Colours a tile into pixels, whose first row is the top. */
export type Paint = (into: Uint32Array, tile: MapTile) => void;

class Sheet {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;

  constructor(
    readonly level: number,
    readonly column: number,
    readonly row: number,
  ) {
    this.canvas = document.createElement("canvas");
    this.canvas.width = this.canvas.height = PIXELS;
    this.context = this.canvas.getContext("2d") as CanvasRenderingContext2D;
  }
}

export class MapTiles {
  readonly #tiles = new Map<string, MapTile>();
  readonly #sheets = new Map<string, Sheet>();
  readonly #image = new ImageData(SIDE, SIDE);
  readonly #words = new Uint32Array(this.#image.data.buffer);

  /** Whether there are so many that all should be forgotten. */
  get full(): boolean {
    return this.#tiles.size > MOST_KEPT;
  }

  clear(): void {
    this.#tiles.clear();
    this.#sheets.clear();
  }

  /** The tiles of the coarse levels, which show all of the map. */
  *coarse(most: number): Generator<MapTile> {
    for (const tile of this.#tiles.values()) if (tile.level <= FIRST_LEVEL + most) yield tile;
  }

  get(level: number, column: number, row: number): MapTile | undefined {
    return this.#tiles.get(name(level, column, row));
  }

  add(tile: MapTile, paint: Paint): void {
    this.#tiles.set(name(tile.level, tile.column, tile.row), tile);
    this.#draw(tile, paint);
  }

  /** Colours everything again. */
  repaint(paint: Paint): void {
    for (const tile of this.#tiles.values()) this.#draw(tile, paint);
  }

  #draw(tile: MapTile, paint: Paint): void {
    const [column, row] = [Math.floor(tile.column / TILES), Math.floor(tile.row / TILES)];
    const key = name(tile.level, column, row);
    let sheet = this.#sheets.get(key);
    if (sheet === undefined) this.#sheets.set(key, (sheet = new Sheet(tile.level, column, row)));
    paint(this.#words, tile);
    const [x, y] = [tile.column - column * TILES, TILES - 1 - (tile.row - row * TILES)];
    sheet.context.putImageData(this.#image, x * SIDE, y * SIDE);
  }

  /** Draws what is known of a view into a square of so many pixels: coarse levels first, finer ones over them. */
  show(to: CanvasRenderingContext2D, view: MapView, pixels: number, finest: number): void {
    to.clearRect(0, 0, pixels, pixels);
    to.imageSmoothingEnabled = false;
    const sheets = [...this.#sheets.values()]
      .filter(({ level }) => level <= finest + 1)
      .sort((a, b) => a.level - b.level);
    for (const { level, column, row, canvas } of sheets) {
      const length = PIXELS / 2 ** level;
      const left = (column * length - view.left) / view.side;
      const bottom = (row * length - view.bottom) / view.side;
      const size = length / view.side;
      if (left >= 1 || bottom >= 1 || left + size <= 0 || bottom + size <= 0) continue;
      // Only what is in sight is drawn: far enlarged, the whole sheet would be larger than a canvas can be.
      const [x, y] = [Math.max(0, left), Math.max(0, 1 - bottom - size)];
      const [right, under] = [Math.min(1, left + size), Math.min(1, 1 - bottom)];
      const cut = (share: number): number => (share / size) * PIXELS;
      to.drawImage(
        canvas,
        cut(x - left),
        cut(y - (1 - bottom - size)),
        cut(right - x),
        cut(under - y),
        x * pixels,
        y * pixels,
        (right - x) * pixels,
        (under - y) * pixels,
      );
    }
  }
}

function name(level: number, column: number, row: number): string {
  return `${level}/${column}/${row}`;
}
