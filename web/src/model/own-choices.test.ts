import { describe, expect, it } from "vitest";
import type { FileColumn, TableFact } from "../protocol/messages";
import {
  chosenName,
  isPrintable,
  isTaken,
  withInput,
  withKind,
  withName,
  withRange,
  withStructure,
  withTarget,
  withTargetKind,
} from "./own-choices";

function column(name: string, role: FileColumn["role"], as_input: FileColumn["as_input"] = "number"): FileColumn {
  return {
    name,
    name_in_file: name,
    role,
    as_input,
    kind: "number",
    reason: "",
    missing: 0,
    distinct: null,
    range: null,
    unit: "",
  };
}

const COLUMNS = [
  column("a", "input"),
  column("b", "input"),
  column("city", "unused", "one-per-value"),
  column("y", "target"),
];
const TABLE = { columns: COLUMNS, target: "y" } as TableFact;

describe("corrections of how a file is read", () => {
  it("keep the structure, and drop what is about columns that may be others", () => {
    const before = {
      separator: ";",
      target: "a",
      columns: ["b"],
      ranges: { b: [0, 1] as [number, number] },
      missing: "median" as const,
    };
    expect(withStructure(before, { header: 0 })).toEqual({ separator: ";", header: 0, missing: "median" });
  });

  it("use a further column, in the order of the file", () => {
    const city = COLUMNS[2] as FileColumn;
    expect(withInput(TABLE, {}, city, true)).toEqual({ columns: ["a", "b", "city"], text_columns: "one-per-value" });
    expect(withInput(TABLE, {}, COLUMNS[0] as FileColumn, false)).toEqual({
      columns: ["b"],
      text_columns: "leave-out",
    });
  });

  it("make another column the target, which is no input then; the one before is", () => {
    const ranges = { a: [0, 9] as [number, number], b: [1, 2] as [number, number] };
    const chosen = withTarget(TABLE, { columns: ["a", "b"], ranges, target_kind: "numbers" }, "a");
    expect(chosen).toEqual({ columns: ["b", "y"], target: "a", target_kind: null, ranges: { b: [1, 2] } });
    expect(withTarget(TABLE, {}, "a").columns).toBeUndefined();
  });

  it("drop a range that another kind of the column does not have", () => {
    const ranges = { a: [0, 9] as [number, number] };
    expect(withKind({ ranges }, "a", "text")).toEqual({ kinds: { a: "text" }, ranges: {} });
    expect(withTargetKind({ ranges }, "a", "classes")).toEqual({ target_kind: "classes", ranges: {} });
  });

  it("set a range, and leave it to the values again", () => {
    const chosen = withRange({}, "a", [0, 5]);
    expect(chosen.ranges).toEqual({ a: [0, 5] });
    expect(withRange(chosen, "a", null).ranges).toEqual({});
  });

  it("rename a column wherever it is chosen, and keep the target and the inputs as they are shown", () => {
    const before = { kinds: { a: "text" as const }, ranges: { a: [0, 1] as [number, number] }, columns: ["a", "b"] };
    expect(withName(TABLE, before, 0, "length")).toEqual({
      names: ["length", "", "", ""],
      kinds: { length: "text" },
      ranges: { length: [0, 1] },
      columns: ["length", "b"],
      target: "y",
    });
    expect(withName(TABLE, {}, 3, "class")).toEqual({
      names: ["", "", "", "class"],
      target: "class",
      columns: ["a", "b"],
    });
  });

  it("give a column the name in the file again", () => {
    const renamed = { ...TABLE, columns: [{ ...column("length", "input"), name_in_file: "a" }, ...COLUMNS.slice(1)] };
    const before = { names: ["length", "", "", ""], columns: ["length"], target: "y" };
    expect(withName(renamed, before, 0, "")).toEqual({ columns: ["a"], target: "y" });
  });

  it("know which names cannot be chosen", () => {
    expect(chosenName("  petal\u00a0 length\n")).toBe("petal length");
    expect(["", "x".repeat(100), "größe µ 長さ", "😀".repeat(100)].map(isPrintable)).toEqual([true, true, true, true]);
    expect(["x".repeat(101), "a\u202eb", "a\u0000", "a\u200b"].some(isPrintable)).toBe(false);
    expect([isTaken(TABLE, 0, "b"), isTaken(TABLE, 1, "b"), isTaken(TABLE, 0, "")]).toEqual([true, false, false]);
  });
});
