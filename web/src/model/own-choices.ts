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

/** The longest name of a column. */
export const LONGEST_NAME = 100;

/** A name as it is chosen: on one line. */
export function chosenName(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}

/** Whether a name can be read in a legend, as in data/own/parts.py: "" stands for the one in the file. */
export function isPrintable(name: string): boolean {
  return Array.from(name).length <= LONGEST_NAME && !/(?! )[\p{C}\p{Z}]/u.test(name);
}

/** Whether another column has this name. */
export function isTaken(table: TableFact, place: number, name: string): boolean {
  return table.columns.some((column, k) => k !== place && column.name === name);
}

/** Another name of a column; "" for the one in the file. Target and inputs stay those that the page shows. */
export function withName(table: TableFact, choices: ReadingChoices, place: number, name: string): ReadingChoices {
  const names = table.columns.map((_, k) => (k === place ? name : (choices.names?.[k] ?? "")));
  const column = table.columns[place];
  const after = name === "" ? column?.name_in_file : name;
  if (column === undefined || after === undefined) return choices;
  const renamed = (one: string): string => (one === column.name ? after : one);
  const keys = <T>(values: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [renamed(key), value]));
  const changed: ReadingChoices = { ...choices, names };
  if (names.every((one) => one === "")) delete changed.names;
  if (choices.kinds !== undefined) changed.kinds = keys(choices.kinds);
  if (choices.ranges !== undefined) changed.ranges = keys(choices.ranges);
  // A target is also recognized by its name.
  const target = choices.target ?? table.target;
  if (target !== "") changed.target = renamed(target);
  const inputs = choices.columns ?? inOrder(table, (one) => isInput(table, one));
  if (inputs.length > 0) changed.columns = inputs.map(renamed);
  return changed;
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
