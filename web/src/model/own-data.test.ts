import { beforeEach, describe, expect, it, vi } from "vitest";
import type { FromPage, TableFact } from "../protocol/messages";
import { CHUNK_BYTES, CHUNKS_AHEAD, MOST_BYTES } from "../protocol/uploads";
import { OwnData } from "./own-data.svelte";

const TABLE = { used_rows: 3 } as TableFact;

let sent: FromPage[];
let chunks: { upload: number; start: number; size: number }[];
let own: OwnData;

beforeEach(() => {
  sent = [];
  chunks = [];
  own = new OwnData(
    (message) => sent.push(message),
    (bytes) => {
      const view = new DataView(bytes.buffer);
      chunks.push({ upload: view.getUint32(0, true), start: view.getUint32(4, true), size: bytes.length - 8 });
    },
  );
});

function upload(): number {
  const begun = sent.findLast((message) => message.type === "begin-upload");
  return begun?.upload ?? -1;
}

function received(bytes: number): void {
  own.take({ type: "upload", upload: upload(), received: bytes, gone: false });
}

function answer(request: number): void {
  own.take({ type: "reading", upload: upload(), request, table: TABLE, problem: null });
}

function begin(size: number): void {
  own.begin({ name: "a.csv", content: new Blob([new Uint8Array(size)]) });
}

describe("a file on its way", () => {
  it("is sent in chunks, with few unanswered", async () => {
    const size = 6 * CHUNK_BYTES + 5;
    begin(size);
    expect(sent).toEqual([{ type: "begin-upload", upload: upload(), name: "a.csv", size, choices: {} }]);
    received(0);
    await vi.waitFor(() => expect(chunks).toHaveLength(CHUNKS_AHEAD));
    received(CHUNK_BYTES);
    await vi.waitFor(() => expect(chunks).toHaveLength(CHUNKS_AHEAD + 1));
    received(5 * CHUNK_BYTES);
    await vi.waitFor(() => expect(chunks).toHaveLength(7));
    expect(chunks.map(({ start }) => start)).toEqual([0, 1, 2, 3, 4, 5, 6].map((k) => k * CHUNK_BYTES));
    expect(chunks.at(-1)?.size).toBe(5);
  });

  it("is refused before it is sent if it is too large", () => {
    own.begin({ name: "large.csv", content: { size: 2 * MOST_BYTES } as Blob });
    expect(sent).toEqual([]);
    expect(own.problem?.sentence).toMatch(/^This file has 200 MB/);
  });

  it("can be continued with when its dialog was closed, until it is used", () => {
    begin(9);
    own.close();
    expect(own.left).toBeNull();
    begin(9);
    answer(0);
    own.choose({ separator: ";" });
    const file = own.file;
    own.close();
    expect(own.left).toEqual({ file, choices: { separator: ";" } });
    own.open();
    expect(own.left).not.toBeNull();
    begin(9);
    answer(0);
    own.use();
    own.take({ type: "data-used", upload: upload(), digest: "d", refusal: null });
    expect(own.left).toBeNull();
  });

  it("is refused as a folder without being sent", () => {
    own.refuse({ name: "folder", content: new Blob() }, "This is a folder.");
    expect([own.shown, own.problem?.sentence, sent]).toEqual([true, "This is a folder.", []]);
    own.sendAgain();
    expect(sent).toEqual([]);
  });

  it("is given up when the browser cannot read it any longer", async () => {
    const content = {
      size: 9,
      slice: () => ({ arrayBuffer: () => Promise.reject(new Error("gone")) }),
    } as unknown as Blob;
    own.begin({ name: "a.csv", content });
    received(0);
    await vi.waitFor(() => expect(own.problem?.place).toBe("file"));
    expect(sent.at(-1)).toEqual({ type: "forget-data" });
  });

  it("is sent again when the session has lost it, with what was corrected", () => {
    begin(9);
    answer(0);
    own.choose({ separator: ";" });
    own.take({ type: "upload", upload: upload(), received: 0, gone: true });
    expect(sent.at(-1)).toMatchObject({ type: "begin-upload", choices: { separator: ";" } });
    own.sendAgain();
    expect(sent.filter(({ type }) => type === "begin-upload")).toHaveLength(3);
  });
});

describe("what was read", () => {
  it("counts if it answers the latest choices", () => {
    begin(9);
    answer(0);
    expect(own.ready).toBe(true);
    own.choose({ separator: ";" });
    own.choose({ separator: "," });
    expect(own.ready).toBe(false);
    answer(1);
    expect(own.ready).toBe(false);
    answer(2);
    expect(own.ready).toBe(true);
  });

  it("keeps the table while a choice is not possible", () => {
    begin(9);
    answer(0);
    own.choose({ encoding: "no" });
    const problem = { place: "encoding" as const, sentence: "No.", column: "" };
    own.take({ type: "reading", upload: upload(), request: 1, table: null, problem });
    expect(own.table).toBe(TABLE);
    expect(own.ready).toBe(false);
  });

  it("is used, and can be changed as long as the same data is in use", () => {
    begin(9);
    answer(0);
    own.choose({ separator: ";" });
    answer(1);
    own.use();
    expect(sent.at(-1)).toEqual({ type: "use-data", upload: upload(), request: 1 });
    own.take({ type: "data-used", upload: upload(), digest: "d1", refusal: null });
    expect(own.shown).toBe(false);
    own.change("other");
    expect(own.file).toBeNull();
    own.change("d1");
    expect(own.file?.name).toBe("a.csv");
    expect(own.choices).toEqual({ separator: ";" });
  });

  it("says why it was not used", () => {
    begin(9);
    answer(0);
    own.use();
    own.take({ type: "data-used", upload: upload(), digest: "", refusal: "Too large." });
    expect(own.shown).toBe(true);
    expect(own.problem?.sentence).toBe("Too large.");
  });

  it("lists the unusable rows part by part", () => {
    begin(9);
    answer(0);
    let saved = "";
    own.fetchUnusable((text) => (saved = text));
    own.take({ type: "unusable-text", upload: upload(), start: 0, following: 7, text: "a\n" });
    expect(sent.at(-1)).toEqual({ type: "ask-unusable", upload: upload(), start: 7 });
    own.take({ type: "unusable-text", upload: upload(), start: 7, following: null, text: "b\n" });
    expect(saved).toBe("a\nb\n");
  });
});
