import { describe, expect, it } from "vitest";
import type { FindingFact } from "../protocol/messages";
import { evidenceName, evidenceValue, lookOf } from "./finding";

const finding = (kind: string, alarm: boolean, evidence: FindingFact["evidence"] = {}): FindingFact => ({
  kind,
  alarm,
  evidence,
  message: "",
  reason: "",
  confidence: 1,
  neurons: [],
  cures: [],
});

describe("a finding", () => {
  it("looks like what it is", () => {
    expect([
      lookOf(finding("dead-neurons", true)),
      lookOf(finding("falling", false)),
      lookOf(finding("solved", false)),
    ]).toEqual(["alarm", "down", "done"]);
  });

  it("names what was measured", () => {
    expect(evidenceName("epochs_left")).toBe("epochs left");
    expect([
      evidenceValue(0.123456),
      evidenceValue(34.6),
      evidenceValue(1234.5),
      evidenceValue(null),
      evidenceValue(3),
    ]).toEqual(["0.123", "34.6", "1235", "not a number", "3"]);
  });
});
