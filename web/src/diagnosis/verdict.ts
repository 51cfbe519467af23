// A finding as the line under the stage says it: the verdict first, the rest in second ink.

import type { Finding } from "../protocol/messages";
import { fixed, setting } from "../numbers/format";

export type Look = "alarm" | "down" | "flat" | "done" | "note";

/** The first sentence, or what stands before a colon, and what is left. */
export function verdict(message: string): [verdict: string, rest: string] {
  const cut = /[.:!?](?=\s)/.exec(message);
  if (cut === null) return [message, ""];
  const head = message.slice(0, cut.index + 1);
  const rest = message.slice(cut.index + 1).trim();
  return cut[0] === ":" ? [`${head.slice(0, -1)}.`, rest.charAt(0).toUpperCase() + rest.slice(1)] : [head, rest];
}

export function lookOf(finding: Finding): Look {
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
