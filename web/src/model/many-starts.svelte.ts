// The same experiment from many initial weights.

import type { CurvesFrame, WallFrame } from "../protocol/frames";
import type { Setup, FromPage, StartsFact, State } from "../protocol/messages";

const MOST_EPOCHS = 100_000;
/** From this epoch on the run itself says for how long starts should train. */
const LONG_RUN = 50;

/** Two significant digits, so that a run of 1,237 epochs is compared at 1,200. */
function niceEpochs(epoch: number): number {
  return Math.min(MOST_EPOCHS, Number(Math.max(1, epoch).toPrecision(2)));
}

/** What many starts are asked for, as one text to compare. */
function asked({ view }: State): string {
  return [view.starts, view.starts_epochs, view.starts_loss, view.starts_points].join();
}

export class ManyStarts {
  /** Whether the drawer is open. */
  drawer = $state(false);
  /** How far they are; null where there are none. */
  progress = $state.raw<StartsFact | null>(null);
  wall = $state.raw<WallFrame | null>(null);
  curves = $state.raw<CurvesFrame | null>(null);
  /** A start succeeds with a training loss no larger than this. */
  threshold = $state(0.05);
  /** How many starts, for how many epochs, and whether each has other points: for the next time. */
  n = $state(64);
  epochs = $state(200);
  newPoints = $state(false);
  /** Which start is the run now; null when none is. */
  opened = $state<number | null>(null);
  /** The experiment that they were started from, as JSON. */
  #startedFrom = "";
  #opening = false;

  constructor(
    private readonly send: (message: FromPage) => void,
    private readonly present: () => number,
  ) {}

  take(progress: StartsFact): void {
    if (progress.n > 0) {
      this.progress = progress;
      return;
    }
    this.progress = null;
    this.wall = null;
    this.curves = null;
  }

  /** A new State: it says what is asked for, and the run may no longer be one of the starts. */
  settle(before: State | null, state: State): void {
    if (before === null || asked(before) !== asked(state)) {
      const { view } = state;
      [this.n, this.epochs] = [view.starts, view.starts_epochs];
      [this.threshold, this.newPoints] = [view.starts_loss, view.starts_points];
    }
    if (before === null || before.run === state.run) return;
    if (this.#opening) this.#opening = false;
    else this.opened = null;
  }

  /** Opens the drawer. Starts of another experiment, or none, would answer nothing: then new ones begin at once. */
  openDrawer(experiment: Setup): void {
    this.drawer = true;
    if (!this.#isOld(experiment)) return;
    if (this.progress === null && this.present() >= LONG_RUN) this.epochs = niceEpochs(this.present());
    this.start(experiment);
  }

  setEpochs(epochs: number): void {
    this.epochs = Math.min(MOST_EPOCHS, Math.round(epochs));
  }

  /** Puts what the starts are asked for into the link. */
  keep(): void {
    const { n, epochs, threshold, newPoints } = this;
    const view = { starts: n, starts_epochs: epochs, starts_loss: threshold, starts_points: newPoints };
    this.send({ type: "change-view", view });
  }

  start(experiment: Setup): void {
    this.keep();
    this.#startedFrom = JSON.stringify(experiment);
    this.opened = this.newPoints ? null : 0;
    this.send({ type: "start-many", n: this.n, epochs: this.epochs, new_points: this.newPoints });
  }

  stop = (): void => this.send({ type: "stop-many" });

  /** Makes this start the run. */
  open(index: number): void {
    this.#opening = true;
    this.opened = index;
    this.send({ type: "open-start", index });
  }

  /** Whether the starts belong to another experiment than this: only `start` may differ. */
  #isOld(experiment: Setup): boolean {
    if (this.progress === null || this.#startedFrom === "") return this.progress === null;
    const then = JSON.parse(this.#startedFrom) as Setup;
    return JSON.stringify({ ...then, start: 0 }) !== JSON.stringify({ ...experiment, start: 0 });
  }
}
