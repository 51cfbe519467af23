// Where classes meet: lines between cells of different winners, placed by their margins, smooth as a contour.

import { type Pen, blur, crossCell } from "./contour";

/** Of each cell the class with the largest output, and by how much it is larger than the second. */
export interface ClassField {
  winners: ArrayLike<number>;
  margins: ArrayLike<number>;
}

/** Margins below this many steps of a byte are shallow: there a line would be a staircase. */
const SHALLOW = 3.5;
const MOST_PASSES = 6;
/** The byte of a margin of 0, or of a probability of 0. */
const ZERO = 127.5;

let score = new Float32Array(0);
let between = new Float32Array(0);
let first = new Float32Array(0);
let second = new Float32Array(0);
let winner = new Uint8Array(0);

/** The cells in which a class wins, and around them as far as they are felt: [left, top, right, bottom), by class. */
function boxes(winners: Uint8Array, cells: number, around: number): Map<number, [number, number, number, number]> {
  const found = new Map<number, [number, number, number, number]>();
  for (let r = 0; r < cells; r++) {
    // Only where the class changes along a row a box can grow.
    let from = 0;
    for (let c = 1; c <= cells; c++) {
      const of = winners[r * cells + from] as number;
      if (c < cells && winners[r * cells + c] === of) continue;
      const box = found.get(of);
      if (box === undefined) found.set(of, [from, r, c, r + 1]);
      else {
        box[0] = Math.min(box[0], from);
        box[2] = Math.max(box[2], c);
        box[3] = r + 1;
      }
      from = c;
    }
  }
  for (const box of found.values()) {
    box[0] = Math.max(0, box[0] - around);
    box[1] = Math.max(0, box[1] - around);
    box[2] = Math.min(cells, box[2] + around);
    box[3] = Math.min(cells, box[3] + around);
  }
  return found;
}

/**
 * The field with the steps of its bytes evened out: the margins of each class are smoothed separately, with 0 where
 * another one wins; the largest of them wins, by its distance to the second. The arrays are used again by the next call.
 */
export function evenedClasses(winners: Uint8Array, bytes: Uint8Array, cells: number): ClassField {
  const n = cells * cells;
  if (winner.length !== n) {
    score = new Float32Array(n);
    between = new Float32Array(n);
    first = new Float32Array(n);
    second = new Float32Array(n);
    winner = new Uint8Array(n);
  }
  let shallow = 0;
  for (let i = 0; i < n; i++) if ((bytes[i] as number) - ZERO < SHALLOW) shallow++;
  const passes = shallow === n ? 0 : Math.min(MOST_PASSES, 1 + Math.floor((40 * shallow) / n));
  winner.set(winners);
  first.fill(0);
  second.fill(0);
  for (const [of, [left, top, right, bottom]] of boxes(winners, cells, passes)) {
    const [wide, high] = [right - left, bottom - top];
    for (let r = 0, at = 0; r < high; r++)
      for (let c = 0, i = (top + r) * cells + left; c < wide; c++, i++, at++)
        score[at] = winners[i] === of ? Math.max(0, (bytes[i] as number) - ZERO) : 0;
    for (let pass = 0; pass < passes; pass++) {
      blur(score, between, high, wide, 1, wide);
      blur(between, score, wide, high, wide, 1);
    }
    for (let r = 0, at = 0; r < high; r++)
      for (let c = 0, i = (top + r) * cells + left; c < wide; c++, i++, at++) {
        const value = score[at] as number;
        if (value > (first[i] as number)) {
          second[i] = first[i] as number;
          first[i] = value;
          winner[i] = of;
        } else if (value > (second[i] as number)) second[i] = value;
      }
  }
  for (let i = 0; i < n; i++) first[i] = (first[i] as number) - (second[i] as number);
  return { winners: winner, margins: first };
}

/** Draws the lines between classes into a square of `size`; where three meet, their lines do too. */
export function classLines(pen: Pen, { winners, margins }: ClassField, cells: number, size: number): void {
  const k = size / cells;
  for (let r = 0; r < cells - 1; r++) {
    const y = (r + 0.5) * k;
    for (let c = 0; c < cells - 1; c++) {
      const i = r * cells + c;
      const a = winners[i] as number;
      const b = winners[i + 1] as number;
      const d = winners[i + cells] as number;
      const e = winners[i + cells + 1] as number;
      if (a === b && a === d && a === e) continue;
      const x = (c + 0.5) * k;
      const other = b !== a ? b : d !== a ? d : e;
      const two = [b, d, e].every((one) => one === a || one === other);
      const at = [i, i + 1, i + cells, i + cells + 1].map((j) => Math.max(1e-6, margins[j] as number));
      const [p, q, s, t] = at as [number, number, number, number];
      if (two) crossCell(pen, x, y, k, p, b === a ? q : -q, d === a ? s : -s, e === a ? t : -t);
      else {
        const meets: [number, number][] = [];
        if (a !== b) meets.push([x + (k * p) / (p + q), y]);
        if (d !== e) meets.push([x + (k * s) / (s + t), y + k]);
        if (a !== d) meets.push([x, y + (k * p) / (p + s)]);
        if (b !== e) meets.push([x + k, y + (k * q) / (q + t)]);
        const mean = (axis: 0 | 1): number => meets.reduce((sum, one) => sum + one[axis], 0) / meets.length;
        const [mx, my] = [mean(0), mean(1)];
        for (const [px, py] of meets) {
          pen.moveTo(px, py);
          pen.lineTo(mx, my);
        }
      }
    }
  }
}

/** The winners of the small fields of several outputs, one after the other, and the bytes of their margins. */
export function winnersOf(
  bytes: Uint8Array,
  start: number,
  cells: number,
  classes: number,
): { winners: Uint8Array; bytes: Uint8Array } {
  const n = cells * cells;
  const winners = new Uint8Array(n);
  const margins = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    let [most, next, best] = [-1, -1, 0];
    for (let k = 0; k < classes; k++) {
      const value = bytes[start + k * n + i] ?? 0;
      if (value > most) {
        next = most;
        most = value;
        best = k;
      } else if (value > next) next = value;
    }
    winners[i] = best;
    margins[i] = Math.min(255, 128 + most - next);
  }
  return { winners, bytes: margins };
}

/**
 * The probability of the winner from its margin: the two largest share what the others leave. `others` is the sum of
 * the rest, known from the small fields.
 */
export function winnerProbability(margin: number, others: number): number {
  return Math.max(0, Math.min(1, (1 + margin - others) / 2));
}

/** The probabilities of all classes at a place of the square, (0, 0) to (1, 1), between the cells of the small fields. */
export function probabilitiesAt(
  bytes: Uint8Array,
  start: number,
  cells: number,
  classes: number,
  x: number,
  y: number,
): number[] {
  const clamp = (value: number): number => Math.max(0, Math.min(cells - 1, value));
  const [cx, cy] = [clamp(x * cells - 0.5), clamp(y * cells - 0.5)];
  const [c, r] = [Math.min(cells - 2, Math.floor(cx)), Math.min(cells - 2, Math.floor(cy))].map((v) => Math.max(0, v));
  const [u, v] = [cx - (c as number), cy - (r as number)];
  const step = cells > 1 ? 1 : 0;
  return Array.from({ length: classes }, (_, k) => {
    const at = start + k * cells * cells + (r as number) * cells + (c as number);
    const value = (i: number): number => Math.max(0, ((bytes[i] ?? ZERO) - ZERO) / ZERO);
    const top = value(at) * (1 - u) + value(at + step) * u;
    const bottom = value(at + step * cells) * (1 - u) + value(at + step * (cells + 1)) * u;
    return top * (1 - v) + bottom * v;
  });
}
