// What the diagnosis says about the run.

import type { CureFact, DiagnosisFact, FindingFact, FromPage } from "../protocol/messages";
import { type Goal, promise, steadied } from "./goal";
import type { Place } from "./place";

export class Findings {
  #all = $state.raw<readonly FindingFact[]>([]);
  #lit = $state.raw<readonly Place[]>([]);
  #goal = $state.raw<Goal | null>(null);

  constructor(
    private readonly send: (message: FromPage) => void,
    private readonly present: () => number,
    /** Whether the diagnosis is hidden, as in a lesson that asks for one: then nothing of it is shown anywhere. */
    private readonly hidden: () => boolean,
  ) {}

  get all(): readonly FindingFact[] {
    return this.hidden() ? [] : this.#all;
  }

  /** Neurons that a finding is about, while it is pointed at. */
  get lit(): readonly Place[] {
    return this.hidden() ? [] : this.#lit;
  }

  set lit(places: readonly Place[]) {
    this.#lit = places;
  }

  /** The loss that training leads to, held steady. */
  get goal(): Goal | null {
    return this.hidden() ? null : this.#goal;
  }

  take({ findings }: DiagnosisFact): void {
    this.#all = findings;
    const promised = promise(findings);
    const goal = promised === null ? null : { epoch: this.present() + promised.left, loss: promised.loss };
    this.#goal = steadied(this.#goal, goal);
  }

  /** Another run has begun. */
  forget(): void {
    this.#goal = null;
  }

  /** Pins this run and starts a new one with the change. */
  try(cure: CureFact): void {
    this.#lit = [];
    this.send({ type: "branch", settings: cure.settings });
  }
}
