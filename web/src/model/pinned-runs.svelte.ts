// Runs that are kept beside the present one.

import type { Pinned } from "../protocol/insight-frames";
import type { FromPage, State } from "../protocol/messages";

export class PinnedRuns {
  /** Curves and pictures, by the number of the pin. */
  curves = $state.raw<ReadonlyMap<number, Pinned>>(new Map());

  constructor(private readonly send: (message: FromPage) => void) {}

  take(pinned: Pinned): void {
    this.curves = new Map(this.curves).set(pinned.pin, pinned);
  }

  /** A new State: the curves of pins that are gone go too. */
  settle({ pins }: State): void {
    const kept = new Set(pins.map(({ pin }) => pin));
    const left = [...this.curves].filter(([pin]) => kept.has(pin));
    if (left.length < this.curves.size) this.curves = new Map(left);
  }

  pin = (): void => this.send({ type: "pin" });
  unpin = (pin: number): void => this.send({ type: "unpin", pin });
  open = (pin: number): void => this.send({ type: "open-pin", pin });
  trainTogether = (on: boolean): void => this.send({ type: "train-pins", on });
}
