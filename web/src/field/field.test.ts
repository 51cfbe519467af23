import { describe, expect, it } from "vitest";
import { INKS, SCALES } from "../color/scale";
import { layoutNetwork } from "../network/layout";
import { linksInSight } from "../network/links";
import { ParameterLayout } from "../network/parameters";
import { contour, evened } from "./contour";
import { bytesOf, sampledField } from "./strip";
import { type OutputPicture, networkSvg, outputSvg } from "../picture/svg";

function lines(bytes: ArrayLike<number>, cells: number): [number, number][] {
  const points: [number, number][] = [];
  const pen = { moveTo: (x: number, y: number) => points.push([x, y]), lineTo: (x: number, y: number) => points.push([x, y]) };
  contour(pen, bytes, cells, cells, 127.5);
  return points;
}

/** A field that rises from left to right and is zero in the middle. */
function slope(cells: number, steep: number): Uint8Array {
  return Uint8Array.from({ length: cells * cells }, (_, i) => Math.max(0, Math.min(255, Math.round(127.5 + steep * ((i % cells) + 0.5 - cells / 2)))));
}

describe("the zero line", () => {
  it("runs where the field is zero", () => {
    for (const [x] of lines(slope(20, 9), 20)) expect(x).toBeCloseTo(10, 0);
  });

  it("is not there where nothing changes sign", () => {
    expect(lines(new Uint8Array(100).fill(200), 10)).toEqual([]);
  });

  it("is no staircase in a shallow field", () => {
    const cells = 60;
    const tilted = Uint8Array.from({ length: cells * cells }, (_, i) => Math.round(127.5 + 0.1 * ((i % cells) - 30) + 0.02 * (Math.floor(i / cells) - 30)));
    const xs = lines(evened(tilted, cells), cells).map(([x]) => x);
    const steps = xs.slice(1).map((x, i) => Math.abs(x - (xs[i] as number)));
    expect(Math.max(...steps)).toBeLessThan(1.2);
  });
});

describe("fields", () => {
  it("come as base64 and are bytes again", () => {
    expect([...bytesOf(btoa("\u0000\u00ff"))]).toEqual([0, 255]);
  });

  it("are made from a sample: each place looks as the points near it", () => {
    const bytes = sampledField([[-5, 5, -1], [5, -5, 1]], 8);
    expect(bytes[0]).toBeLessThan(20);
    expect(bytes[63]).toBeGreaterThan(235);
  });
});

describe("a picture", () => {
  const output: OutputPicture = {
    image: "data:image/png;base64,AA==", bytes: slope(8, 20), cells: 8, showTest: false, stops: null, ink: INKS.light,
    points: { run: 1, trainCount: 1, testCount: 1, values: Float64Array.from([0, 0, -1, 1, 1, 1]) },
  };

  it("of the output shows the points that are shown on the page", () => {
    expect(outputSvg(output).match(/<circle/g)).toHaveLength(2);
    expect(outputSvg({ ...output, showTest: true }).match(/<circle/g)).toHaveLength(4);
    expect(outputSvg({ ...output, stops: SCALES.tinkernet.light.neuron })).not.toContain('height="1.2"');
  });

  it("of the network has every weight, every slide and the caption, safely written", () => {
    const sizes = [2, 4, 2, 1];
    const layout = layoutNetwork({ width: 640, height: 480, centre: 240, phone: false, allInputs: true }, sizes, [0, 1], 7);
    const parameters = new ParameterLayout(sizes);
    const values = new Float64Array(parameters.count).fill(-0.5);
    const links = linksInSight(layout, parameters, values, { left: 0, top: 0, right: 1e4, bottom: 1e4 }, 4000, null);
    const svg = networkSvg({
      layout, parameters, values, links, inputs: Array(7).fill({ image: "data:,", symbol: "x₁" }), fields: Array<string>(7).fill("data:,"), caption: "a < b & c",
    }, output);
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(18);
    expect(svg.match(/<image/g)).toHaveLength(7 + 7 + 1);
    expect(svg).toContain("a &lt; b &amp; c");
  });
});
