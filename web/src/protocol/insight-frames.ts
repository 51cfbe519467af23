// Reads the binary messages of insight: pinned runs, the wall of many starts, and their curves.

/** A pinned run's curve and a small picture of its output. */
export interface Pinned {
  pin: number;
  count: number;
  /** epoch, training loss, test loss of each point. */
  curve: Float64Array;
  cells: number;
  picture: Uint8Array;
}

/** Where the many starts are: their losses and their outputs, in order of the starts. */
export interface Wall {
  n: number;
  cells: number;
  epoch: number;
  train: Float64Array;
  test: Float64Array;
  /** n fields of cells × cells bytes. */
  fields: Uint8Array;
}

/** How the training losses of all starts went. */
export interface StartCurves {
  n: number;
  kept: number;
  epochs: Float64Array;
  /** Start by start, `kept` losses each. */
  train: Float32Array;
}

export const PINNED = 3;
export const WALL = 4;
export const CURVES = 5;

export function kindOf(message: ArrayBuffer): number {
  return message.byteLength < 4 ? 0 : (new Uint32Array(message, 0, 1)[0] as number);
}

export function readPinned(message: ArrayBuffer): Pinned {
  const [, pin = 0, count = 0, cells = 0] = new Uint32Array(message, 0, 4);
  return {
    pin,
    count,
    cells,
    curve: new Float64Array(message, 16, 3 * count),
    picture: new Uint8Array(message, 16 + 24 * count, cells * cells),
  };
}

export function readWall(message: ArrayBuffer): Wall {
  const [, n = 0, cells = 0, epoch = 0] = new Uint32Array(message, 0, 4);
  const losses = new Float64Array(message, 16, 2 * n);
  return {
    n,
    cells,
    epoch,
    train: Float64Array.from({ length: n }, (_, i) => losses[2 * i] as number),
    test: Float64Array.from({ length: n }, (_, i) => losses[2 * i + 1] as number),
    fields: new Uint8Array(message, 16 + 16 * n, n * cells * cells),
  };
}

export function readCurves(message: ArrayBuffer): StartCurves {
  const [, n = 0, kept = 0] = new Uint32Array(message, 0, 4);
  return {
    n,
    kept,
    epochs: new Float64Array(message, 16, kept),
    train: new Float32Array(message, 16 + 8 * kept, n * kept),
  };
}
