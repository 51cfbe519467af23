// What the server found out about the run: the diagnosis, pinned runs, many starts, what a neuron does; and how to ask.

import { type Goal, steadied } from "./goal";
import { promise } from "./goal";
import { type Pinned, type StartCurves, type Wall, CURVES, PINNED, WALL, kindOf, readCurves, readPinned, readWall } from "../protocol/insight-frames";
import type { Cure, Experiment, Finding, FromPage, NeuronReport, Starts, State, ToPage } from "../protocol/messages";
import type { Place } from "./place";

/** Two digits that matter, so that a run of 1,237 epochs is compared at 1,200. */
export function niceEpochs(epoch: number): number {
  return Number(Math.max(1, epoch).toPrecision(2));
}

/** What many starts are asked for, as one text to compare. */
function asked({ view }: State): string {
  return [view.starts, view.starts_epochs, view.starts_loss, view.starts_points].join();
}

export class Insight {
  findings = $state.raw<Finding[]>([]);
  /** Neurons that the diagnosis speaks of, while it is pointed at. */
  lit = $state.raw<readonly Place[]>([]);
  /** Where the loss is going, held steady. */
  goal = $state.raw<Goal | null>(null);
  /** Curves and pictures of pinned runs, by their number. */
  pinned = $state.raw<ReadonlyMap<number, Pinned>>(new Map());

  /** The drawer of many starts. */
  drawer = $state(false);
  starts = $state.raw<Starts | null>(null);
  wall = $state.raw<Wall | null>(null);
  curves = $state.raw<StartCurves | null>(null);
  threshold = $state(0.05);
  /** How many starts, for how many epochs, and whether each has points of its own: for the next time. */
  n = $state(64);
  epochs = $state(200);
  newPoints = $state(false);
  /** Which start is the run now; null when none is. */
  opened = $state<number | null>(null);
  /** What the starts were started from. */
  #startedFrom = "";

  report = $state.raw<NeuronReport | null>(null);
  /** Whether the folds of the first layer are drawn over the output. */
  folds = $state(false);

  constructor(
    private readonly send: (message: FromPage) => void,
    private readonly present: () => number,
  ) {}

  // --- What the server says ----------------------------------------------------

  hear(message: ToPage): void {
    switch (message.type) {
      case "diagnosis": {
        this.findings = message.findings;
        const told = promise(message.findings);
        this.goal = steadied(this.goal, told === null ? null : { epoch: this.present() + told.left, loss: told.loss });
        break;
      }
      case "starts":
        this.#starts(message);
        break;
      case "neuron-report":
        this.report = message;
        break;
    }
  }

  #starts(message: Starts): void {
    if (message.n === 0) {
      this.starts = null;
      this.wall = null;
      this.curves = null;
    } else this.starts = message;
  }

  see(bytes: ArrayBuffer): void {
    switch (kindOf(bytes)) {
      case PINNED: {
        const pinned = readPinned(bytes);
        this.pinned = new Map(this.pinned).set(pinned.pin, pinned);
        break;
      }
      case WALL:
        this.wall = readWall(bytes);
        break;
      case CURVES:
        this.curves = readCurves(bytes);
        break;
    }
  }

  /** A new State: pins that are gone are forgotten, and the run may not be one of the starts any more. */
  facts(before: State | null, state: State): void {
    if (before === null || asked(before) !== asked(state)) {
      const { view } = state;
      [this.n, this.epochs, this.threshold, this.newPoints] = [view.starts, view.starts_epochs, view.starts_loss, view.starts_points];
    }
    const gone = [...this.pinned.keys()].filter((pin) => !state.pins.some((p) => p.pin === pin));
    if (gone.length > 0) this.pinned = new Map([...this.pinned].filter(([pin]) => !gone.includes(pin)));
    if (before !== null && before.run !== state.run) {
      this.report = null;
      this.goal = null;
      if (this.#opening) this.#opening = false;
      else this.opened = null;
    }
  }

  #opening = false;

  // --- Intentions -----------------------------------------------------------------

  pin = (): void => this.send({ type: "pin" });
  unpin = (pin: number): void => this.send({ type: "unpin", pin });
  openPin = (pin: number): void => this.send({ type: "open-pin", pin });
  trainPins = (on: boolean): void => this.send({ type: "train-pins", on });

  try(cure: Cure): void {
    this.lit = [];
    this.send({ type: "branch", settings: cure.settings });
  }

  ask(place: Place): void {
    this.send({ type: "ask-neuron", layer: place.layer - 1, neuron: place.neuron });
  }

  /** `neuron` null is the whole layer. */
  freeze(layer: number, neuron: number | null, frozen: boolean): void {
    this.send({ type: "freeze", layer: layer - 1, neuron, frozen });
  }

  switch(place: Place, on: boolean): void {
    this.send({ type: "switch", layer: place.layer - 1, neuron: place.neuron, on });
  }

  /** Opens the drawer. Starts of another experiment, or none, would answer nothing: then it begins at once. */
  openDrawer(experiment: Experiment): void {
    this.drawer = true;
    if (!this.isOld(experiment)) return;
    if (this.starts === null && this.present() >= 50) this.epochs = Math.min(100_000, niceEpochs(this.present()));
    this.startMany(experiment);
  }

  /** Puts what the starts are asked for into the address. */
  keep(): void {
    const view = { starts: this.n, starts_epochs: this.epochs, starts_loss: this.threshold, starts_points: this.newPoints };
    this.send({ type: "change-view", view });
  }

  startMany(experiment: Experiment): void {
    this.keep();
    this.#startedFrom = JSON.stringify(experiment);
    this.opened = this.newPoints ? null : 0;
    this.send({ type: "start-many", n: this.n, epochs: this.epochs, new_points: this.newPoints });
  }

  stopMany = (): void => this.send({ type: "stop-many" });

  openStart(index: number): void {
    this.#opening = true;
    this.opened = index;
    this.send({ type: "open-start", index });
  }

  /** Whether the starts that there are belong to another experiment than this: only `start` may differ. */
  isOld(experiment: Experiment): boolean {
    if (this.starts === null || this.#startedFrom === "") return this.starts === null;
    const then = JSON.parse(this.#startedFrom) as Experiment;
    return JSON.stringify({ ...then, start: 0 }) !== JSON.stringify({ ...experiment, start: 0 });
  }
}
