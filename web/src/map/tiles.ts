// The tiles of a map as pixels, many of them in one canvas, so that a map of a million runs is drawn from a few pictures.

import type { AnyTile, Paint } from "./shown-colours";
import { FIRST_LEVEL, SIDE, type MapView, tilesOf } from "./view";

/** So many tiles stand in one canvas, along a side. */
const TILES = 16;
const PIXELS = TILES * SIDE;
/** So many tiles are kept, of 5 kB each; with more, all are forgotten and those in sight are asked for again. */
const MOST_KEPT = 12_000;

class Sheet {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  readonly tiles: AnyTile[] = [];
  /** Whether its tiles have the colours of before. */
  stale = false;

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
  readonly #tiles = new Map<string, AnyTile>();
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
  *coarse(most: number): Generator<AnyTile> {
    for (const tile of this.#tiles.values()) if (tile.level <= FIRST_LEVEL + most) yield tile;
  }

  /**
   * Tiles that show all of what is in sight: those of the level `wanted`, or while they are not all known, of the next
   * coarser one where they are, or of a finer one up to `finest`. While there is none, the most that are known of a level.
   */
  sample(view: MapView, wanted: number, finest: number): AnyTile[] {
    const first = Math.max(FIRST_LEVEL, wanted);
    const coarser = Array.from({ length: first - FIRST_LEVEL + 1 }, (_, i) => first - i);
    const finer = Array.from({ length: finest - first }, (_, i) => first + 1 + i);
    let most: AnyTile[] = [];
    for (const level of [...coarser, ...finer]) {
      const { tiles, all } = this.#inSight(view, level);
      if (all) return tiles;
      if (tiles.length > most.length) most = tiles;
    }
    return most;
  }

  #inSight(view: MapView, level: number): { tiles: AnyTile[]; all: boolean } {
    const { left, right, bottom, top } = tilesOf(view, level);
    const tiles: AnyTile[] = [];
    for (let column = left; column < right; column++) {
      for (let row = bottom; row < top; row++) {
        const tile = this.get(level, column, row);
        if (tile !== undefined) tiles.push(tile);
      }
    }
    return { tiles, all: tiles.length === (right - left) * (top - bottom) };
  }

  get(level: number, column: number, row: number): AnyTile | undefined {
    return this.#tiles.get(name(level, column, row));
  }

  add(tile: AnyTile, paint: Paint): void {
    const key = name(tile.level, tile.column, tile.row);
    const before = this.#tiles.get(key);
    this.#tiles.set(key, tile);
    const sheet = this.#sheetOf(tile);
    if (before !== undefined) sheet.tiles.splice(sheet.tiles.indexOf(before), 1);
    sheet.tiles.push(tile);
    if (!sheet.stale) this.#draw(sheet, tile, paint);
  }

  /** The colours have changed: each sheet is coloured again when it is shown. */
  outdate(): void {
    for (const sheet of this.#sheets.values()) sheet.stale = true;
  }

  #sheetOf(tile: AnyTile): Sheet {
    const [column, row] = [Math.floor(tile.column / TILES), Math.floor(tile.row / TILES)];
    const key = name(tile.level, column, row);
    let sheet = this.#sheets.get(key);
    if (sheet === undefined) this.#sheets.set(key, (sheet = new Sheet(tile.level, column, row)));
    return sheet;
  }

  #draw(sheet: Sheet, tile: AnyTile, paint: Paint): void {
    paint(this.#words, tile);
    const [x, y] = [tile.column - sheet.column * TILES, TILES - 1 - (tile.row - sheet.row * TILES)];
    sheet.context.putImageData(this.#image, x * SIDE, y * SIDE);
  }

  /** The finest level up to this one that covers all of a view: what is coarser cannot be seen. */
  #ground(view: MapView, finest: number): number {
    let level = finest;
    while (level > FIRST_LEVEL && !this.#covers(view, level)) level--;
    return level;
  }

  #covers(view: MapView, level: number): boolean {
    const { left, right, bottom, top } = tilesOf(view, level);
    for (let column = left; column < right; column = next(column)) {
      for (let row = bottom; row < top; row = next(row)) {
        const key = name(level, Math.floor(column / TILES), Math.floor(row / TILES));
        if (this.#sheets.get(key)?.tiles.length === TILES * TILES) continue;
        for (let x = column; x < Math.min(right, next(column)); x++)
          for (let y = row; y < Math.min(top, next(row)); y++) if (this.get(level, x, y) === undefined) return false;
      }
    }
    return true;
  }

  /** Draws what is known of a view into a square of so many pixels: coarse levels first, finer ones over them. */
  show(to: CanvasRenderingContext2D, view: MapView, pixels: number, finest: number, paint: Paint): void {
    to.clearRect(0, 0, pixels, pixels);
    to.imageSmoothingEnabled = false;
    const ground = this.#ground(view, finest + 1);
    const sheets = [...this.#sheets.values()]
      .filter(({ level }) => level >= ground && level <= finest + 1)
      .sort((a, b) => a.level - b.level);
    for (const sheet of sheets) {
      const { level, column, row, canvas } = sheet;
      const length = PIXELS / 2 ** level;
      const left = (column * length - view.left) / view.side;
      const bottom = (row * length - view.bottom) / view.side;
      const size = length / view.side;
      if (left >= 1 || bottom >= 1 || left + size <= 0 || bottom + size <= 0) continue;
      if (sheet.stale) {
        for (const tile of sheet.tiles) this.#draw(sheet, tile, paint);
        sheet.stale = false;
      }
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

/** Where the next sheet begins, in tiles. */
function next(tile: number): number {
  return (Math.floor(tile / TILES) + 1) * TILES;
}

function name(level: number, column: number, row: number): string {
  return `${level}/${column}/${row}`;
}
