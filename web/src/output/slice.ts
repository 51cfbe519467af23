// What is drawn of data with more than two columns: pairs of axes, and values at which other columns are held.

import type { ColumnFact, OwnDataFact } from "../protocol/messages";

type Held = [number, number][];

/** The axes with this column along one side; if it was along the other, the two change places. */
export function axesWith(
  { across, up }: Pick<OwnDataFact, "across" | "up">,
  column: number,
  side: "across" | "up",
): [number, number] {
  const other = up ?? 0;
  if (side === "across") return [column, column === other ? across : other];
  return [column === across ? other : across, column];
}

/** The held values with this one for a column. */
export function heldWith(held: Held, place: number, value: number): Held {
  return [...held.filter(([one]) => one !== place), [place, value]];
}

/** A step of about a hundredth of the column's range: 1, 2 or 5 times a power of ten. */
export function stepOf({ low, high }: Pick<ColumnFact, "low" | "high">): number {
  const rough = (high - low) / 100;
  const power = 10 ** Math.floor(Math.log10(rough));
  const digit = [1, 2, 5, 10].find((one) => one * power >= rough * 0.999) ?? 10;
  return Number((digit * power).toPrecision(3));
}

/** A value of a column with as many digits as its steps have. */
export function shownValue(column: Pick<ColumnFact, "low" | "high">, value: number): string {
  const digits = Math.max(0, -Math.floor(Math.log10(stepOf(column))));
  return digits > 8 ? value.toPrecision(3) : value.toFixed(digits);
}
