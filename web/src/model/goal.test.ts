import { describe, expect, it } from "vitest";
import type { FindingFact } from "../protocol/messages";
import { promise, steadied } from "./goal";

const finding = (kind: string, alarm: boolean, evidence: FindingFact["evidence"] = {}): FindingFact => ({
  kind,
  alarm,
  tone: "note",
  evidence,
  measured: [],
  message: "",
  reason: "",
  confidence: 1,
  neurons: [],
  cures: [],
});

describe("the goal", () => {
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

  it("may promise how many epochs are left", () => {
    expect(promise([finding("level", false), finding("falling", false, { epochs_left: 35, goal: 0.1 })])).toEqual({
      left: 35,
      loss: 0.1,
    });
    expect(promise([finding("falling", false, { epochs_left: null, goal: 0.1 })])).toBeNull();
  });
});
