// Opening a link that was pasted: the server says whether there is an experiment in it.

import type { LinkOpened, Open } from "../protocol/messages";

export class LinkOpening {
  /** Whether the answer is still to come. */
  waiting = $state(false);
  /** Why the last link could not be opened; "" while there is nothing to say. */
  refusal = $state("");
  #request = 0;
  #opened: () => void = () => undefined;

  constructor(private readonly send: (message: Open) => void) {}

  /** Opens a link; calls `opened` once that is done. A link that is refused changes nothing. */
  open(link: string, opened: () => void): void {
    this.#request += 1;
    this.#opened = opened;
    this.refusal = "";
    this.waiting = true;
    this.send({ type: "open", link, request: this.#request });
  }

  take(answer: LinkOpened): void {
    if (answer.request !== this.#request || !this.waiting) return;
    this.waiting = false;
    this.refusal = answer.refusal ?? "";
    if (answer.refusal === null) this.#opened();
  }

  /** There will be no answer, or none that helps. */
  fail(reason: string): void {
    if (!this.waiting) return;
    this.waiting = false;
    this.refusal = reason;
  }

  /** Nobody waits any longer, and what was said is forgotten. */
  forget(): void {
    this.waiting = false;
    this.refusal = "";
  }
}
