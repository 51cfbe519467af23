// Puts together the starts that found the same: the likeness of the signs of their fields decides, or of the classes that win.

import type { WallFrame } from "../protocol/frames";

/** Fields are alike that differ at no more than this share of places, … */
const DIFFERENT = 0.08;
/** … and whose smaller sides, laid on each other, have this share in common. */
const COMMON = 0.72;
const SIDE = 16;
const PLACES = SIDE * SIDE;

export interface Group {
  /** Places of the starts, the best first; the first one is what the others are alike to. */
  members: number[];
}

/** The starts by training loss, the best first; NaN comes last, and ties stay in order. */
export function byLoss(losses: ArrayLike<number>): number[] {
  const value = (i: number): number => (Number.isFinite(losses[i]) ? (losses[i] as number) : Infinity);
  return Array.from({ length: losses.length }, (_, i) => i).sort((a, b) =>
    value(a) === value(b) ? a - b : value(a) - value(b),
  );
}

/** The sign of a field at 16 × 16 places, one bit each. */
export function signs(fields: Uint8Array, start: number, cells: number): Uint32Array {
  const bits = new Uint32Array(PLACES / 32);
  for (let r = 0; r < SIDE; r++) {
    const row = Math.floor(((r + 0.5) * cells) / SIDE);
    for (let c = 0; c < SIDE; c++) {
      const column = Math.floor(((c + 0.5) * cells) / SIDE);
      const i = r * SIDE + c;
      if ((fields[start + row * cells + column] ?? 0) > 127) bits[i >> 5] = (bits[i >> 5] as number) | (1 << (i & 31));
    }
  }
  return bits;
}

/** Where each class wins, at 16 × 16 places: its index. */
export function wins(winners: Uint8Array, start: number, cells: number): Uint8Array {
  return Uint8Array.from({ length: PLACES }, (_, i) => {
    const row = Math.floor(((Math.floor(i / SIDE) + 0.5) * cells) / SIDE);
    const column = Math.floor((((i % SIDE) + 0.5) * cells) / SIDE);
    return winners[start + row * cells + column] ?? 0;
  });
}

/** As `alike`, for the classes that win: what each has in common counts, except for the one that wins most. */
export function alikeWins(a: Uint8Array, b: Uint8Array): boolean {
  const differing = a.reduce((sum, of, i) => sum + (of === b[i] ? 0 : 1), 0);
  if (differing > DIFFERENT * PLACES) return false;
  const places = [...new Set([...a, ...b])].map((of) => ({
    both: a.reduce((sum, one, i) => sum + (one === of && b[i] === of ? 1 : 0), 0),
    either: a.reduce((sum, one, i) => sum + (one === of || b[i] === of ? 1 : 0), 0),
  }));
  const largest = Math.max(...places.map(({ both }) => both));
  return places.every(({ both, either }) => both === largest || both >= COMMON * either);
}

function ones(bits: number): number {
  let count = 0;
  for (let x = bits >>> 0; x !== 0; x = (x & (x - 1)) >>> 0) count++;
  return count;
}

/** Whether two patterns of signs show the same shape, whichever of its sides is the smaller one. */
export function alike(a: Uint32Array, b: Uint32Array): boolean {
  let differing = 0;
  let both = 0;
  let first = 0;
  for (let i = 0; i < a.length; i++) {
    differing += ones((a[i] as number) ^ (b[i] as number));
    both += ones((a[i] as number) & (b[i] as number));
    first += ones(a[i] as number);
  }
  const common = first <= PLACES / 2 ? both : PLACES - both - differing;
  return differing <= DIFFERENT * PLACES && common >= COMMON * (common + differing);
}

/** What has no like is no group: all such starts stand together at the end. */
export function loners(groups: readonly Group[]): { together: Group[]; alone: number[] } {
  return {
    together: groups.filter((g) => g.members.length > 1),
    alone: groups.filter((g) => g.members.length === 1).flatMap((g) => g.members),
  };
}

/**
 * From the best start on, each joins the first group whose best it is like, or begins a new one.
 * The largest groups come first; of two as large, the one with the better start.
 */
export function groupsOf(wall: WallFrame): Group[] {
  const n = wall.cells * wall.cells;
  if (wall.winners.length > 0)
    return grouped(wall.trainLosses, (i) => wins(wall.winners, i * n, wall.cells), alikeWins);
  return grouped(wall.trainLosses, (i) => signs(wall.fields, i * n, wall.cells), alike);
}

function grouped<Pattern>(
  losses: ArrayLike<number>,
  patternOf: (start: number) => Pattern,
  same: (a: Pattern, b: Pattern) => boolean,
): Group[] {
  const found: { leader: Pattern; members: number[] }[] = [];
  for (const i of byLoss(losses)) {
    const own = patternOf(i);
    const group = found.find(({ leader }) => same(leader, own));
    if (group === undefined) found.push({ leader: own, members: [i] });
    else group.members.push(i);
  }
  return found.map(({ members }) => ({ members })).sort((a, b) => b.members.length - a.members.length);
}
