// What neurons, weights and biases are called, everywhere the same.

/** Where a neuron is, seen from the whole network. */
export interface Place {
  layer: number;
  neuron: number;
}

export function samePlace(a: Place | null, b: Place | null): boolean {
  return a === b || (a !== null && b !== null && a.layer === b.layer && a.neuron === b.neuron);
}

/** "X1", "neuron 2 of layer 1", "output neuron". `inputs` are the labels of the features in use. */
export function neuronName(place: Place, sizes: readonly number[], inputs: readonly string[]): string {
  if (place.layer === 0) return inputs[place.neuron] ?? `input ${place.neuron + 1}`;
  if (place.layer === sizes.length - 1) return "output neuron";
  return `neuron ${place.neuron + 1} of layer ${place.layer}`;
}

export function weightName(
  layer: number, to: number, from: number, sizes: readonly number[], inputs: readonly string[],
): string {
  const source = neuronName({ layer, neuron: from }, sizes, inputs);
  return `Weight from ${source} to ${neuronName({ layer: layer + 1, neuron: to }, sizes, inputs)}`;
}

export function biasName(place: Place, sizes: readonly number[], inputs: readonly string[]): string {
  return `Bias of ${neuronName(place, sizes, inputs)}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A symbol with real sub- and superscripts ("x₁²") taken apart, to be set with <sub> and <sup>. */
export function symbolParts(symbol: string): { text: string; kind: "plain" | "sub" | "sup" }[] {
  const parts: { text: string; kind: "plain" | "sub" | "sup" }[] = [];
  for (const sign of symbol) {
    const below = "₀₁₂₃₄₅₆₇₈₉".indexOf(sign);
    const above = "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(sign);
    const kind = below >= 0 ? "sub" : above >= 0 ? "sup" : "plain";
    const text = below >= 0 ? String(below) : above >= 0 ? String(above) : sign;
    const last = parts.at(-1);
    if (last?.kind === kind) last.text += text;
    else parts.push({ text, kind });
  }
  return parts;
}
