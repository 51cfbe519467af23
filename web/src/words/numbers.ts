// Numbers that cannot be written as such, and units.

export const notANumber = "not a number";

// Durations.
export const seconds = (n: number) => `${n} s`;
export const minutes = (n: number) => `${n} min`;
export const hours = (n: number) => `${n} h`;
