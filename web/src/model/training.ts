// What starts, stops and paces training, and goes back in it.

import type { FromPage, Speed, State } from "../protocol/messages";
import type { Live } from "./live";
import type { Preferences } from "./preferences.svelte";

export class Training {
  #playing = false;

  constructor(
    private readonly send: (message: FromPage) => void,
    private readonly live: Live,
    private readonly preferences: Preferences,
  ) {}

  play = (): void => {
    this.preferences.use("play");
    this.send({ type: "play" });
  };
  pause = (): void => this.send({ type: "pause" });
  toggle = (): void => (this.#playing ? this.pause() : this.play());
  step = (): void => {
    this.preferences.use("play");
    this.send({ type: "step" });
  };
  reset = (): void => this.send({ type: "reset" });
  rewind = (): void => this.send({ type: "rewind" });
  speed = (speed: Speed): void => this.send({ type: "set-speed", speed });

  stopAt(epoch: number | null, loss: number | null): void {
    this.send({ type: "stop-at", epoch, train_loss: loss });
  }

  /** Shows the run as it was after this epoch; null is back to the present. */
  seek = (epoch: number | null): void => {
    if (epoch === null && !this.live.past) return;
    // Known before the first frame of the past comes, which would otherwise shorten the curve.
    this.live.past = true;
    this.send({ type: "seek", epoch });
  };

  settle({ playing, in_past, present }: State): void {
    this.#playing = playing;
    this.live.stand(in_past, playing ? Infinity : present);
  }
}
