// The evidence of a finding, in numbers.

import { fixed, setting } from "../numbers/format";

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
