/** Makes the effect that calls it run again when one of these values changes: reading them as arguments is enough. */
export function dependOn(...values: unknown[]): number {
  return values.length;
}
