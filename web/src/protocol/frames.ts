// Made by `make generate` from src/tinkernet/protocol/frames.py: change that file, and make this one again.

/** The plane that is shown goes from −EDGE to EDGE in both directions. */
export const EDGE = 6;

export const FRAME = 1;

/** One moment of a run. */
export interface Frame {
  /** Its number, which begins again at 0 after 2³² − 1. */
  frame: number;
  /** As in State. When it is new, or the page has just said hello, the frame brings the whole curve. */
  run: number;
  playing: boolean;
  diverged: boolean;
  /** A curve keeps the epochs that are multiples of this; when it doubles, the page drops every other point. */
  curveStride: number;
  /** The training point that `activations` belong to. */
  point: number;
  /** The place whose field `output` holds, as NeuronPlace counts. */
  focusLayer: number;
  focusNeuron: number;
  epoch: number;
  /** How many training points of this epoch have been seen. */
  position: number;
  trainLoss: number;
  testLoss: number;
  /** NaN for regression. */
  trainAccuracy: number;
  testAccuracy: number;
  epochsPerSecond: number;
  /** Layer by layer: weights [to][from], then biases. */
  parameters: Float64Array;
  /** (epoch, training loss, test loss) of each point of the curve since the last frame. */
  curve: Float64Array;
  /** The output of every neuron, inputs first; empty but in slow motion. */
  activations: Float64Array;
  /** The scale of each field in `neurons`, then of `output`. */
  scales: Float32Array;
  /** The fields of the hidden neurons in order, then of the output. */
  neurons: Uint8Array;
  /** The field of the focus; of the output where nothing is in focus. */
  output: Uint8Array;
  parameterCount: number;
  curvePoints: number;
  activationCount: number;
  scaleCount: number;
  fields: number;
  neuronCells: number;
  outputCells: number;
}

export function emptyFrame(): Frame {
  return {
    frame: 0,
    run: 0,
    playing: false,
    diverged: false,
    curveStride: 0,
    point: 0,
    focusLayer: 0,
    focusNeuron: 0,
    epoch: 0,
    position: 0,
    trainLoss: 0,
    testLoss: 0,
    trainAccuracy: 0,
    testAccuracy: 0,
    epochsPerSecond: 0,
    parameters: new Float64Array(0),
    curve: new Float64Array(0),
    activations: new Float64Array(0),
    scales: new Float32Array(0),
    neurons: new Uint8Array(0),
    output: new Uint8Array(0),
    parameterCount: 0,
    curvePoints: 0,
    activationCount: 0,
    scaleCount: 0,
    fields: 0,
    neuronCells: 0,
    outputCells: 0,
  };
}

/** Fills `into` from a message; its arrays look into the message, nothing is copied. */
export function readFrame(message: ArrayBuffer, into: Frame = emptyFrame()): Frame {
  const head = new DataView(message);
  into.frame = head.getUint32(4, true);
  into.run = head.getUint32(8, true);
  into.playing = head.getUint32(12, true) !== 0;
  into.diverged = head.getUint32(16, true) !== 0;
  into.curveStride = head.getUint32(20, true);
  into.point = head.getUint32(24, true);
  into.focusLayer = head.getInt32(28, true);
  into.focusNeuron = head.getUint32(32, true);
  into.parameterCount = head.getUint32(36, true);
  into.curvePoints = head.getUint32(40, true);
  into.activationCount = head.getUint32(44, true);
  into.scaleCount = head.getUint32(48, true);
  into.fields = head.getUint32(52, true);
  into.neuronCells = head.getUint32(56, true);
  into.outputCells = head.getUint32(60, true);
  into.epoch = head.getFloat64(64, true);
  into.position = head.getFloat64(72, true);
  into.trainLoss = head.getFloat64(80, true);
  into.testLoss = head.getFloat64(88, true);
  into.trainAccuracy = head.getFloat64(96, true);
  into.testAccuracy = head.getFloat64(104, true);
  into.epochsPerSecond = head.getFloat64(112, true);
  let at = 120;
  into.parameters = new Float64Array(message, at, into.parameterCount);
  at += into.parameters.byteLength;
  into.curve = new Float64Array(message, at, into.curvePoints * 3);
  at += into.curve.byteLength;
  into.activations = new Float64Array(message, at, into.activationCount);
  at += into.activations.byteLength;
  into.scales = new Float32Array(message, at, into.scaleCount);
  at += 8 * Math.ceil(into.scales.byteLength / 8);
  into.neurons = new Uint8Array(message, at, into.fields * into.neuronCells * into.neuronCells);
  at += 8 * Math.ceil(into.neurons.byteLength / 8);
  into.output = new Uint8Array(message, at, into.outputCells * into.outputCells);
  return into;
}

export const POINTS_FRAME = 2;

/** The points of a run, the training points first. */
export interface PointsFrame {
  run: number;
  trainCount: number;
  /** (x, y, label) of each. */
  points: Float64Array;
  count: number;
}

export function emptyPointsFrame(): PointsFrame {
  return {
    run: 0,
    trainCount: 0,
    points: new Float64Array(0),
    count: 0,
  };
}

/** Fills `into` from a message; its arrays look into the message, nothing is copied. */
export function readPointsFrame(message: ArrayBuffer, into: PointsFrame = emptyPointsFrame()): PointsFrame {
  const head = new DataView(message);
  into.run = head.getUint32(4, true);
  into.trainCount = head.getUint32(8, true);
  into.count = head.getUint32(12, true);
  const at = 16;
  into.points = new Float64Array(message, at, into.count * 3);
  return into;
}

export const PIN_FRAME = 3;

/** A pinned run: its whole curve, and a picture of its output. */
export interface PinFrame {
  pin: number;
  /** (epoch, training loss, test loss), thinned as a frame's, but for the last, which is always there. */
  curve: Float64Array;
  /** The output's field with the scale 1. */
  picture: Uint8Array;
  count: number;
  cells: number;
}

export function emptyPinFrame(): PinFrame {
  return {
    pin: 0,
    curve: new Float64Array(0),
    picture: new Uint8Array(0),
    count: 0,
    cells: 0,
  };
}

/** Fills `into` from a message; its arrays look into the message, nothing is copied. */
export function readPinFrame(message: ArrayBuffer, into: PinFrame = emptyPinFrame()): PinFrame {
  const head = new DataView(message);
  into.pin = head.getUint32(4, true);
  into.count = head.getUint32(8, true);
  into.cells = head.getUint32(12, true);
  let at = 16;
  into.curve = new Float64Array(message, at, into.count * 3);
  at += into.curve.byteLength;
  into.picture = new Uint8Array(message, at, into.cells * into.cells);
  return into;
}

export const WALL_FRAME = 4;

/** Where many starts are, in their order. */
export interface WallFrame {
  epoch: number;
  trainLosses: Float64Array;
  testLosses: Float64Array;
  /** The output's field of each with the scale 1. */
  fields: Uint8Array;
  /** Where 0, 1, … or all of them succeed, the confidence interval of the true share, at 95 per cent. */
  intervals: Float64Array;
  n: number;
  cells: number;
  counts: number;
}

export function emptyWallFrame(): WallFrame {
  return {
    epoch: 0,
    trainLosses: new Float64Array(0),
    testLosses: new Float64Array(0),
    fields: new Uint8Array(0),
    intervals: new Float64Array(0),
    n: 0,
    cells: 0,
    counts: 0,
  };
}

/** Fills `into` from a message; its arrays look into the message, nothing is copied. */
export function readWallFrame(message: ArrayBuffer, into: WallFrame = emptyWallFrame()): WallFrame {
  const head = new DataView(message);
  into.epoch = head.getUint32(4, true);
  into.n = head.getUint32(8, true);
  into.cells = head.getUint32(12, true);
  into.counts = head.getUint32(16, true);
  let at = 24;
  into.trainLosses = new Float64Array(message, at, into.n);
  at += into.trainLosses.byteLength;
  into.testLosses = new Float64Array(message, at, into.n);
  at += into.testLosses.byteLength;
  into.fields = new Uint8Array(message, at, into.n * into.cells * into.cells);
  at += 8 * Math.ceil(into.fields.byteLength / 8);
  into.intervals = new Float64Array(message, at, into.counts * 2);
  return into;
}

export const CURVES_FRAME = 5;

/** How the training losses of many starts went. */
export interface CurvesFrame {
  /** The epochs that are kept, at most 128. */
  epochs: Float64Array;
  /** Infinite where a loss is too large for 4 bytes. */
  trainLosses: Float32Array;
  kept: number;
  n: number;
}

export function emptyCurvesFrame(): CurvesFrame {
  return {
    epochs: new Float64Array(0),
    trainLosses: new Float32Array(0),
    kept: 0,
    n: 0,
  };
}

/** Fills `into` from a message; its arrays look into the message, nothing is copied. */
export function readCurvesFrame(message: ArrayBuffer, into: CurvesFrame = emptyCurvesFrame()): CurvesFrame {
  const head = new DataView(message);
  into.kept = head.getUint32(4, true);
  into.n = head.getUint32(8, true);
  let at = 16;
  into.epochs = new Float64Array(message, at, into.kept);
  at += into.epochs.byteLength;
  into.trainLosses = new Float32Array(message, at, into.n * into.kept);
  return into;
}

/** Which message this is; 0 where it is none. */
export function kindOf(message: ArrayBuffer): number {
  return message.byteLength < 4 ? 0 : new DataView(message).getUint32(0, true);
}
