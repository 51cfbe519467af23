// A table that was copied in a spreadsheet, or a text with one.

import type { OwnFile } from "./own-data.svelte";

/** The text as a file without a name. */
export function pastedFile(text: string): OwnFile {
  return { name: "", content: new Blob([text], { type: "text/plain" }) };
}

/** Whether a text is likely to be a table: two lines or more, each with a separator. */
export function isTable(text: string): boolean {
  const lines = text.trim().split(/\r\n|\r|\n/, 10);
  return lines.length >= 2 && lines.every((line) => line.trim() === "" || /[\t,;|]/.test(line));
}
