// What a notebook keeps to show a run without a kernel. It may come from anybody's file: nothing of it is used before it is checked.

import { EDGE } from "../field/plane";
import { ParameterLayout } from "../network/parameters";
import { Fields } from "./saved-fields";
import { NotSaved } from "./saved-values";

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
  /** Whether a program trained the network: epochs are then steps of its optimizer. */
  watched: boolean;
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
const MOST = { cells: 128, classes: 64, points: 4096, curve: 2048, epoch: 1e12, layers: 66, neurons: 256 };

/** A place on the plane is a byte up to this. */
const LAST = 254;

/** The picture in a saved state; null if it holds none that can be drawn. */
export async function parseSaved(state: unknown): Promise<SavedPicture | null> {
  try {
    return picture(await Fields.of(state));
  } catch (error) {
    if (error instanceof NotSaved) return null;
    throw error;
  }
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
    watched: saved.has("unit") && saved.text("unit") === "step",
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
