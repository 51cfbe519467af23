import { expect, test } from "vitest";
import { duration } from "./duration";

test.each([
  [0, "1 s"],
  [59.4, "59 s"],
  [60, "1 min"],
  [3540, "59 min"],
  [3600, "1 h"],
  [90_000, "25 h"],
])("%d seconds are written in their largest unit", (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});
