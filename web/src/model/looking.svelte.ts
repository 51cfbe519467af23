// Which neuron is looked at, and how finely fields are drawn: what the next frames hold.

import type { FeatureChoice, State, Watch } from "../protocol/messages";
import { INPUTS, type Place, outputLayer, samePlace, sizeOf } from "./place";

/** A pointer that crosses the network touches many neurons: only where it rests is asked for. */
const REST_MILLISECONDS = 12;

export class Looking {
  /** Clicked: everything else goes pale. */
  focused = $state.raw<Place | null>(null);
  /** Under the pointer or the keyboard's focus. */
  pointed = $state.raw<Place | null>(null);
  /** A feature that is off, under the pointer: it has no place in the network, only a picture. */
  previewed = $state.raw<FeatureChoice | null>(null);
  /** On the phone: the dialog about the focused neuron, and the network over the whole screen. */
  studying = $state(false);
  wholeNetwork = $state(false);
  /** Whether the network is larger than its place on the page. */
  overflows = $state(false);
  readonly looked: Place | null = $derived(this.pointed ?? this.focused);
  /** Whether frames say into which class each point is put. */
  #predictions = false;
  #cells = { neuron: 24, output: 100 };
  #sizes: readonly number[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly send: (watch: Watch) => void) {}

  point(place: Place | null): void {
    if (samePlace(place, this.pointed)) return;
    this.pointed = place;
    this.#watchSoon();
  }

  /** Focuses a neuron, or leaves the one that is focused. */
  focus(place: Place | null): void {
    this.focused = samePlace(place, this.focused) ? null : place;
    this.#watchSoon();
  }

  /** Looks at the whole page again. */
  leave(): void {
    this.studying = this.wholeNetwork = false;
    if (this.focused !== null) this.focus(null);
  }

  /** How fine the fields should be, in cells along one side. */
  draws(neuron: number, output: number): void {
    if (this.#cells.neuron === neuron && this.#cells.output === output) return;
    this.#cells = { neuron, output };
    this.watch();
  }

  /** Whether the next frames are to say into which class each point is put. */
  predict(on: boolean): void {
    if (this.#predictions === on) return;
    this.#predictions = on;
    this.watch();
  }

  /** A new State: a neuron that is gone is not looked at. */
  settle(before: State | null, state: State): void {
    this.#sizes = state.sizes;
    if (before === null) return;
    const sameSizes = before.sizes.join() === state.sizes.join();
    if (sameSizes && before.experiment.features.join() === state.experiment.features.join()) return;
    if (!this.#exists(this.focused) || this.focused?.layer === INPUTS) this.focused = null;
    if (!this.#exists(this.pointed)) this.pointed = null;
  }

  watch(): void {
    const look = this.looked;
    // A single output is what is sent without a focus.
    const layer = outputLayer(this.#sizes);
    const whole = look !== null && look.layer === layer && sizeOf(this.#sizes, layer) === 1;
    this.send({
      type: "watch",
      neuron_cells: this.#cells.neuron,
      output_cells: this.#cells.output,
      focus: whole ? null : look,
      ...(this.#predictions ? { predictions: true } : {}),
    });
  }

  destroy(): void {
    clearTimeout(this.#timer);
  }

  #watchSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.watch(), REST_MILLISECONDS);
  }

  #exists(place: Place | null): boolean {
    return place !== null && place.neuron < sizeOf(this.#sizes, place.layer);
  }
}
