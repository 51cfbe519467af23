// The part of a formula that is wrong.

/** What stands before the place, at it, and after it. Places count characters, not the units of a string. */
export function partsAt(text: string, start: number, length: number): { before: string; wrong: string; after: string } {
  const letters = Array.from(text);
  const wrong = letters.slice(start, start + length).join("");
  return {
    before: letters.slice(0, start).join(""),
    // Where something is missing at the end, the gap is underlined.
    wrong: wrong === "" ? "\u00a0\u00a0" : wrong,
    after: letters.slice(start + length).join(""),
  };
}
