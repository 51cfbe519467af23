import { describe, expect, it } from "vitest";
import { epochEnd } from "./axes";
import { forecastReach, steadyEnd } from "./forecast";

describe("the forecast", () => {
  it("does not squeeze the run into a corner", () => {
    expect(forecastReach(100, { epoch: 1e6, loss: 0.1 })).toBe(120);
    expect(forecastReach(100, { epoch: 190, loss: 0.1 })).toBe(190);
    expect(forecastReach(100, null)).toBe(100);
  });

  it("leaves the axis alone while it fits", () => {
    expect(steadyEnd(300, 200)).toBe(300);
    expect(steadyEnd(300, 150)).toBe(300);
    expect(steadyEnd(300, 100)).toBe(epochEnd(100));
    expect(steadyEnd(300, 299)).toBe(epochEnd(299));
  });
});
