// The options of a choice about a file.

export interface MarkOption {
  value: string;
  label: string;
}

/** All names, and the present value where it is none of them. */
export function marks(names: Record<string, string>, value: string): MarkOption[] {
  const options = Object.entries(names).map(([mark, label]) => ({ value: mark, label }));
  if (!(value in names)) options.push({ value, label: value });
  return options;
}
