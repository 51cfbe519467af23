// How the run is, in a few words.

import type { Frame } from "../protocol/frames";
import { count, loss } from "../numbers/format";
import * as DIAGNOSIS from "../words/diagnosis";

type Moment = Pick<Frame, "diverged" | "playing" | "epochsPerSecond" | "position" | "epoch">;

/** `advises` is false while the diagnosis is hidden: then nothing is said about causes and cures. */
export function statusWords(frame: Moment, canPlay = true, advises = true): string {
  if (frame.diverged) return advises ? DIAGNOSIS.diverged : DIAGNOSIS.divergedOnly;
  if (frame.playing) {
    const speed = frame.epochsPerSecond;
    return speed > 0 ? DIAGNOSIS.trainingAt(speed < 10 ? slow(speed) : count(Math.round(speed))) : DIAGNOSIS.training;
  }
  if (frame.position > 0) return DIAGNOSIS.pausedIn(count(frame.epoch + 1), frame.position, count(frame.position));
  if (frame.epoch > 0) return DIAGNOSIS.pausedAt(count(frame.epoch));
  return canPlay ? DIAGNOSIS.readyToTrain : DIAGNOSIS.ready;
}

/** A few epochs a second, or less than one: two significant digits, so that it never reads as 0. */
function slow(speed: number): string {
  return speed >= 1 ? speed.toFixed(1) : loss(speed);
}
