// What one neuron does, and the experiments with it: freezing and switching it off.

import type { FromPage, NeuronFact } from "../protocol/messages";
import type { Place } from "./place";

export class NeuronStudy {
  report = $state.raw<NeuronFact | null>(null);
  /** Whether the boundaries of the first layer's neurons are drawn over the output. */
  boundaries = $state(false);

  constructor(private readonly send: (message: FromPage) => void) {}

  ask({ layer, neuron }: Place): void {
    this.send({ type: "ask-neuron", layer, neuron });
  }

  /** `neuron` null is the whole layer. */
  freeze(layer: number, neuron: number | null, frozen: boolean): void {
    this.send({ type: "freeze", layer, neuron, frozen });
  }

  switch({ layer, neuron }: Place, on: boolean): void {
    this.send({ type: "switch", layer, neuron, on });
  }
}
