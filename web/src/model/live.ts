// What changes with every frame. It is drawn imperatively: components subscribe, nothing here is reactive.

import { CurveData } from "./curve-data";
import { type Frame, emptyFrame, readFrame } from "../protocol/frames";

/** The number of no run. */
const NO_RUN = -1;

export type Draw = () => void;

export class Live {
  readonly frame: Frame = { ...emptyFrame(), run: NO_RUN, curveStride: 1, trainLoss: NaN, testLoss: NaN };
  readonly curve = new CurveData();
  /** How many frames have come; 0 until the first. */
  arrived = 0;
  /** Whether frames show the past: then the curve continues beyond them. */
  past = false;
  readonly #drawings = new Set<Draw>();
  #due = 0;
  /** Nobody sees it: a frame waits to be drawn, and no other is asked for. */
  #hidden = false;
  #waits = false;

  /** `drawn` is called with a frame's number when all have drawn it. */
  constructor(private readonly drawn: (frame: number) => void) {}

  /** Calls `draw` at each frame from now on; gives the function that ends it. */
  subscribe(draw: Draw): () => void {
    this.#drawings.add(draw);
    if (this.arrived > 0) draw();
    return () => this.#drawings.delete(draw);
  }

  take(message: ArrayBuffer): void {
    const frame = readFrame(message, this.frame);
    this.curve.take(frame.run, frame.curveStride, frame.epoch, frame.curve, this.past);
    this.arrived++;
    this.#waits = true;
    this.#request();
  }

  /** Draws nothing while the page is out of sight; the session sends no other frame until this one was drawn. */
  hide(hidden: boolean): void {
    this.#hidden = hidden;
    if (hidden) {
      cancelAnimationFrame(this.#due);
      this.#due = 0;
    } else this.#request();
  }

  /** What the state says about past and present: the present may be another one than it was. */
  stand(past: boolean, present: number): void {
    this.past = past;
    this.curve.end(present);
    for (const draw of this.#drawings) if (this.arrived > 0) draw();
  }

  destroy(): void {
    cancelAnimationFrame(this.#due);
    this.#drawings.clear();
  }

  /** The latest wins: a frame that comes before the last was drawn takes its place. */
  #request(): void {
    if (this.#waits && !this.#hidden && this.#due === 0) this.#due = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#due = 0;
    this.#waits = false;
    for (const draw of this.#drawings) draw();
    this.drawn(this.frame.frame);
  }
}
