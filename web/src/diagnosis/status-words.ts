// How the run is, in a few words.

import type { Frame } from "../protocol/frames";
import { count, loss } from "../numbers/format";

type Moment = Pick<Frame, "diverged" | "playing" | "epochsPerSecond" | "position" | "epoch">;

export function statusWords(frame: Moment, canPlay = true): string {
  if (frame.diverged) return "Training diverged: a weight or the loss has overflowed. Try a smaller learning rate.";
  if (frame.playing) {
    const speed = frame.epochsPerSecond;
    return speed > 0
      ? `Training, ${speed < 10 ? slow(speed) : count(Math.round(speed))} epochs per second`
      : "Training";
  }
  if (frame.position > 0)
    return `Paused in epoch ${count(frame.epoch + 1)}, after ${count(frame.position)} ${frame.position === 1 ? "point" : "points"}`;
  if (frame.epoch > 0) return `Paused at epoch ${count(frame.epoch)}`;
  return canPlay ? "Ready. Press Play to train." : "Ready.";
}

/** A few epochs a second, or less than one: two significant digits, so that it never reads as 0. */
function slow(speed: number): string {
  return speed >= 1 ? speed.toFixed(1) : loss(speed);
}
