import { describe, expect, it } from "vitest";
import { layoutNetwork } from "./layout";
import { dash, linkOpacity, linkTouches, linkWidth, linksInSight, placeIsNear, pointOnLink, smallFirst } from "./links";
import { ParameterLayout } from "./parameters";

const everything = { left: 0, top: 0, right: 1e6, bottom: 1e6 };

function network(hidden: number[]) {
  const sizes = [2, ...hidden, 1];
  const layout = layoutNetwork(
    {
      width: 760,
      height: 560,
      centre: 240,
      compact: false,
      allInputs: false,
      joined: false,
      adds: false,
      label: 52,
      names: 0,
    },
    sizes,
    [0, 1],
    7,
  );
  const parameters = new ParameterLayout(sizes);
  const values = Float64Array.from({ length: parameters.count }, (_, i) => Math.sin(i * 12.9898));
  return { layout, parameters, values };
}

describe("parameters", () => {
  it("stand layer by layer, weights [to][from], then biases", () => {
    const layout = new ParameterLayout([2, 4, 2, 1]);
    expect(layout.count).toBe(12 + 10 + 3);
    expect(layout.weight(0, 1, 0)).toBe(2);
    expect(layout.bias(0, 0)).toBe(8);
    expect(layout.weight(1, 1, 3)).toBe(12 + 7);
    expect(layout.bias(2, 0)).toBe(24);
    expect([layout.activation(1, 1), layout.field(1, 1)]).toEqual([7, 5]);
  });
});

describe("links", () => {
  it("are all drawn when they are few", () => {
    const { layout, parameters, values } = network([4, 2]);
    expect(linksInSight(layout, parameters, values, everything, 900, null)).toHaveLength(8 + 8 + 2);
  });

  it("are the strongest of each neuron when they are many, and all of the focus", () => {
    const { layout, parameters, values } = network([40, 40, 40]);
    const links = linksInSight(layout, parameters, values, everything, 900, null);
    expect(links.length).toBeLessThanOrEqual(900);
    const into = links.filter((link) => link.layer === 1 && link.to === 0);
    const weakest = Math.min(...into.map((link) => Math.abs(values[link.index] ?? 0)));
    const left = Array.from({ length: 40 }, (_, from) => from).filter(
      (from) => !into.some((link) => link.from === from),
    );
    for (const from of left) expect(Math.abs(values[parameters.weight(1, 0, from)] ?? 0)).toBeLessThanOrEqual(weakest);
    const focused = linksInSight(layout, parameters, values, everything, 900, { layer: 1, neuron: 0 });
    expect(focused.filter((link) => link.layer === 1 && link.to === 0)).toHaveLength(40);
  });

  it("lie with the strong ones on top", () => {
    const { layout, parameters, values } = network([4, 2]);
    const sizes = smallFirst(linksInSight(layout, parameters, values, everything, 900, null), values).map((l) =>
      Math.abs(values[l.index] ?? 0),
    );
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  });

  it("begin and end where their slides do", () => {
    const { layout, parameters, values } = network([4, 2]);
    const [link] = linksInSight(layout, parameters, values, everything, 900, null);
    if (link === undefined) throw new Error("no link");
    expect(pointOnLink(link, 0)).toEqual({ x: link.x0, y: link.y0 });
    expect(pointOnLink(link, 1)).toEqual({ x: link.x1, y: link.y1 });
  });

  it("are thin and faint for small weights, never thinner than can be seen", () => {
    expect(linkWidth(0, 1)).toBe(0.75);
    expect(linkWidth(-9, 1)).toBe(7);
    expect(linkOpacity(0, 1)).toBeCloseTo(0.16);
    expect(linkOpacity(3, 1)).toBe(1);
    expect(dash(0.75)[0]).toBeGreaterThan(3);
  });

  it("of the focus are those that lead into it and out of it", () => {
    expect(linkTouches({ layer: 1, to: 2, from: 1 }, { layer: 1, neuron: 2 })).toBe(true);
    expect(linkTouches({ layer: 2, to: 0, from: 2 }, { layer: 1, neuron: 2 })).toBe(true);
    expect(linkTouches({ layer: 2, to: 0, from: 1 }, { layer: 1, neuron: 2 })).toBe(false);
    expect(placeIsNear({ layer: 1, neuron: 0 }, { layer: 1, neuron: 2 })).toBe(false);
    expect(placeIsNear({ layer: 2, neuron: 0 }, { layer: 1, neuron: 2 })).toBe(true);
  });
});
