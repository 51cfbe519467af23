// The lines along which a field has one value, by marching squares.

/** Where lines go: a canvas context, a Path2D, or a list in a test. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

/**
 * Draws the line where the field is `level` (a byte, 127.5 is zero) into a square of `size`.
 * Cells are sampled at their centres; beyond the outermost centres the line goes on to the edge.
 */
export function contour(pen: Pen, bytes: Uint8Array, cells: number, size: number, level: number): void {
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
      const x = (c + 0.5) * k;
      const top = x + (k * a) / (a - b);
      const bottom = x + (k * d) / (d - e);
      const left = y + (k * a) / (a - d);
      const right = y + (k * b) / (b - e);
      switch (kind) {
        case 1: case 14: line(pen, x, left, top, y); break;
        case 2: case 13: line(pen, top, y, x + k, right); break;
        case 4: case 11: line(pen, x + k, right, bottom, y + k); break;
        case 8: case 7: line(pen, bottom, y + k, x, left); break;
        case 3: case 12: line(pen, x, left, x + k, right); break;
        case 6: case 9: line(pen, top, y, bottom, y + k); break;
        case 5: line(pen, x, left, top, y); line(pen, x + k, right, bottom, y + k); break;
        case 10: line(pen, top, y, x + k, right); line(pen, bottom, y + k, x, left); break;
      }
    }
  }
}

function line(pen: Pen, x0: number, y0: number, x1: number, y1: number): void {
  pen.moveTo(x0, y0);
  pen.lineTo(x1, y1);
}
