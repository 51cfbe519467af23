// Bytes of a field to pixels. The canvases and the pixels are kept and filled again.

import { xAt, yAt } from "./plane";

/** A strip of square fields, one below the other, as large as their cells. */
export class FieldStrip {
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  #image: ImageData | null = null;
  #words = new Uint32Array(0);
  cells = 0;
  count = 0;

  constructor() {
    this.canvas = document.createElement("canvas");
    this.#context = this.canvas.getContext("2d", { alpha: false }) as CanvasRenderingContext2D;
  }

  resize(cells: number, count: number): void {
    if (this.cells === cells && this.count === count) return;
    this.cells = cells;
    this.count = count;
    this.canvas.width = Math.max(1, cells);
    this.canvas.height = Math.max(1, cells * count);
    this.#image = this.#context.createImageData(this.canvas.width, this.canvas.height);
    this.#words = new Uint32Array(this.#image.data.buffer);
  }

  /** Colours one field; `start` is where it begins among the bytes. */
  fill(slot: number, bytes: Uint8Array, start: number, table: Uint32Array): void {
    const n = this.cells * this.cells;
    const to = slot * n;
    const words = this.#words;
    for (let i = 0; i < n; i++) words[to + i] = table[bytes[start + i] as number] as number;
  }

  /** Puts what was filled onto the canvas. */
  show(): void {
    if (this.#image !== null) this.#context.putImageData(this.#image, 0, 0);
  }

  /** Draws one field of the strip as a square. */
  draw(to: CanvasRenderingContext2D, slot: number, x: number, y: number, size: number): void {
    to.drawImage(this.canvas, 0, slot * this.cells, this.cells, this.cells, x, y, size, size);
  }
}

/** The bytes of a picture that came as base64. */
export function bytesOf(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** A field made from a sample of points (x, y, label): each cell is the mean of all labels, near ones counting most. */
export function sampledField(sample: readonly (readonly [number, number, number])[], cells: number): Uint8Array {
  const most = sample.reduce((m, p) => Math.max(m, Math.abs(p[2])), 1e-9);
  const bytes = new Uint8Array(cells * cells);
  for (let i = 0; i < bytes.length; i++) {
    const x = xAt(((i % cells) + 0.5) / cells);
    const y = yAt((Math.floor(i / cells) + 0.5) / cells);
    let sum = 0;
    let weight = 1e-9;
    for (const [px, py, label] of sample) {
      const near = 1 / ((px - x) ** 2 + (py - y) ** 2 + 0.15) ** 2;
      sum += near * label;
      weight += near;
    }
    bytes[i] = Math.round((sum / weight / most + 1) * 127.5);
  }
  return bytes;
}
