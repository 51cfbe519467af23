// What a person corrects in how their file is read. Each is a pure change of the choices.

import type { FileColumn, ReadingChoices, TableFact } from "../protocol/messages";

/** How the text becomes a table. */
export type Structure = Pick<
  ReadingChoices,
  "encoding" | "separator" | "quote" | "decimal" | "thousands" | "comment" | "header"
>;

const STRUCTURE = ["encoding", "separator", "quote", "decimal", "thousands", "comment", "header"] as const;

/** Another structure: the table may have other columns then, so that choices about columns no longer hold. */
export function withStructure(choices: ReadingChoices, change: Structure): ReadingChoices {
  const kept: ReadingChoices = {};
  for (const name of STRUCTURE) if (choices[name] != null) Object.assign(kept, { [name]: choices[name] });
  if (choices.missing !== undefined) kept.missing = choices.missing;
  return { ...kept, ...change };
}

/** Another column as the target. What it is read as, and its range, are recognized again. */
export function withTarget(table: TableFact, choices: ReadingChoices, target: string): ReadingChoices {
  const before = table.target;
  const chosen: ReadingChoices = {
    ...choices,
    target,
    target_kind: null,
    ranges: without(choices.ranges, target, before),
  };
  if (choices.columns == null) return chosen;
  const old = table.columns.find(({ name }) => name === before);
  return {
    ...chosen,
    columns: inOrder(
      table,
      (name) => (name === before ? old?.as_input === "number" : isInput(table, name)) && name !== target,
    ),
  };
}

/** A column as an input, or not. */
export function withInput(
  table: TableFact,
  choices: ReadingChoices,
  column: FileColumn,
  used: boolean,
): ReadingChoices {
  const columns = inOrder(table, (name) => (name === column.name ? used : isInput(table, name)));
  const texts = table.columns.some(({ name, as_input }) => as_input === "one-per-value" && columns.includes(name));
  return { ...choices, columns, text_columns: texts ? "one-per-value" : "leave-out" };
}

/** A column read as numbers or as text. */
export function withKind(choices: ReadingChoices, column: string, kind: "number" | "text"): ReadingChoices {
  return { ...choices, kinds: { ...choices.kinds, [column]: kind }, ranges: without(choices.ranges, column) };
}

export function withTargetKind(
  choices: ReadingChoices,
  target: string,
  target_kind: "classes" | "numbers",
): ReadingChoices {
  return { ...choices, target_kind, ranges: without(choices.ranges, target) };
}

/** Another range of a column; null for the one that fits its values. */
export function withRange(choices: ReadingChoices, column: string, range: [number, number] | null): ReadingChoices {
  const ranges = without(choices.ranges, column);
  return { ...choices, ranges: range === null ? ranges : { ...ranges, [column]: range } };
}

function isInput(table: TableFact, name: string): boolean {
  return table.columns.some((column) => column.name === name && column.role === "input");
}

function inOrder(table: TableFact, wanted: (name: string) => boolean | undefined): string[] {
  return table.columns.map(({ name }) => name).filter((name) => wanted(name) === true);
}

function without<T>(values: Record<string, T> | undefined, ...names: string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(values ?? {}).filter(([name]) => !names.includes(name)));
}
