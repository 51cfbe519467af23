// Reads the fields of a saved state, which may come from anybody's file.

import { NotSaved, finite, list, text, whole } from "./saved-values";

const MOST = { parts: 16, unpacked: 1e6 };

/** Reads values of an object; what is not as it must be ends the reading. */
export class Fields {
  readonly #values: Record<string, unknown>;
  #parts = new Map<string, Uint8Array>();

  private constructor(state: unknown) {
    if (typeof state !== "object" || state === null) throw new NotSaved();
    this.#values = state as Record<string, unknown>;
  }

  /** The fields of a saved state, whose bytes are unpacked. */
  static async of(state: unknown): Promise<Fields> {
    const fields = new Fields(state);
    const lengths = list(fields.#get("lengths"), MOST.parts).map((one) => {
      const [name, length] = list(one, 2);
      return [text(name), whole(length, 0, MOST.unpacked)] as const;
    });
    const size = lengths.reduce((sum, [, length]) => sum + length, 0);
    if (size > MOST.unpacked) throw new NotSaved();
    const bytes = await unpack(packedBytes(fields.#get("packed")), size);
    let start = 0;
    for (const [name, length] of lengths) {
      fields.#parts.set(name, bytes.slice(start, start + length));
      start += length;
    }
    return fields;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#values, name) && this.#values[name] !== null;
  }

  #get(name: string): unknown {
    return Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
  }

  text(name: string): string {
    return text(this.#get(name));
  }

  texts(name: string, most: number): string[] {
    return list(this.#get(name), most).map(text);
  }

  whole(name: string, least: number, most: number): number {
    return whole(this.#get(name), least, most);
  }

  wholes(name: string, count: number, most: number): number[] {
    return list(this.#get(name), count).map((value) => whole(value, 1, most));
  }

  /** Finite numbers, and NaN where there is none. */
  numbers(name: string, count: number): number[] {
    const values = list(this.#get(name), count);
    if (values.length !== count) throw new NotSaved();
    return values.map((value) => (value === null ? NaN : finite(value)));
  }

  share(name: string): number | null {
    if (!this.has(name)) return null;
    const value = finite(this.#get(name));
    if (value < 0 || value > 1) throw new NotSaved();
    return value;
  }

  bytes(name: string, most: number): Uint8Array {
    const part = this.#parts.get(name);
    if (part === undefined || part.length > most) throw new NotSaved();
    return part;
  }

  /** Float32 numbers, the lowest byte first. */
  floats(name: string, most: number): Float64Array {
    const bytes = this.bytes(name, 4 * most);
    if (bytes.length % 4 !== 0) throw new NotSaved();
    const view = new DataView(bytes.buffer);
    return Float64Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
  }
}

/** A notebook gives bytes as a view, or as a buffer. */
function packedBytes(value: unknown): Uint8Array<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  throw new NotSaved();
}

/** Unpacks exactly so many bytes; it stops where there are more. */
async function unpack(packed: Uint8Array<ArrayBuffer>, size: number): Promise<Uint8Array> {
  const unpacked = new Uint8Array(size);
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  let length = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      unpacked.set(part.value, length);
      length += part.value.length;
    }
  } catch {
    // It is no packed data, or there is no room for what it holds.
    await reader.cancel().catch(() => undefined);
    throw new NotSaved();
  }
  if (length !== size) throw new NotSaved();
  return unpacked;
}
