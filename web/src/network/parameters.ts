// Where a weight stands in the flat array of parameters: layer by layer, weights [to][from], then biases.

export class ParameterLayout {
  readonly sizes: readonly number[];
  readonly count: number;
  /** Where the weights into layer l + 1 begin. */
  readonly #start: number[] = [];

  constructor(sizes: readonly number[]) {
    this.sizes = sizes;
    let offset = 0;
    for (let layer = 0; layer + 1 < sizes.length; layer++) {
      this.#start.push(offset);
      offset += (this.#size(layer) + 1) * this.#size(layer + 1);
    }
    this.count = offset;
  }

  /** `layer` 0 holds the weights from the inputs into the first layer. */
  weight(layer: number, to: number, from: number): number {
    return (this.#start[layer] ?? 0) + to * this.#size(layer) + from;
  }

  bias(layer: number, neuron: number): number {
    return (this.#start[layer] ?? 0) + this.#size(layer) * this.#size(layer + 1) + neuron;
  }

  /** Where a neuron's output stands among the activations of all, inputs first. */
  activation(layer: number, neuron: number): number {
    let offset = neuron;
    for (let l = 0; l < layer; l++) offset += this.#size(l);
    return offset;
  }

  /** Where a hidden or output neuron's field stands among the small fields. */
  field(layer: number, neuron: number): number {
    return this.activation(layer, neuron) - this.#size(0);
  }

  #size(layer: number): number {
    return this.sizes[layer] ?? 0;
  }
}
