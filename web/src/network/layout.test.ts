import { describe, expect, it } from "vitest";
import { INPUTS } from "../model/place";
import {
  type NetworkLayout,
  type Room,
  type Slide,
  inputsInUse,
  labelWidth,
  layoutNetwork,
  namesWidth,
  slideAt,
} from "./layout";

const desk: Room = {
  width: 760,
  height: 560,
  centre: 240,
  compact: false,
  allInputs: false,
  joined: false,
  adds: false,
  label: 52,
  names: 0,
};
const small: Room = {
  width: 672,
  height: 440,
  centre: 220,
  compact: false,
  allInputs: false,
  joined: false,
  adds: false,
  label: 52,
  names: 0,
};
const thumb: Room = {
  width: 390,
  height: 282,
  centre: 0,
  compact: true,
  allInputs: false,
  joined: false,
  adds: false,
  label: 52,
  names: 0,
};
const ALL = [0, 1, 2, 3, 4, 5, 6];

function slides(layout: NetworkLayout): Slide[] {
  return [...layout.inputs, ...layout.columns.flatMap((column) => column.neurons), ...layout.outputs];
}

function overlap(a: Slide, b: Slide): boolean {
  return Math.abs(a.x - b.x) < (a.size + b.size) / 2 && Math.abs(a.y - b.y) < (a.size + b.size) / 2;
}

describe("the layout of the network", () => {
  it("gives four neurons at a desk some 70 pixels each", () => {
    const layout = layoutNetwork(desk, [2, 4, 2, 1], [0, 1], 7);
    expect(layout.columns[0]?.neurons[0]?.size).toBeGreaterThan(66);
    expect(layout.columns[0]?.neurons[0]?.size).toBeLessThan(80);
  });

  it("fits six layers of eight into the smallest room without scrolling", () => {
    const layout = layoutNetwork(small, [7, 8, 8, 8, 8, 8, 8, 1], ALL, 7);
    expect(layout.height).toBe(small.height);
    expect(layout.width).toBe(small.width);
    expect(layout.columns[0]?.neurons[0]?.size).toBeGreaterThanOrEqual(28);
  });

  it.each([desk, small, thumb])("never lets two slides touch", (room) => {
    for (const hidden of [[], [1], [4, 2], [8, 6], [8, 8, 8, 8, 8, 8], Array<number>(12).fill(40)]) {
      const all = slides(layoutNetwork(room, [7, ...hidden, 1], ALL, 7));
      expect(all.some((a, i) => all.some((b, k) => k > i && overlap(a, b)))).toBe(false);
    }
  });

  it("has room for twenty inputs by formula, which do not touch", () => {
    const used = Array.from({ length: 27 }, (_, i) => i);
    for (const room of [desk, small, { ...thumb, adds: true }]) {
      const layout = layoutNetwork({ ...room, label: 116 }, [27, 4, 2, 1], used, 27);
      const all = slides(layout);
      expect(all.some((a, i) => all.some((b, k) => k > i && overlap(a, b)))).toBe(false);
      expect(Math.max(...layout.inputs.map(({ y, size }) => y + size / 2))).toBeLessThanOrEqual(layout.height);
      expect(Math.min(...layout.inputs.map(({ y, size }) => y - size / 2))).toBeGreaterThanOrEqual(layout.head - 8);
    }
  });

  it("shows on the phone where an input is added only below all of them", () => {
    const room = { ...thumb, adds: true };
    expect(layoutNetwork(room, [2, 4, 2, 1], [0, 1], 7).add).toBeNull();
    const layout = layoutNetwork({ ...room, allInputs: true }, [2, 4, 2, 1], [0, 1], 7);
    expect(layout.add?.y).toBeGreaterThan(layout.inputs[6]?.y ?? 0);
  });

  it.each([
    ["on a desk", desk],
    ["on a phone", { ...thumb, allInputs: true }],
  ])("keeps layers and outputs in sight of the first inputs, however many there are, %s", (_, room) => {
    for (const outputs of [1, 3]) {
      const many = Array.from({ length: 300 }, (_, k) => k);
      const layout = layoutNetwork(room, [300, 4, 2, outputs], many, 300);
      for (const { y, size } of [...layout.columns.flatMap(({ neurons }) => neurons), ...layout.outputs])
        expect(y + size / 2).toBeLessThanOrEqual(room.height);
      expect(layout.inputs[0]?.y).toBeLessThan(room.height / 2);
      expect(layout.height).toBeGreaterThan(9000);
    }
  });

  it("gives long formulas more room beside the inputs, up to a width", () => {
    const feature = (symbol: string, by_formula: boolean, formula = symbol) => ({ symbol, by_formula, formula });
    expect(labelWidth([feature("x₁", false), feature("a very long symbol of a table", false)])).toBe(52);
    expect(labelWidth([feature("sin(3x₁)·x₂", true)])).toBeGreaterThan(80);
    expect(labelWidth([feature("x".repeat(200), true)])).toBe(116);
    expect(labelWidth([feature("petal length", false, "[petal length]")])).toBe(100);
  });

  it("grows beyond the room for a network from a link, and keeps the smallest size", () => {
    const layout = layoutNetwork(small, [2, ...Array<number>(64).fill(256), 1], [0, 1], 7);
    expect(layout.height).toBeGreaterThan(small.height);
    expect(layout.width).toBeGreaterThan(small.width);
    expect(layout.columns[63]?.neurons[255]?.size).toBe(28);
  });

  it("keeps seven places for the inputs, those that are off smaller", () => {
    const layout = layoutNetwork(desk, [2, 4, 1], [0, 5], 7);
    expect(layout.inputs).toHaveLength(7);
    expect(layout.inputs[1]?.size).toBe((layout.inputs[0]?.size ?? 0) - 8);
    expect(inputsInUse(layout).map((input) => input.feature)).toEqual([0, 5]);
    expect(slideAt(layout, { layer: INPUTS, neuron: 1 })).toBe(layout.inputs[5]);
  });

  it("shows on the phone only the inputs in use, and how many more there are", () => {
    const layout = layoutNetwork(thumb, [2, 4, 2, 1], [0, 1], 7);
    expect(layout.inputs).toHaveLength(2);
    expect(layout.more).not.toBeNull();
    expect(layout.height).toBe(thumb.height);
    expect(layoutNetwork({ ...thumb, allInputs: true, joined: false }, [2, 4, 2, 1], [0, 1], 7).inputs).toHaveLength(7);
  });

  it("has targets of 44 pixels on the phone", () => {
    for (const slide of slides(layoutNetwork(thumb, [7, 8, 8, 1], ALL, 7)))
      expect(slide.size).toBeGreaterThanOrEqual(44);
  });

  it("never draws an input larger than a neuron", () => {
    for (const hidden of [
      [4, 2],
      [8, 6],
      [8, 8, 8, 8, 8, 8],
    ]) {
      const layout = layoutNetwork(desk, [7, ...hidden, 1], ALL, 7);
      expect(layout.inputs[0]?.size).toBeLessThanOrEqual((layout.columns[0]?.neurons[0]?.size ?? 0) + 1e-9);
    }
  });
});

describe("several outputs", () => {
  const rooms = [
    { ...desk, joined: true },
    { ...small, joined: true },
    { ...desk, width: 520, height: 300, joined: true },
    thumb,
    { ...thumb, width: 640, height: 200 },
  ];
  const cases = rooms.flatMap((room) =>
    [3, 4, 6, 10].flatMap((n) => [[], [4, 2], [8, 8, 8, 8, 8, 8]].map((hidden) => [room, n, hidden] as const)),
  );

  it.each(cases)("have a place each, with their names beside them: %o, %d, %o", (room, n, hidden) => {
    const layout = layoutNetwork({ ...room, names: 80 }, [2, ...hidden, n], [0, 1], 7);
    expect(layout.outputs).toHaveLength(n);
    expect(layout.joined).toBe(false);
    for (const { x, y, size } of layout.outputs) {
      expect(size).toBeGreaterThanOrEqual(28);
      expect(y - size / 2).toBeGreaterThanOrEqual(layout.head);
      // Below it its bias is drawn.
      expect(y + size / 2 + 8).toBeLessThanOrEqual(layout.height);
      expect(x + size / 2 + 20 + layout.names).toBeLessThanOrEqual(layout.width);
    }
    const all = slides(layout);
    for (const a of all) for (const b of all) if (a !== b) expect(overlap(a, b)).toBe(false);
  });

  it("leave a pointer room for each neuron and its bias", () => {
    const layout = layoutNetwork({ ...small, joined: true }, [2, 4, 10], [0, 1], 7);
    const [first, second] = layout.outputs as [Slide, Slide];
    const { height, over } = layout.outputHandle;
    expect(first.size - over).toBeGreaterThanOrEqual(24);
    expect(first.y + first.size / 2 - over + height).toBeLessThanOrEqual(second.y - second.size / 2 + 0.01);
  });

  it("have their names where layers keep their distance, and else only their marks", () => {
    const names = (hidden: number[], room: Room): number =>
      layoutNetwork({ ...room, names: 80 }, [2, ...hidden, 3], [0, 1], 7).names;
    expect(names([4, 2], desk)).toBe(80);
    expect(names([4, 4, 4, 4, 4, 4], desk)).toBe(0);
    expect(names([4, 2], thumb)).toBe(0);
    expect(names([4], { ...thumb, width: 640 })).toBe(80);
    expect(layoutNetwork({ ...desk, names: 0 }, [2, 4, 1], [0, 1], 7).names).toBe(0);
  });

  it("have names no wider than the widest label", () => {
    expect([namesWidth([]), namesWidth(["a", "bc"]), namesWidth(["x".repeat(80)])]).toEqual([0, 32, 116]);
  });
});
