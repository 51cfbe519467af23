// Bytes of a field to pixels. The canvases and the pixels are kept and filled again.

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

  /** Colours one field by the class that wins in each cell and its margin; `table` has 256 colours for each class. */
  fillClasses(slot: number, winners: Uint8Array, bytes: Uint8Array, start: number, table: Uint32Array): void {
    const n = this.cells * this.cells;
    const to = slot * n;
    const words = this.#words;
    for (let i = 0; i < n; i++)
      words[to + i] = table[((winners[start + i] as number) << 8) | (bytes[start + i] as number)] as number;
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
