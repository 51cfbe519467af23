// An animation of the course of training, which the session draws and sends in parts.

import type { AnimationPart } from "../protocol/frames";
import type { AnimationFact, CancelAnimation, MakeAnimation } from "../protocol/messages";

export type AnimationKind = MakeAnimation["kind"];

export class Animation {
  /** Whether one is being drawn. */
  waiting = $state(false);
  done = $state(0);
  frames = $state(0);
  /** Why there is none; "" where there is nothing to say. */
  problem = $state("");
  #request = 0;
  #parts: Uint8Array<ArrayBuffer>[] = [];
  #save: (parts: Uint8Array<ArrayBuffer>[]) => void = () => undefined;

  constructor(private readonly send: (message: MakeAnimation | CancelAnimation) => void) {}

  /** Has one drawn, and hands over its file. */
  make(kind: AnimationKind, dark: boolean, save: (parts: Uint8Array<ArrayBuffer>[]) => void): void {
    this.#request += 1;
    this.#parts = [];
    this.#save = save;
    this.waiting = true;
    this.problem = "";
    this.done = this.frames = 0;
    this.send({ type: "make-animation", request: this.#request, kind, dark });
  }

  cancel = (): void => {
    if (!this.waiting) return;
    this.waiting = false;
    this.send({ type: "cancel-animation" });
  };

  take({ request, done, frames, problem }: AnimationFact): void {
    if (request !== this.#request || !this.waiting) return;
    if (problem !== "") this.fail(problem);
    else [this.done, this.frames] = [done, frames];
  }

  takePart({ request, start, total, content }: AnimationPart): void {
    if (request !== this.#request || !this.waiting) return;
    this.#parts.push(content.slice());
    if (start + content.length < total) return;
    this.waiting = false;
    this.#save(this.#parts);
    this.#parts = [];
  }

  fail(problem: string): void {
    this.waiting = false;
    this.problem = problem;
  }

  /** The connection is lost, and with it what was being drawn. */
  lose(problem: string): void {
    if (this.waiting) this.fail(problem);
  }
}
