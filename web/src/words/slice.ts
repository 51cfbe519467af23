// What is drawn of data with more than two columns.

export const choose = "Choose axes";
export const chooseHint = "The picture shows two columns. Choose which, and at which values the others are held.";
export const across = "Across";
export const up = "Up";
export const held = "Held at";
export const heldHint = "Points that differ much from these values are paler.";
export const medians = "Use the medians";
export const done = "Done";
