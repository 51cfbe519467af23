// Single values of a saved state, which may come from anybody's file: each is checked.

const MOST_LETTERS = 200;

/** What a saved state holds is not as it must be. */
export class NotSaved extends Error {}

export function text(value: unknown): string {
  if (typeof value !== "string" || value.length > MOST_LETTERS) throw new NotSaved();
  return value;
}

export function list(value: unknown, most: number): unknown[] {
  if (!Array.isArray(value) || value.length > most) throw new NotSaved();
  return value;
}

export function finite(value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new NotSaved();
  return value;
}

export function whole(value: unknown, least: number, most: number): number {
  const number = finite(value);
  if (!Number.isInteger(number) || number < least || number > most) throw new NotSaved();
  return number;
}

/** The value of an object's own field; undefined if it has none. */
export function field(state: unknown, name: string): unknown {
  if (typeof state !== "object" || state === null) throw new NotSaved();
  return Object.hasOwn(state, name) ? (state as Record<string, unknown>)[name] : undefined;
}
