// Changes of the experiment. A drag is held here and nowhere else: sliders show it, the server gets it.

import type { Change, OptionObject, Settings, Setup } from "../protocol/messages";
import type { OptionField } from "./options";

/** Milliseconds between two messages of one drag. */
const PACE = 40;

export class Changes {
  /** A change continues with the weights as they are, where it can. */
  keepWeights = $state(false);
  /** What was dragged to, until the server has answered it. */
  #draft = $state.raw<Partial<Setup> | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dragging = false;

  constructor(private readonly send: (message: Change) => void) {}

  get dragging(): boolean {
    return this.#dragging;
  }

  /** While a control is dragged `done` is false; the whole drag is one step to undo. */
  change(settings: Partial<Setup>, done: boolean): void {
    if (!done) {
      this.#dragging = true;
      this.#draft = settings;
      this.#timer ??= setTimeout(() => this.#sendDraft(), PACE);
      return;
    }
    this.#stopTimer();
    if (this.#dragging) this.#draft = settings;
    this.#dragging = false;
    this.#send(settings, true);
  }

  /** Chooses an option, with values for some of its parameters. */
  choose(field: OptionField, option: OptionObject): void {
    this.#send({ [field]: option }, true);
  }

  /** The experiment as controls show it: as the server knows it, except what is being dragged. */
  applyTo(experiment: Setup): Setup {
    return this.#draft === null ? experiment : { ...experiment, ...this.#draft };
  }

  /** A new State: the draft goes when the drag is over and the server has what it ended with. */
  settle(experiment: Setup): void {
    if (this.#dragging || this.#draft === null) return;
    const known = Object.entries(this.#draft).every(([name, value]) => experiment[name as keyof Setup] === value);
    if (known) this.#draft = null;
  }

  /** The server refused, or something else was done: what the server says holds. */
  drop(): void {
    if (!this.#dragging) this.#draft = null;
  }

  /** There is no server to drag for. */
  cancel(): void {
    this.#stopTimer();
    this.#dragging = false;
    this.#draft = null;
  }

  #sendDraft(): void {
    this.#timer = undefined;
    if (this.#draft !== null) this.#send(this.#draft, false);
  }

  #send(settings: Settings, done: boolean): void {
    this.send({ type: "change", settings, keep_weights: this.keepWeights, done });
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
