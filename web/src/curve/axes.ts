// The axes of the loss curve: how far they reach, and which numbers stand on them.

export interface Axis {
  low: number;
  high: number;
  log: boolean;
}

const STEPS = [1, 1.5, 2, 3, 4, 6, 8];

/** The end of the axis of epochs: it stays put while there is room, then takes one step. */
export function epochEnd(epoch: number): number {
  const wanted = Math.max(20, epoch * 1.08);
  const decade = 10 ** Math.floor(Math.log10(wanted));
  for (const step of STEPS) if (step * decade >= wanted) return step * decade;
  return 10 * decade;
}

/** Distance between two numbers on the axis of epochs, so that at most `most` of them stand there. */
export function epochStep(end: number, most: number): number {
  let step = 1;
  const factors = [2, 2.5, 2];
  for (let i = 0; end / step > most; i++) step *= factors[i % 3] as number;
  return step;
}

/** An axis that holds all losses from `least` to `greatest`, its ends on round numbers. */
export function lossAxis(least: number, greatest: number, log: boolean): Axis {
  if (!(greatest > 0)) return { low: log ? 0.01 : 0, high: 1, log };
  if (!log) return { low: 0, high: round(greatest * 1.05, [1, 2, 3, 4, 5, 6, 8], Math.ceil), log };
  const top = round(greatest, [1, 2, 3, 6], Math.ceil);
  const bottom = Math.max(1e-12, least > 0 ? least : top * 1e-6);
  const low = round(bottom, [1, 2, 3, 6], Math.floor);
  return { low: Math.min(low, top / 4), high: top, log };
}

function round(value: number, steps: readonly number[], way: (x: number) => number): number {
  const decade = 10 ** Math.floor(Math.log10(value) + 1e-12);
  const share = value / decade;
  if (way === Math.ceil) return (steps.find((s) => s >= share - 1e-9) ?? 10) * decade;
  return (steps.findLast((s) => s <= share + 1e-9) ?? 1) * decade;
}

/** Where a loss stands from the bottom (0) to the top (1), held inside. */
export function lossPosition(axis: Axis, loss: number): number {
  if (Number.isNaN(loss)) return 1;
  const t = axis.log
    ? Math.log(Math.max(loss, axis.low) / axis.low) / Math.log(axis.high / axis.low)
    : (loss - axis.low) / (axis.high - axis.low);
  return Math.max(0, Math.min(1, t));
}

/** The numbers beside the curve: decades first, then thirds and halves as long as they keep `apart` pixels. */
export function lossTicks(axis: Axis, height: number, apart: number): number[] {
  const ticks: number[] = [];
  const place = (v: number): void => {
    const at = lossPosition(axis, v) * height;
    const roomy = (u: number): boolean => Math.abs(lossPosition(axis, u) * height - at) >= apart;
    if (v >= axis.low * (1 - 1e-9) && v <= axis.high * (1 + 1e-9) && ticks.every(roomy)) ticks.push(v);
  };
  if (axis.log) {
    const first = Math.floor(Math.log10(axis.low));
    const last = Math.ceil(Math.log10(axis.high));
    for (const part of [1, 3, 2, 5]) for (let d = last; d >= first; d--) place(part * 10 ** d);
  } else {
    const parts = Math.max(1, Math.min(4, Math.floor(height / Math.max(24, apart))));
    for (let i = 0; i <= parts; i++) place((axis.high * i) / parts);
  }
  return ticks;
}
