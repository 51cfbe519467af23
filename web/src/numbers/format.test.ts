import { describe, expect, it } from "vitest";
import { axisNumber, count, fixed, loss, parameter, parseNumber, percent, rate, setting } from "./format";

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

  it("are rounded where they are parameters, and powers of ten where that is shorter", () => {
    expect([0, 0.9, 1 / 3, 300, 1e-8, 1.5e-8, 1e12].map(parameter)).toEqual([
      "0",
      "0.9",
      "0.333333",
      "300",
      "10⁻⁸",
      "0.000000015",
      "10¹²",
    ]);
  });

  it("are read as a person types them", () => {
    expect(parseNumber(" −0,5 ")).toBe(-0.5);
    expect(parseNumber("1e-3")).toBe(0.001);
    expect(parseNumber("a lot")).toBeNull();
    expect(parseNumber("")).toBeNull();
  });

  it("are said as losses, shares and counts", () => {
    expect([loss(0.5123), loss(NaN), percent(0.9964), percent(NaN), count(12345)]).toEqual([
      "0.512",
      "–",
      "99.6 %",
      "–",
      "12\u202f345",
    ]);
  });

  it("never read as 0, or as all, where they are not", () => {
    expect([0.0074, 0.00996, 0.000041, 0.0000042, 0, 0.0999].map(loss)).toEqual([
      "0.0074",
      "0.010",
      "0.000041",
      "4.2 × 10⁻⁶",
      "0.000",
      "0.100",
    ]);
    expect([percent(0.9999), percent(1), percent(0.0001), percent(0)]).toEqual(["99.9 %", "100.0 %", "0.1 %", "0.0 %"]);
  });

  it("are rounded where a schedule has computed a learning rate", () => {
    expect([0, 0.03, 0.0123456, 1 / 3, 20, 3.2e-9].map(rate)).toEqual(["0", "0.03", "0.0123", "0.333", "20", "3·10⁻⁹"]);
  });

  it("stand beside an axis in few signs, and never as a programmer writes them", () => {
    expect([0, 0.3, 0.001, 0.0003, 0.00001, 3e-7, 20000, 1e6].map(axisNumber)).toEqual([
      "0",
      "0.3",
      "0.001",
      "0.0003",
      "10⁻⁵",
      "3·10⁻⁷",
      "20\u202f000",
      "10⁶",
    ]);
    expect(fixed(-12345678, 0)).toBe("−1.2 × 10⁷");
  });
});
