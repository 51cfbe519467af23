// A finding as the page shows it: its look, and its evidence in numbers.

import type { FindingFact } from "../protocol/messages";
import { fixed, setting } from "../numbers/format";

export type Look = "alarm" | "down" | "flat" | "done" | "note";

export function lookOf(finding: FindingFact): Look {
  if (finding.alarm) return "alarm";
  if (finding.kind === "solved" || finding.kind === "noise-floor") return "done";
  if (finding.kind === "falling") return "down";
  return finding.kind === "level" ? "flat" : "note";
}

/** A measured quantity by name, as words: "epochs_left" is "epochs left". */
export function evidenceName(name: string): string {
  return name.replaceAll("_", " ");
}

/** A measured quantity in as many digits as matter. */
export function evidenceValue(value: number | null): string {
  if (value === null) return "not a number";
  if (Number.isInteger(value)) return fixed(value, 0);
  return Math.abs(value) >= 100 ? fixed(value, 0) : setting(Number(value.toPrecision(3)));
}
