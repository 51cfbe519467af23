// What neurons, weights and biases are called, everywhere the same.

import { INPUTS, type Place, outputLayer } from "../model/place";
import * as NETWORK from "../words/network";

/**
 * "X1", "neuron 2 of layer 1", "output neuron". `inputs` are the labels of the features in use, `classes` the names of
 * the classes of several outputs.
 */
export function neuronName(
  place: Place,
  sizes: readonly number[],
  inputs: readonly string[],
  classes: readonly string[] = [],
): string {
  if (place.layer === INPUTS) return inputs[place.neuron] ?? NETWORK.input(place.neuron + 1);
  if (place.layer === outputLayer(sizes)) {
    const of = classes[place.neuron];
    return of === undefined ? NETWORK.outputNeuron : NETWORK.outputNeuronOf(of);
  }
  return NETWORK.neuronOfLayer(place.neuron + 1, place.layer + 1);
}

export function weightName(
  layer: number,
  to: number,
  from: number,
  sizes: readonly number[],
  inputs: readonly string[],
  classes: readonly string[] = [],
): string {
  const source = neuronName({ layer: layer - 1, neuron: from }, sizes, inputs);
  return NETWORK.weight(source, neuronName({ layer, neuron: to }, sizes, inputs, classes));
}

export function biasName(
  place: Place,
  sizes: readonly number[],
  inputs: readonly string[],
  classes: readonly string[] = [],
): string {
  return NETWORK.bias(neuronName(place, sizes, inputs, classes));
}

/** "x₁ → neuron 2", beside a weight that is pointed at. `symbols` are those of the features in use. */
export function shortWeightName(
  { layer, to, from }: { layer: number; to: number; from: number },
  sizes: readonly number[],
  symbols: readonly string[],
  classes: readonly string[] = [],
): string {
  const short = (place: Place): string =>
    place.layer === INPUTS
      ? (symbols[place.neuron] ?? NETWORK.input(place.neuron + 1))
      : place.layer === outputLayer(sizes)
        ? (classes[place.neuron] ?? NETWORK.shortOutput)
        : NETWORK.shortNeuron(place.neuron + 1);
  return NETWORK.shortWeight(short({ layer: layer - 1, neuron: from }), short({ layer, neuron: to }));
}

export function shortBiasName(place: Place, sizes: readonly number[], classes: readonly string[] = []): string {
  if (place.layer !== outputLayer(sizes)) return NETWORK.shortBias(place.neuron + 1);
  const of = classes[place.neuron];
  return of === undefined ? NETWORK.shortBiasOfOutput : NETWORK.bias(of);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
