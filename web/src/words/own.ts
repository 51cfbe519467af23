// A person's own data: choosing a file, what was recognized in it, and what is corrected.

export const title = "Your own data";
export const shortTitle = "Own data";
export const menuEntry = "Your own data…";
export const change = "Change…";
/** `shown` is the number as it is written. */
export const rows = (n: number, shown: string) => (n === 1 ? "1 row" : `${shown} rows`);

export const intro =
  "Any table with a header and numbers: a CSV file, or cells copied from a spreadsheet. One column is predicted from the others.";
export const chooseFile = "Choose a file";
export const orDrop = "or drop it anywhere on this page";
export const pasteLabel = "Or paste a table here";
export const pastePlaceholder = "length,width,species\n5.1,3.5,a\n4.9,3.0,b";
export const readPasted = "Read this table";
export const pasted = "Pasted table";
export const dropHere = "Drop the file to read it";
export const oneFileOnly = "Only the first file is read.";
export const isFolder = "This is a folder. Drop a file that is in it.";
export const continueWith = (file: string) => `Continue with ${file}`;
export const anotherFile = "Another file";
export const cancel = "Cancel";
export const tooLarge = (megabytes: string, most: string) =>
  `This file has ${megabytes} MB. At most ${most} MB can be read: use a part of its rows or columns.`;
export const notReadable = "The browser cannot read this file any longer. Choose it again.";

export const sending = (percent: number) => `Sending: ${percent} %`;
export const reading = "Reading…";
export const columnCount = (n: number) => (n === 1 ? "1 column" : `${n} columns`);
export const recognizeAgain = "Undo all corrections";

export const format = "How the file is read";
export const separator = "Separator";
export const decimal = "Decimal mark";
export const thousands = "Thousands mark";
export const quote = "Quotes";
export const encoding = "Encoding";
export const header = "Header lines";
export const comment = "Comment lines";
export const SEPARATORS: Record<string, string> = {
  ",": "Comma ,",
  ";": "Semicolon ;",
  "\t": "Tab",
  "|": "Bar |",
  " ": "Spaces",
  ":": "Colon :",
  "": "None: one column",
};
export const DECIMALS: Record<string, string> = { ".": "Point: 1.5", ",": "Comma: 1,5" };
export const THOUSANDS: Record<string, string> = {
  "": "None",
  ",": "Comma: 1,000",
  ".": "Point: 1.000",
  " ": "Space: 1 000",
  "'": "Apostrophe: 1'000",
};
export const QUOTES: Record<string, string> = { '"': 'Double "', "'": "Single '", "": "None" };
export const COMMENTS: Record<string, string> = {
  "": "None",
  "#": "Begin with #",
  "%": "Begin with %",
  "//": "Begin with //",
};
export const headerLines = (n: number) => (n === 0 ? "None" : n === 1 ? "1 line" : `${n} lines`);
export const corrected = (label: string) => `${label} (corrected)`;
export const recognizedNote = "Recognized. Correct what is wrong.";
export const more = "More about the format";

export const predicting = "What is predicted";
export const target = "Target";
export const readAs = "Read as";
export const classes = "Classes";
export const numbers = "Numbers";
export const targetReason = (reason: string) => `Recognized: ${reason}.`;
export const classList = (names: string[]) => `${names.length} classes: ${names.join(", ")}`;
export const numbersScaled = "They are scaled to −1 … 1 by the range of the column.";
export const noTarget = "Choose a column";
export const because = (what: string, reason: string) => (reason === "" ? `${what}.` : `${what}, ${reason}.`);

export const columns = "Columns and first rows";
export const columnsExplained =
  "Each input is scaled: its range becomes the width of the plane. Choose another range to leave more room. Names can be changed.";
export const KINDS: Record<string, string> = {
  number: "Numbers",
  text: "Text",
  date: "Dates or times",
  constant: "One value",
  index: "Row numbers",
  empty: "Empty",
};
export const nameOf = (column: string) => `Name of ${column}`;
export const nameTaken = (name: string) => `Another column has the name “${name}”.`;
export const nameUnfit = (longest: number) => `A name has at most ${longest} printable characters.`;
export const readColumnAs = (column: string) => `Read ${column} as`;
export const useOf = (column: string) => `Use of ${column}`;
export const isInput = "Input";
export const isInputs = (values: number) => `${values} inputs, one per value`;
export const isTarget = "Target";
export const unused = "Not used";
export const missingValues = (n: number, shown: string) => (n === 1 ? "1 missing value" : `${shown} missing values`);
export const rangeFrom = (column: string) => `${column}: range from`;
export const rangeTo = (column: string) => `${column}: range to`;
export const to = "to";
export const rangeWrong = "A range needs two numbers, the first below the second.";
export const moreColumns = (shown: number, all: number) => `${shown} of ${all} columns are shown.`;
export const showMore = "Show more";
export const firstRows = (shown: number, all: string) => `The first ${shown} of ${all} rows.`;

export const missing = "Missing values";
export const leaveOut = "Rows without a value are not used";
export const median = "Use the median of the column";
export const filled = (n: number, shown: string) =>
  n === 1 ? "1 missing value is the median of its column." : `${shown} missing values are the median of their column.`;

export const unusable = (n: number, shown: string) =>
  n === 1 ? "1 row cannot be used" : `${shown} rows cannot be used`;
export const unusableList = "Rows that cannot be used";
export const line = (shown: string) => `Line ${shown}`;
export const firstOf = (shown: number) => `The first ${shown} are listed; the download has all of them.`;
export const download = "Download these rows";
export const downloadName = (file: string) => `${file.replace(/\.[^.]*$/, "") || "table"} unusable rows.csv`;

export const use = "Use this data";
export const inputCount = (n: number) => (n === 1 ? "1 input" : `${n} inputs`);
export const classCount = (n: number) => (n === 0 ? "predicts a number" : `${n} classes`);
