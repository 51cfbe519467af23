// What a notebook keeps to show a run without a kernel. It may come from anybody's file: nothing of it is used before it is checked.

import { EDGE } from "../field/plane";
import { ParameterLayout } from "../network/parameters";

/** A network with the small fields of its inputs and neurons. */
export interface SavedNetwork {
  /** Neurons per layer, inputs first. */
  sizes: number[];
  /** The symbols of the inputs. */
  inputs: string[];
  parameters: Float64Array;
  /** Cells along one side of each field. */
  cells: number;
  inputFields: Uint8Array;
  neuronFields: Uint8Array;
}

export interface SavedPicture {
  original: boolean;
  data: string;
  epoch: number;
  trainLoss: number;
  testLoss: number;
  accuracy: number | null;
  cells: number;
  /** As `output` and `winners` of a frame. */
  field: Uint8Array;
  winners: Uint8Array;
  /** Three names or more, or none. */
  classes: string[];
  regression: boolean;
  /** x, y and label of each training point, as in a PointsFrame. */
  points: Float64Array;
  /** Epoch, training loss and test loss, as in a frame. */
  curve: Float64Array;
  /** Null for a network that is too large to be kept with its picture. */
  network: SavedNetwork | null;
}

const VERSION = 1;
const MOST = {
  cells: 128,
  classes: 64,
  letters: 200,
  points: 4096,
  curve: 2048,
  epoch: 1e12,
  layers: 66,
  neurons: 256,
};

/** A place on the plane is a byte up to this. */
const LAST = 254;

/** The picture in a saved state; null if it holds none that can be drawn. */
export function parseSaved(state: unknown): SavedPicture | null {
  try {
    return picture(new Fields(state));
  } catch (error) {
    if (error instanceof NotSaved) return null;
    throw error;
  }
}

class NotSaved extends Error {}

/** Reads values of an object; what is not as it must be ends the reading. */
class Fields {
  readonly #values: Record<string, unknown>;

  constructor(state: unknown) {
    if (typeof state !== "object" || state === null) throw new NotSaved();
    this.#values = state as Record<string, unknown>;
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
    const value = this.#get(name);
    const [buffer, start, length] = ArrayBuffer.isView(value)
      ? [value.buffer, value.byteOffset, value.byteLength]
      : value instanceof ArrayBuffer
        ? [value, 0, value.byteLength]
        : [null, 0, 0];
    if (buffer === null || length > most) throw new NotSaved();
    return new Uint8Array(buffer, start, length).slice();
  }

  /** Float32 numbers, the lowest byte first. */
  floats(name: string, most: number): Float64Array {
    const bytes = this.bytes(name, 4 * most);
    if (bytes.length % 4 !== 0) throw new NotSaved();
    const view = new DataView(bytes.buffer);
    return Float64Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
  }
}

function text(value: unknown): string {
  if (typeof value !== "string" || value.length > MOST.letters) throw new NotSaved();
  return value;
}

function list(value: unknown, most: number): unknown[] {
  if (!Array.isArray(value) || value.length > most) throw new NotSaved();
  return value;
}

function finite(value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new NotSaved();
  return value;
}

function whole(value: unknown, least: number, most: number): number {
  const number = finite(value);
  if (!Number.isInteger(number) || number < least || number > most) throw new NotSaved();
  return number;
}

function picture(saved: Fields): SavedPicture {
  saved.whole("version", VERSION, VERSION);
  const cells = saved.whole("cells", 1, MOST.cells);
  const classes = saved.texts("classes", MOST.classes);
  const field = sized(saved.bytes("field", cells ** 2), cells ** 2);
  const winners = sized(saved.bytes("winners", cells ** 2), classes.length > 2 ? cells ** 2 : 0);
  if (winners.some((winner) => winner >= classes.length)) throw new NotSaved();
  const [trainLoss = NaN, testLoss = NaN] = saved.numbers("losses", 2);
  return {
    original: saved.has("colours") && saved.text("colours") === "original",
    data: saved.text("data"),
    epoch: saved.whole("epoch", 0, MOST.epoch),
    trainLoss,
    testLoss,
    accuracy: saved.share("accuracy"),
    cells,
    field,
    winners,
    classes,
    regression: saved.has("problem") && saved.text("problem") === "regression",
    points: points(saved, classes.length),
    curve: curve(saved.floats("curve", 3 * MOST.curve)),
    network: saved.has("sizes") ? network(saved) : null,
  };
}

function sized(bytes: Uint8Array, size: number): Uint8Array {
  if (bytes.length !== size) throw new NotSaved();
  return bytes;
}

/** The points on the plane; those outside are not drawn. */
function points(saved: Fields, classes: number): Float64Array {
  const labels = saved.bytes("labels", MOST.points);
  const places = sized(saved.bytes("places", 2 * MOST.points), 2 * labels.length);
  const all: number[] = [];
  labels.forEach((label, i) => {
    const [x = 0, y = 0] = places.subarray(2 * i, 2 * i + 2);
    if (x > LAST || y > LAST || (classes > 2 && label >= classes)) return;
    all.push((2 * x * EDGE) / LAST - EDGE, (2 * y * EDGE) / LAST - EDGE, classes > 2 ? label : label / 127 - 1);
  });
  return Float64Array.from(all);
}

function curve(rows: Float64Array): Float64Array {
  if (rows.length % 3 !== 0) throw new NotSaved();
  for (let i = 0; i < rows.length; i += 3) {
    const epoch = rows[i] ?? NaN;
    if (!(epoch >= 0 && epoch <= MOST.epoch)) throw new NotSaved();
  }
  return rows;
}

function network(saved: Fields): SavedNetwork {
  const sizes = saved.wholes("sizes", MOST.layers, MOST.neurons);
  if (sizes.length < 2) throw new NotSaved();
  const inputs = saved.texts("inputs", MOST.neurons);
  if (inputs.length !== sizes[0]) throw new NotSaved();
  const parameters = new ParameterLayout(sizes).count;
  const cells = saved.whole("neuron_cells", 1, MOST.cells);
  const neurons = sizes.slice(1).reduce((sum, n) => sum + n, 0);
  const values = saved.floats("parameters", parameters);
  if (values.length !== parameters) throw new NotSaved();
  return {
    sizes,
    inputs,
    parameters: values,
    cells,
    inputFields: sized(saved.bytes("input_fields", inputs.length * cells ** 2), inputs.length * cells ** 2),
    neuronFields: sized(saved.bytes("neuron_fields", neurons * cells ** 2), neurons * cells ** 2),
  };
}
