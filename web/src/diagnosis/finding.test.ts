import { describe, expect, it } from "vitest";
import { evidenceName, evidenceValue } from "./finding";

describe("a finding", () => {
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
