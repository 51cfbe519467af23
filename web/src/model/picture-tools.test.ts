import { describe, expect, it } from "vitest";
import type { ColumnFact, OwnDataFact, State } from "../protocol/messages";
import { Slicing } from "./slicing.svelte";

function withColumns(count: number | null): State {
  const columns = Array.from({ length: count ?? 0 }, () => ({}) as ColumnFact);
  return { data: count === null ? null : ({ columns } as OwnDataFact) } as State;
}

describe("the choice of axes", () => {
  it("opens for data with more columns than are drawn, and closes when there is other data", () => {
    const slicing = new Slicing();
    for (const count of [null, 2]) {
      slicing.settle(withColumns(count));
      slicing.open();
      expect([slicing.possible, slicing.on]).toEqual([false, false]);
    }
    slicing.settle(withColumns(3));
    slicing.open();
    expect([slicing.possible, slicing.on]).toEqual([true, true]);
    slicing.settle(withColumns(null));
    expect([slicing.possible, slicing.on]).toEqual([false, false]);
  });

  it("gives the focus back once, if a person has closed it", () => {
    const slicing = new Slicing();
    slicing.settle(withColumns(3));
    slicing.open();
    slicing.close();
    expect(slicing.takeReturn()).toBe(false);
    slicing.open();
    slicing.close(true);
    expect([slicing.takeReturn(), slicing.takeReturn()]).toEqual([true, false]);
  });
});
