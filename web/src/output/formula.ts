// What a neuron computes, in numbers and in words, as a teacher would read it out.

import { MINUS, fixed } from "../numbers/format";

export interface Term {
  /** Its place among the neuron's inputs. */
  input: number;
  /** Its place among the parameters. */
  index: number;
  name: string;
}

export interface Formula {
  /** "tanh", "" when the sum goes out as it is. */
  wrap: string;
  terms: Term[];
  /** How many inputs are not named. */
  more: number;
  /** Place of the bias among the parameters. */
  bias: number;
  words: string;
}

const WRAPS: Record<string, { wrap: string; words: string }> = {
  tanh: { wrap: "tanh", words: `squeezed to ${MINUS}1…1` },
  relu: { wrap: "max", words: "and 0 instead of anything below zero" },
  sigmoid: { wrap: "sigmoid", words: "squeezed to 0…1" },
  linear: { wrap: "", words: "as it is" },
};

/** The formula of a neuron: all its inputs when they are few, else the `most` largest in their order. */
export function formula(
  names: readonly string[],
  start: number,
  bias: number,
  values: Float64Array,
  activation: string,
  most: number,
): Formula {
  const order = names.map((_, input) => input);
  order.sort((a, b) => Math.abs(values[start + b] ?? 0) - Math.abs(values[start + a] ?? 0));
  const named = (names.length <= most + 1 ? order : order.slice(0, most)).sort((a, b) => a - b);
  const { wrap, words } = WRAPS[activation] ?? { wrap: activation, words: `then ${activation}` };
  return {
    wrap,
    bias,
    terms: named.map((input) => ({ input, index: start + input, name: names[input] ?? "" })),
    more: names.length - named.length,
    words: `Each input times its weight, plus the bias, ${words}.`,
  };
}

/** One number of a sum with its sign: "0.53" or "−0.53" at the beginning, " + 0.53" or " − 0.53" after. */
export function signed(value: number, first: boolean, decimals = 2): string {
  const size = fixed(Math.abs(value), decimals);
  const negative = value < 0 && Number(value.toFixed(decimals)) !== 0;
  if (first) return negative ? MINUS + size : size;
  return negative ? ` ${MINUS} ${size}` : ` + ${size}`;
}
