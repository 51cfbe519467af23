// How the run is, in a few words.

import type { Frame } from "../protocol/frames";
import { count } from "../numbers/format";

type Moment = Pick<Frame, "diverged" | "playing" | "epochsPerSecond" | "position" | "epoch">;

export function statusWords(frame: Moment): string {
  if (frame.diverged) return "Training diverged: a weight or the loss has overflowed. Try a smaller learning rate.";
  if (frame.playing) {
    const speed = frame.epochsPerSecond;
    return speed > 0
      ? `Training, ${speed < 10 ? speed.toFixed(1) : count(Math.round(speed))} epochs a second`
      : "Training";
  }
  if (frame.position > 0)
    return `Paused in epoch ${count(frame.epoch + 1)}, after ${count(frame.position)} ${frame.position === 1 ? "point" : "points"}`;
  return frame.epoch === 0 ? "Ready. Press play to train." : `Paused at epoch ${count(frame.epoch)}`;
}
