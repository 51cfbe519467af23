// The axis of a map: where a value stands, which values are written beside it.

import type { MapAxisFact } from "../protocol/messages";

/** The value at a share of an axis; the session computes it exactly, this is for what is written. */
export function valueAt({ low, high, log }: MapAxisFact, share: number, whole: boolean): number {
  if (log) {
    const value = low * (high / low) ** share;
    return whole ? Math.round(value) : value;
  }
  return whole ? Math.min(high, Math.floor(low + (high + 1 - low) * share)) : low + (high - low) * share;
}

export interface Tick {
  /** From 0 at the beginning of what is in sight to 1 at its end. */
  at: number;
  value: number;
}

/** The ticks of the part of an axis that begins at the share `first` and is `length` long; at most `most`. */
export function ticks(axis: MapAxisFact, whole: boolean, first: number, length: number, most: number): Tick[] {
  const [low, high] = [ended(axis, first, whole), ended(axis, first + length, whole)];
  const place = (value: number): number => (shareOf(axis, value, whole) - first) / length;
  const values = axis.log && high / low >= 10 ? decades(low, high, most) : steps(low, high, most, whole);
  return values
    .map((value) => ({ value, at: place(value) }))
    .filter(({ at }) => at >= -1e-9 && at <= 1 + 1e-9)
    .slice(0, most + 1);
}

/** The value at a share, between whole numbers as well. */
function ended({ low, high, log }: MapAxisFact, share: number, whole: boolean): number {
  if (log) return low * (high / low) ** share;
  return low + (high + (whole ? 1 : 0) - low) * share;
}

/** Where a value stands; a whole number in the middle of its part. */
function shareOf({ low, high, log }: MapAxisFact, value: number, whole: boolean): number {
  if (log) return Math.log(value / low) / Math.log(high / low);
  return whole ? (value + 0.5 - low) / (high + 1 - low) : (value - low) / (high - low);
}

/** Round numbers of a logarithmic axis: powers of ten, and more of them where there is room. */
function decades(low: number, high: number, most: number): number[] {
  const exponents = Array.from(
    { length: Math.floor(Math.log10(high) + 1e-9) - Math.ceil(Math.log10(low) - 1e-9) + 1 },
    (_, i) => Math.ceil(Math.log10(low) - 1e-9) + i,
  );
  for (const parts of [[1, 2, 5], [1, 3], [1]]) {
    const values = [Math.floor(Math.log10(low)), ...exponents]
      .flatMap((exponent) => parts.map((part) => rounded(part * 10 ** exponent)))
      .filter((value, i, all) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9) && all.indexOf(value) === i);
    if (values.length <= most) return values;
  }
  const apart = Math.ceil(exponents.length / most);
  return exponents.filter((exponent) => exponent % apart === 0).map((exponent) => rounded(10 ** exponent));
}

/** Equal steps of 1, 2 or 5 times a power of ten. */
function steps(low: number, high: number, most: number, whole: boolean): number[] {
  const least = (high - low) / Math.max(1, most);
  const decade = 10 ** Math.floor(Math.log10(least));
  const step = Math.max([1, 2, 5, 10].find((part) => part * decade >= least * (1 - 1e-9)) ?? 10, 0) * decade;
  const size = whole ? Math.max(1, Math.round(step)) : step;
  const first = Math.ceil(low / size - 1e-9);
  const count = Math.floor((whole ? high - 1e-9 : high) / size + (whole ? 0 : 1e-9)) - first + 1;
  return Array.from({ length: Math.max(0, Math.min(count, most + 1)) }, (_, i) => rounded((first + i) * size));
}

function rounded(value: number): number {
  return Number(value.toPrecision(15));
}
