import { describe, expect, it } from "vitest";
import { ParameterLayout } from "../network/parameters";
import { emptyFrame } from "../protocol/frames";
import { readClass } from "./class-reading";
import { shownField } from "./shown-field";

const parameters = new ParameterLayout([2, 1, 3]);

/** A frame with one hidden neuron and three outputs, of one cell each: 0.6, 0.3 and 0.1; the large field has a margin of 0.3. */
function frame() {
  const byte = (value: number): number => Math.round(127.5 + 127.5 * value);
  return {
    ...emptyFrame(),
    fields: 4,
    neuronCells: 1,
    outputCells: 1,
    focusLayer: 1,
    neurons: Uint8Array.from([0, 0.6, 0.3, 0.1].map(byte)),
    output: Uint8Array.of(byte(0.3)),
    winners: Uint8Array.of(0),
  };
}

describe("the reading at the pointer", () => {
  it("is the winning class and its probability", () => {
    const { index, probability } = readClass(frame(), 1, 3, 0, 0.3, 0.5, 0.5);
    expect(index).toBe(0);
    expect(probability).toBeCloseTo(0.6, 1);
  });

  it("is the margin while the small fields are not there", () => {
    expect(readClass({ ...frame(), neuronCells: 0 }, 1, 3, 2, 0.25, 0.5, 0.5)).toEqual({ index: 2, probability: 0.25 });
  });
});

describe("the large field of several outputs", () => {
  const network = { layer: 1, neuron: 0 };

  it("shows the classes with nothing looked at", () => {
    const shown = shownField(frame(), network, true, 3, parameters);
    expect([shown?.fine, shown?.winners?.[0], shown?.bytes[0]]).toEqual([true, 0, 166]);
  });

  it("shows the probability of an output neuron that is looked at", () => {
    const focused = { ...frame(), focused: true, focusNeuron: 2, winners: new Uint8Array(0) };
    expect(shownField(focused, { layer: 1, neuron: 2 }, false, 3, parameters)).toMatchObject({
      fine: true,
      winners: null,
    });
  });

  it("is put together from the small fields until the large one has come", () => {
    const focused = { ...frame(), focused: true, focusNeuron: 2, winners: new Uint8Array(0) };
    const shown = shownField(focused, network, true, 3, parameters);
    expect([shown?.fine, shown?.winners?.[0]]).toEqual([false, 0]);
    const small = shownField(frame(), { layer: 1, neuron: 1 }, false, 3, parameters);
    expect([small?.fine, small?.start, small?.winners]).toEqual([false, 2, null]);
  });

  it("is the only output of two classes, as ever", () => {
    const two = new ParameterLayout([2, 1, 1]);
    const one = { ...frame(), fields: 2, winners: new Uint8Array(0) };
    expect(shownField(one, network, true, 0, two)).toMatchObject({ fine: true, winners: null });
    expect(shownField({ ...one, focused: true }, network, true, 0, two)).toMatchObject({ fine: false, start: 1 });
  });
});
