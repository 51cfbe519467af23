import { describe, expect, it } from "vitest";
import { count, fixed, loss, parseNumber, percent, setting } from "./format";

describe("numbers", () => {
  it("carry a real minus sign and keep their decimals", () => {
    expect(fixed(-0.5, 2)).toBe("−0.50");
    expect(fixed(-0.0001, 2)).toBe("0.00");
    expect(fixed(NaN, 2)).toBe("not a number");
    expect(fixed(-Infinity, 2)).toBe("−∞");
  });

  it("are short where they are settings", () => {
    expect([0, 0.00001, 0.03, 1, 10].map(setting)).toEqual(["0", "0.00001", "0.03", "1", "10"]);
  });

  it("are read as a person types them", () => {
    expect(parseNumber(" −0,5 ")).toBe(-0.5);
    expect(parseNumber("1e-3")).toBe(0.001);
    expect(parseNumber("a lot")).toBeNull();
    expect(parseNumber("")).toBeNull();
  });

  it("are said as losses, shares and counts", () => {
    expect([loss(0.0074), loss(NaN), percent(0.9964), percent(NaN), count(12345)]).toEqual([
      "0.007",
      "–",
      "99.6 %",
      "–",
      "12\u2009345",
    ]);
  });
});
