// Runs that are kept beside the present one.

import type { PinFrame } from "../protocol/frames";
import type { FromPage, State } from "../protocol/messages";

export class PinnedRuns {
  /** Their curves and pictures. */
  curves = $state.raw<readonly PinFrame[]>([]);

  constructor(private readonly send: (message: FromPage) => void) {}

  take(pinned: PinFrame): void {
    this.curves = [...this.curves.filter(({ pin }) => pin !== pinned.pin), pinned];
  }

  /** A new State: the curves of pins that are gone go too. */
  settle({ pins }: State): void {
    const left = this.curves.filter((curve) => pins.some(({ pin }) => pin === curve.pin));
    if (left.length < this.curves.length) this.curves = left;
  }

  pin = (): void => this.send({ type: "pin" });
  unpin = (pin: number): void => this.send({ type: "unpin", pin });
  open = (pin: number): void => this.send({ type: "open-pin", pin });
  trainTogether = (on: boolean): void => this.send({ type: "train-pins", on });
}
