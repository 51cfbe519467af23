// A file on its way to the session, in chunks, as src/tinkernet/protocol/uploads.py has them.

/** The content of the largest chunk. */
export const CHUNK_BYTES = 262_144;
/** So many chunks may be unanswered. */
export const CHUNKS_AHEAD = 4;
/** The largest file that is read. */
export const MOST_BYTES = 100_000_000;
const HEAD = 8;

/** The binary message of a chunk: the number of its upload, its place in the content, and the content. */
export function chunkMessage(upload: number, start: number, content: ArrayBuffer): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(HEAD + content.byteLength);
  const view = new DataView(message.buffer);
  view.setUint32(0, upload, true);
  view.setUint32(4, start, true);
  message.set(new Uint8Array(content), HEAD);
  return message;
}
