// Numbers that cannot be written as such.

export const notANumber = "not a number";
