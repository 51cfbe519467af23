import { expect, test } from "vitest";
import { isOver, parseProgress } from "./sweep-progress";

/** A state as Python writes it. */
const STATE = {
  phase: "running",
  settings: ["hidden", "learning rate"],
  done: 3,
  runs: 8,
  kept: 1,
  per_second: 2.5,
  seconds_left: 2,
  lowest_loss: 0.25,
  best: [{ name: "hidden", value: "4,2" }],
  error: "",
};

test("a saved state is read as it was written", () => {
  expect(parseProgress(STATE)).toEqual(STATE);
});

test("numbers that are not known yet are null", () => {
  const early = { ...STATE, done: 0, kept: 0, per_second: null, seconds_left: null, lowest_loss: null, best: [] };
  expect(parseProgress(early)).toEqual(early);
});

test("a sweep is over when nothing is computed any longer", () => {
  const over = ["running", "paused", "stopping", "done", "stopped", "failed"].filter((phase) => {
    const progress = parseProgress({ ...STATE, phase });
    return progress !== null && isOver(progress);
  });
  expect(over).toEqual(["done", "stopped", "failed"]);
});

test("values that are not as they must be give no progress", () => {
  for (const wrong of [
    { phase: "asleep" },
    { phase: "toString" },
    { phase: 1 },
    { settings: "hidden" },
    { settings: [1] },
    { settings: Array.from({ length: 33 }, () => "start") },
    { done: -1 },
    { done: 9 },
    { done: 1.5 },
    { runs: 0 },
    { runs: Infinity },
    { kept: 9 },
    { per_second: -1 },
    { per_second: NaN },
    { seconds_left: "2" },
    { lowest_loss: Infinity },
    { best: {} },
    { best: [null] },
    { best: [{ name: "hidden" }] },
    { best: [{ name: "hidden", value: 4 }] },
    { error: "x".repeat(201) },
    { error: { toString: () => "x" } },
  ])
    expect(parseProgress({ ...STATE, ...wrong }), JSON.stringify(wrong)).toBeNull();
  for (const name of Object.keys(STATE)) expect(parseProgress({ ...STATE, [name]: undefined }), name).toBeNull();
  for (const state of [undefined, null, 3, "x", [], {}]) expect(parseProgress(state)).toBeNull();
});
