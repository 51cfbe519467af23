import { describe, expect, it } from "vitest";
import type { Catalog, ColumnFact, OwnDataFact } from "../protocol/messages";
import { axesOf, placeText } from "./plane-axes";

const CATALOG = {
  datasets: [
    { name: "invented", axes: [] },
    {
      name: "measured",
      axes: [
        { name: "petal length", unit: "cm", low: 0.5, high: 7.25 },
        { name: "petal width", unit: "cm", low: -0.1, high: 3 },
      ],
    },
  ],
} as unknown as Catalog;

function column(name: string, low: number, high: number): ColumnFact {
  return { name, feature: name, unit: "", low, high, least: low, most: high, held: low };
}

const OWN = { columns: [column("a", 4, 8), column("b", 0, 1 / 3)], across: 1, up: 0 } as unknown as OwnDataFact;

describe("the axes of the large picture", () => {
  it("are the coordinates of the plane for data that was not measured", () => {
    const { across, up } = axesOf(null, CATALOG, "invented");
    expect(across).toBe(up);
    expect(across.ticks.map(({ text }) => text)).toEqual(["−6", "−3", "0", "3", "6"]);
  });

  it("are what was measured, with its unit and its own numbers", () => {
    const { across, up } = axesOf(null, CATALOG, "measured");
    expect([across.name, up.name]).toEqual(["petal length (cm)", "petal width (cm)"]);
    expect([...across.ticks, ...up.ticks].map(({ text }) => text)).toEqual(["0.5", "7.25", "−0.1", "3"]);
  });

  it("are the columns of own data that are drawn", () => {
    const { across, up } = axesOf(OWN, CATALOG, "own");
    expect([across.name, up.name]).toEqual(["b", "a"]);
    expect(across.ticks.map(({ text }) => text)).toEqual(["0", "0.3333"]);
    expect(axesOf({ ...OWN, up: null }, CATALOG, "own").up).toMatchObject({ name: "", ticks: [] });
  });

  it("give a place in their units", () => {
    expect(placeText(axesOf(null, CATALOG, "invented"), -6, 1.25)).toBe("(−6.0, 1.3)");
    expect(placeText(axesOf(null, CATALOG, "measured"), 0, -6)).toBe("(3.9, −0.10)");
    const own = axesOf(OWN, CATALOG, "own");
    expect(placeText(own, 6, 0)).toBe("(0.333, 6.00)");
    expect(placeText(axesOf({ ...OWN, up: null }, CATALOG, "own"), -6, 3)).toBe("(0.000)");
  });
});
