// The lines along which a field has one value, by marching squares.

/** Where lines go: a canvas context, a Path2D, or a list in a test. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

/**
 * Draws the line where the field is `level` (a byte, 127.5 is zero) into a square of `size`.
 * Cells are sampled at their centres; beyond the outermost centres the line continues to the edge.
 */
export function contour(pen: Pen, bytes: ArrayLike<number>, cells: number, size: number, level: number): void {
  const k = size / cells;
  for (let r = 0; r < cells - 1; r++) {
    const y = (r + 0.5) * k;
    for (let c = 0; c < cells - 1; c++) {
      const i = r * cells + c;
      const a = (bytes[i] as number) - level;
      const b = (bytes[i + 1] as number) - level;
      const d = (bytes[i + cells] as number) - level;
      const e = (bytes[i + cells + 1] as number) - level;
      const kind = (a > 0 ? 1 : 0) | (b > 0 ? 2 : 0) | (e > 0 ? 4 : 0) | (d > 0 ? 8 : 0);
      if (kind === 0 || kind === 15) continue;
      crossCell(pen, (c + 0.5) * k, y, k, a, b, d, e);
    }
  }
}

/** Draws the line through one square of `k` at (x, y) whose corners have these values: top left, right, bottom left, right. */
export function crossCell(pen: Pen, x: number, y: number, k: number, a: number, b: number, d: number, e: number): void {
  const kind = (a > 0 ? 1 : 0) | (b > 0 ? 2 : 0) | (e > 0 ? 4 : 0) | (d > 0 ? 8 : 0);
  const top = x + (k * a) / (a - b);
  const bottom = x + (k * d) / (d - e);
  const left = y + (k * a) / (a - d);
  const right = y + (k * b) / (b - e);
  switch (kind) {
    case 1:
    case 14:
      line(pen, x, left, top, y);
      break;
    case 2:
    case 13:
      line(pen, top, y, x + k, right);
      break;
    case 4:
    case 11:
      line(pen, x + k, right, bottom, y + k);
      break;
    case 8:
    case 7:
      line(pen, bottom, y + k, x, left);
      break;
    case 3:
    case 12:
      line(pen, x, left, x + k, right);
      break;
    case 6:
    case 9:
      line(pen, top, y, bottom, y + k);
      break;
    case 5:
      line(pen, x, left, top, y);
      line(pen, x + k, right, bottom, y + k);
      break;
    case 10:
      line(pen, top, y, x + k, right);
      line(pen, bottom, y + k, x, left);
      break;
  }
}

function line(pen: Pen, x0: number, y0: number, x1: number, y1: number): void {
  pen.moveTo(x0, y0);
  pen.lineTo(x1, y1);
}

let smoothed = new Float32Array(0);
let between = new Float32Array(0);

/**
 * The field with the steps of its bytes evened out, so that a line through a shallow field is no staircase.
 * The flatter the field is where the line will run, the more. The array is used again by the next call.
 */
export function evened(bytes: Uint8Array, cells: number): Float32Array {
  const n = cells * cells;
  if (smoothed.length !== n) {
    smoothed = new Float32Array(n);
    between = new Float32Array(n);
  }
  let flat = 0;
  for (let i = 0; i < n; i++) {
    const b = bytes[i] as number;
    smoothed[i] = b;
    if (b > 124 && b < 131) flat++;
  }
  const passes = flat === n ? 0 : Math.min(6, 1 + Math.floor((40 * flat) / n));
  for (let pass = 0; pass < passes; pass++) {
    blur(smoothed, between, cells, cells, 1, cells);
    blur(between, smoothed, cells, cells, cells, 1);
  }
  return smoothed;
}

/** One pass of 1-2-1 along `lines` lines of `length` cells; `row` is from one line to the next, `step` from cell to cell. */
export function blur(
  from: Float32Array,
  to: Float32Array,
  lines: number,
  length: number,
  step: number,
  row: number,
): void {
  for (let r = 0; r < lines; r++) {
    let i = r * row;
    for (let c = 0; c < length; c++, i += step) {
      const here = from[i] as number;
      const before = c > 0 ? (from[i - step] as number) : here;
      const after = c < length - 1 ? (from[i + step] as number) : here;
      to[i] = (before + 2 * here + after) / 4;
    }
  }
}
