import { describe, expect, it } from "vitest";
import { classPalette } from "../color/classes";
import { INKS } from "../color/ink";
import { SCALES } from "../color/scale";
import { layoutNetwork } from "../network/layout";
import { linksInSight } from "../network/links";
import { ParameterLayout } from "../network/parameters";
import type { PointsFrame } from "../protocol/frames";
import { legendLines } from "./class-svg";
import { type OutputPicture, networkSvg, outputSvg } from "./svg";

/** A field that rises from left to right and is zero in the middle. */
function slope(cells: number, steep: number): Uint8Array {
  return Uint8Array.from({ length: cells * cells }, (_, i) =>
    Math.max(0, Math.min(255, Math.round(127.5 + steep * ((i % cells) + 0.5 - cells / 2)))),
  );
}

describe("a picture", () => {
  const output: OutputPicture = {
    image: "data:image/png;base64,AA==",
    bytes: slope(8, 20),
    cells: 8,
    showTest: false,
    stops: null,
    classes: null,
    axes: { across: { name: "", ticks: [] }, up: { name: "", ticks: [] } },
    ink: INKS.light,
    points: {
      run: 1,
      trainCount: 1,
      count: 2,
      points: Float64Array.from([0, 0, -1, 1, 1, 1]),
      distances: new Float32Array(),
      far: 0,
    },
  };

  it("of the output shows the points that are shown on the page", () => {
    expect(outputSvg(output).match(/<circle/g)).toHaveLength(2);
    expect(outputSvg({ ...output, showTest: true }).match(/<circle/g)).toHaveLength(4);
    expect(outputSvg({ ...output, stops: SCALES.tinkernet.light.neuron })).not.toContain('height="1.2"');
  });

  it("of the network has every weight, every slide and the caption, safely written", () => {
    const sizes = [2, 4, 2, 1];
    const layout = layoutNetwork(
      {
        width: 640,
        height: 480,
        centre: 240,
        compact: false,
        allInputs: true,
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
    const values = new Float64Array(parameters.count).fill(-0.5);
    const links = linksInSight(layout, parameters, values, { left: 0, top: 0, right: 1e4, bottom: 1e4 }, 4000, null);
    const svg = networkSvg(
      {
        layout,
        parameters,
        values,
        links,
        inputs: Array.from({ length: 7 }, () => ({ image: "data:,", symbol: "x₁" })),
        fields: Array.from({ length: 7 }, (_, i) => `data:,${i}`),
        caption: "a < b & c",
      },
      output,
    );
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(18);
    expect(svg.match(/<image/g)).toHaveLength(7 + 7 + 1);
    expect([...svg.matchAll(/href="data:,(\d)"/g)].map((match) => match[1]).join("")).toBe("0123456");
    expect(svg).toContain("a &lt; b &amp; c");
  });

  it("of three classes has their markers, their lines and their names", () => {
    const winners = Uint8Array.from({ length: 64 }, (_, i) => (i % 8 < 3 ? 0 : i < 32 ? 1 : 2));
    const palette = classPalette(3, SCALES.tinkernet.light.output, "light");
    const three = {
      ...output,
      bytes: new Uint8Array(64).fill(200),
      classes: { winners, palette, names: ["setosa", "a <b>", "virginica"] },
      points: {
        run: 1,
        trainCount: 2,
        count: 2,
        points: Float64Array.from([0, 0, 1, 1, 1, 2]),
        distances: new Float32Array(),
        far: 0,
      },
    };
    const svg = outputSvg(three);
    // Two points and three names, a marker of two polygons each.
    expect(svg.match(/<polygon/g)).toHaveLength(2 * (2 + 3));
    expect(svg).toContain("a &lt;b&gt;");
    expect(svg).not.toContain("<circle");
    expect(svg.match(/<path d="M/g)).toHaveLength(2);
    expect(Number(/height="(\d+)"/.exec(svg)?.[1])).toBeGreaterThan(
      Number(/height="(\d+)"/.exec(outputSvg(output))?.[1]),
    );
  });

  it("of own data has the names and the units of its axes, and points that are far from it are paler", () => {
    const tick = (at: number, text: string) => ({ at, text });
    const svg = outputSvg({
      ...output,
      axes: {
        across: { name: "length (cm)", ticks: [tick(-6, "0.5"), tick(6, "7.25")] },
        up: { name: "x".repeat(80), ticks: [tick(-6, "−0.0001234"), tick(6, "3")] },
      },
      points: { ...(output.points as PointsFrame), distances: Float32Array.from([0, 0.2]), far: 2 },
      showTest: true,
    });
    for (const words of [">length (cm)<", ">0.5<", ">7.25<", ">−0.0001234<", `>${"x".repeat(39)}…<`])
      expect(svg).toContain(words);
    expect(svg.match(/opacity="0.50"/g)).toHaveLength(1);
    expect(svg.match(/<circle/g)).toHaveLength(4);
    // The numbers beside the picture fit.
    expect(Number(/width="(\d+\.?\d*)"/.exec(svg)?.[1])).toBeGreaterThan(16 + 400 + 8 + 60);
  });

  it("breaks the line of names where they are many", () => {
    const names = Array.from({ length: 10 }, (_, i) => `a long name ${i}`);
    expect(legendLines(["a".repeat(100), "b"], 400)).toBe(2);
    expect([legendLines(["a", "b"], 400), legendLines(names, 400)]).toEqual([1, 4]);
  });
});
