// Reads the binary half of the wire; the layout is written down in src/tinkernet/server/frames.py.

/** The points of a run: x, y and label of each, the training points first. */
export interface Points {
  run: number;
  trainCount: number;
  testCount: number;
  /** x, y, label, x, y, label, … */
  values: Float64Array;
}

/** One moment of a run. One object is filled again and again; its arrays look into the last message. */
export interface Frame {
  frame: number;
  run: number;
  playing: boolean;
  diverged: boolean;
  epoch: number;
  /** Training points of this epoch that have been seen. */
  position: number;
  trainLoss: number;
  testLoss: number;
  trainAccuracy: number;
  testAccuracy: number;
  epochsPerSecond: number;
  /** Layer by layer: weights [to][from], then biases. */
  parameters: Float64Array;
  /** epoch, training loss, test loss of each new point of the curve. */
  curve: Float64Array;
  curveStride: number;
  /** Output of every neuron for the point `point`, inputs first; empty unless in slow motion. */
  activations: Float64Array;
  point: number;
  /** The place whose field `output` is. */
  focusLayer: number;
  focusNeuron: number;
  /** How many small fields there are: hidden neurons in order, then the output. */
  fields: number;
  neuronCells: number;
  scales: Float32Array;
  neurons: Uint8Array;
  outputCells: number;
  output: Uint8Array;
}

const FRAME = 1;
const POINTS = 2;
const FRAME_HEADER = 112;
const POINTS_HEADER = 16;

export function emptyFrame(): Frame {
  const none = new Float64Array(0);
  const bytes = new Uint8Array(0);
  return {
    frame: 0,
    run: -1,
    playing: false,
    diverged: false,
    epoch: 0,
    position: 0,
    trainLoss: NaN,
    testLoss: NaN,
    trainAccuracy: NaN,
    testAccuracy: NaN,
    epochsPerSecond: 0,
    parameters: none,
    curve: none,
    curveStride: 1,
    activations: none,
    point: 0,
    focusLayer: 0,
    focusNeuron: 0,
    fields: 0,
    neuronCells: 0,
    scales: new Float32Array(0),
    neurons: bytes,
    outputCells: 0,
    output: bytes,
  };
}

export function isFrame(message: ArrayBuffer): boolean {
  return new Uint32Array(message, 0, 1)[0] === FRAME;
}

export function isPoints(message: ArrayBuffer): boolean {
  return new Uint32Array(message, 0, 1)[0] === POINTS;
}

export function readPoints(message: ArrayBuffer): Points {
  const head = new Uint32Array(message, 0, 4);
  const trainCount = head[2] ?? 0;
  const testCount = head[3] ?? 0;
  return {
    run: head[1] ?? 0,
    trainCount,
    testCount,
    values: new Float64Array(message, POINTS_HEADER, 3 * (trainCount + testCount)),
  };
}

/** Fills `frame` from a message; the arrays are views, nothing is copied. */
export function readFrame(message: ArrayBuffer, frame: Frame): Frame {
  const head = new Uint32Array(message, 0, 14);
  const numbers = new Float64Array(message, 56, 7);
  const at = (i: number): number => head[i] as number;
  const number = (i: number): number => numbers[i] as number;
  frame.frame = at(1);
  frame.run = at(2);
  frame.playing = (at(3) & 1) !== 0;
  frame.diverged = (at(3) & 2) !== 0;
  frame.curveStride = at(9);
  frame.point = at(11);
  frame.focusLayer = at(12);
  frame.focusNeuron = at(13);
  frame.epoch = number(0);
  frame.position = number(1);
  frame.trainLoss = number(2);
  frame.testLoss = number(3);
  frame.trainAccuracy = number(4);
  frame.testAccuracy = number(5);
  frame.epochsPerSecond = number(6);

  let offset = FRAME_HEADER;
  frame.parameters = new Float64Array(message, offset, at(4));
  offset += 8 * at(4);
  frame.curve = new Float64Array(message, offset, 3 * at(5));
  offset += 24 * at(5);
  frame.activations = new Float64Array(message, offset, at(10));
  offset += 8 * at(10);
  frame.fields = at(6);
  frame.neuronCells = at(7);
  frame.scales = new Float32Array(message, offset, at(6) + 1);
  offset += 8 * Math.ceil((at(6) + 1) / 2);
  const cells = at(6) * at(7) * at(7);
  frame.neurons = new Uint8Array(message, offset, cells);
  offset += 8 * Math.ceil(cells / 8);
  frame.outputCells = at(8);
  frame.output = new Uint8Array(message, offset, at(8) * at(8));
  return frame;
}
