// The weighted sum of a neuron, in numbers, as a teacher would read it out.

import { MINUS, fixed } from "../numbers/format";

export interface Term {
  /** Its place among the neuron's inputs. */
  input: number;
  /** Its place among the parameters. */
  index: number;
  name: string;
}

export interface Sum {
  terms: Term[];
  /** How many inputs are not named. */
  more: number;
  /** Place of the bias among the parameters. */
  bias: number;
}

/** The weighted sum of a neuron: all its inputs when they are few, else the `most` largest in their order. */
export function weightedSum(
  names: readonly string[],
  start: number,
  bias: number,
  values: Float64Array,
  most: number,
): Sum {
  const order = names.map((_, input) => input);
  order.sort((a, b) => Math.abs(values[start + b] ?? 0) - Math.abs(values[start + a] ?? 0));
  const named = (names.length <= most + 1 ? order : order.slice(0, most)).sort((a, b) => a - b);
  return {
    bias,
    terms: named.map((input) => ({ input, index: start + input, name: names[input] ?? "" })),
    more: names.length - named.length,
  };
}

/** One number of a sum with its sign: "0.53" or "−0.53" at the beginning, " + 0.53" or " − 0.53" after. */
export function signed(value: number, first: boolean, decimals = 2): string {
  const size = fixed(Math.abs(value), decimals);
  const negative = value < 0 && Number(value.toFixed(decimals)) !== 0;
  if (first) return negative ? MINUS + size : size;
  return negative ? ` ${MINUS} ${size}` : ` + ${size}`;
}
