import { describe, expect, it } from "vitest";
import { epochEnd } from "./axes";
import { forecastReach, steadied, steadyEnd } from "./forecast";

describe("the forecast", () => {
  it("does not jump when the pace is measured again", () => {
    expect(steadied({ epoch: 100, loss: 0.1 }, { epoch: 120, loss: 0.1 })).toEqual({ epoch: 110, loss: 0.1 });
  });

  it("does not contradict the words beside it for long", () => {
    expect(steadied({ epoch: 180, loss: 0.1 }, { epoch: 270, loss: 0.1 })).toEqual({ epoch: 270, loss: 0.1 });
  });

  it("is taken as it is for another goal, and goes when there is none", () => {
    expect(steadied({ epoch: 100, loss: 0.1 }, { epoch: 140, loss: 0.05 })).toEqual({ epoch: 140, loss: 0.05 });
    expect(steadied({ epoch: 100, loss: 0.1 }, null)).toBeNull();
  });

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
