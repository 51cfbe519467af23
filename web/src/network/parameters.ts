// Where a weight stands in the flat array of parameters: layer by layer, weights [to][from], then biases.

import { INPUTS, outputLayer, sizeOf } from "../model/place";

export class ParameterLayout {
  readonly sizes: readonly number[];
  readonly count: number;
  /** Where the weights into each layer begin. */
  readonly #start: number[] = [];

  constructor(sizes: readonly number[]) {
    this.sizes = sizes;
    let offset = 0;
    for (let layer = 0; layer <= outputLayer(sizes); layer++) {
      this.#start.push(offset);
      offset += (sizeOf(sizes, layer - 1) + 1) * sizeOf(sizes, layer);
    }
    this.count = offset;
  }

  weight(layer: number, to: number, from: number): number {
    return (this.#start[layer] ?? 0) + to * sizeOf(this.sizes, layer - 1) + from;
  }

  bias(layer: number, neuron: number): number {
    return (this.#start[layer] ?? 0) + sizeOf(this.sizes, layer - 1) * sizeOf(this.sizes, layer) + neuron;
  }

  /** Where a neuron's output stands among the activations of all, inputs first. */
  activation(layer: number, neuron: number): number {
    let offset = neuron;
    for (let before = INPUTS; before < layer; before++) offset += sizeOf(this.sizes, before);
    return offset;
  }

  /** Where a hidden or output neuron's field stands among the small fields. */
  field(layer: number, neuron: number): number {
    return this.activation(layer, neuron) - sizeOf(this.sizes, INPUTS);
  }
}
