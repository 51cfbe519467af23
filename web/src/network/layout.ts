// Where everything of the network stands on the stage. Pure: a room and a network in, places out.

import { INPUTS, type Place } from "../model/place";

/** The room that there is, in CSS pixels. */
export interface Room {
  width: number;
  height: number;
  /** The height of the middle of the large output slide, seen from the top of the stage. */
  centre: number;
  /** One thumb, no labels beside the inputs, only the inputs in use … */
  compact: boolean;
  /** … unless a person asked for all of them. */
  allInputs: boolean;
  /** The large output slide begins where the stage ends: the last weights lead into it. */
  joined: boolean;
  /** Whether an input can be added by formula. */
  adds: boolean;
  /** What stands beside each input is at most this wide. */
  label: number;
  /** The names of the classes beside their outputs are as wide as this; 0 with a single output. */
  names: number;
}

/** A square slide by its middle. */
export interface Slide {
  x: number;
  y: number;
  size: number;
}

export interface Input extends Slide {
  /** Its place among all features. */
  feature: number;
  on: boolean;
}

export interface Column {
  x: number;
  neurons: Slide[];
}

/** The handle of a bias: how tall it is, and how much of that is taken from the neuron above it. */
export interface Handle {
  height: number;
  over: number;
}

export interface NetworkLayout {
  /** What the network takes; more than the room when it has to scroll. */
  width: number;
  height: number;
  inputs: Input[];
  /** On the phone: where "+5" stands for the inputs that are off. */
  more: Slide | null;
  /** On the phone: where an input is added, below all the others. */
  add: Slide | null;
  columns: Column[];
  /** The output neurons: small slides, or, where `joined`, the place at the edge where the last weights reach the large one. */
  outputs: Slide[];
  joined: boolean;
  /** Where the names of the classes have room beside their outputs, their width; else 0. */
  names: number;
  /** The handles of the biases of hidden neurons, and of the outputs. */
  handle: Handle;
  outputHandle: Handle;
  /** Distance between two layers. */
  pitch: number;
  /** All weights are drawn this much thinner, the denser the network the more. */
  density: number;
  head: number;
}

const SMALLEST = 28;
/** The least distance between two inputs. */
const INPUT_PITCH = 32;
const THUMB = 44;
/** The height of a handle that a pointer finds. */
const HANDLE = 24;
const LABEL = 52;
const WIDEST_LABEL = 116;
const LETTER = 7.5;
const OUTPUT_END = 26;
/** Right of an output of several: the mark of its class, and the room before the large slide. */
const MARK = 22;
const BEFORE_SLIDE = 14;
const LARGEST_OUTPUT = 56;
/** Names stand beside the outputs only where layers keep this distance. */
const LEAST_PITCH = 84;
/** A place at the edge of the stage: how large, and over which height the last weights arrive. */
const EDGE = 28;
const JOINED_ARRIVALS = 72;

/** The width of the names of classes beside their outputs. */
export function namesWidth(names: readonly string[]): number {
  return names.length === 0 ? 0 : clamp(Math.max(...names.map((name) => name.length)) * LETTER + 4, 32, WIDEST_LABEL);
}

/** Whether what stands beside an input may be long: a formula, or the name of a column of own data. */
export function isLong({ formula, by_formula }: { formula: string; by_formula: boolean }): boolean {
  return by_formula || formula.startsWith("[");
}

/** The width of what stands beside the inputs: more than usual where it may be long. */
export function labelWidth(features: readonly { symbol: string; formula: string; by_formula: boolean }[]): number {
  const letters = Math.max(0, ...features.filter(isLong).map((f) => f.symbol.length));
  return clamp(letters * LETTER + 10, LABEL, WIDEST_LABEL);
}

export function layoutNetwork(
  room: Room,
  sizes: readonly number[],
  used: readonly number[],
  all: number,
): NetworkLayout {
  return room.compact ? compactLayout(room, sizes, used, all) : deskLayout(room, sizes, used, all);
}

function deskLayout(room: Room, sizes: readonly number[], used: readonly number[], all: number): NetworkLayout {
  const hidden = sizes.slice(1, -1);
  const outputs = sizes.at(-1) ?? 1;
  const several = outputs > 1;
  const layers = hidden.length;
  const largest = Math.max(1, ...hidden);
  const head = 40;
  const gap = largest > 6 ? 12 : 20;
  const fits = room.height - head - 8;

  // Rows: all that there is, but never a slide under the smallest size.
  const pitch = Math.max(2 * HANDLE, Math.min(fits / largest, room.height * 0.188));
  const outputPitch = Math.max(2 * HANDLE, Math.min(fits / outputs, pitch));
  const highest = Math.max(pitch * largest, several ? outputPitch * outputs : 0, INPUT_PITCH * all);
  const height = Math.max(room.height, head + 8 + highest);
  const marked = several ? MARK + BEFORE_SLIDE : 0;
  // Several outputs stand as far from the last layer as layers from each other; a single one, or the large slide, nearer.
  const steps = several ? layers + 1 : layers + 0.8;
  const outputHalf = several ? LARGEST_OUTPUT / 2 : 0;
  const named = several && (room.width - room.label - outputHalf - marked - room.names) / (steps + 0.3) >= LEAST_PITCH;
  const names = named ? room.names : 0;
  const end = several ? marked + names : room.joined ? 0 : OUTPUT_END;
  const reach = end + outputHalf;
  const estimate = (room.width - 75 - reach) / steps;
  const byRoom = Math.min(pitch - gap, room.height * 0.125, 96);
  const inputPitch = Math.min((height - head - 8) / all, room.height * 0.128, 84);
  const inputSize = clamp(Math.min(inputPitch - 12, room.height * 0.08, byRoom, estimate * 0.5), SMALLEST, 56);
  const startX = room.label + inputSize / 2;
  const seg = Math.max(2 * SMALLEST, (room.width - reach - startX) / steps);
  const size = Math.max(SMALLEST, Math.min(byRoom, seg * 0.5));
  const needed = startX + seg * steps;
  const tall = height > room.height;
  // A network that scrolls has its own small output: the large one is beside only one end of it.
  const joined = room.joined && !several && !tall && needed <= room.width + 1;
  const outputSize = several
    ? Math.max(SMALLEST, Math.min(size, outputPitch - (outputs > 6 ? 16 : 20), LARGEST_OUTPUT))
    : joined
      ? EDGE
      : clamp(size * 0.6, SMALLEST, 36);
  const outputX = several ? needed : Math.max(room.width - OUTPUT_END + 6, needed) - outputSize / 2;
  const endX = joined ? room.width - EDGE / 2 : outputX;
  const width = joined ? room.width : Math.max(room.width, endX + outputSize / 2 + (several ? end : 20));

  // Everything on one line, as near the middle of the output as the room allows.
  const half = Math.max(inputPitch * all, pitch * largest, several ? outputPitch * outputs : 0) / 2;
  const centre = tall ? head + 4 + half : Math.min(head + fits / 2, Math.max(room.centre, head + half - 4));
  // More inputs than fit into the room do not push the rest of the network out of sight.
  const inSight = tall && Math.max(pitch * largest, several ? outputPitch * outputs : 0) <= fits;
  const layersCentre = inSight ? head + fits / 2 : centre;
  const inputCentre = tall ? Math.min(centre, Math.max(room.centre, head + (inputPitch * all) / 2)) : centre;
  const outputY = joined ? room.centre : tall && !several ? Math.min(centre, room.height / 2) : layersCentre;

  return {
    width,
    height,
    head,
    more: null,
    add: null,
    pitch: seg,
    inputs: Array.from({ length: all }, (_, feature) => {
      const on = used.includes(feature);
      const y = inputCentre + (feature - (all - 1) / 2) * inputPitch;
      return { feature, on, x: startX, y, size: on ? inputSize : Math.max(24, inputSize - 8) };
    }),
    columns: hidden.map((n, l) => column(startX + seg * (l + 1), n, layersCentre, pitch, size)),
    outputs: column(endX, outputs, outputY, outputPitch, outputSize).neurons,
    joined,
    names,
    handle: handleIn(pitch, size),
    outputHandle: several ? handleIn(outputPitch, outputSize) : { height: HANDLE, over: 0 },
    density: layers > 4 ? 0.62 : largest > 6 ? 0.85 : 1,
  };
}

function compactLayout(room: Room, sizes: readonly number[], used: readonly number[], all: number): NetworkLayout {
  const hidden = sizes.slice(1, -1);
  const outputs = sizes.at(-1) ?? 1;
  const several = outputs > 1;
  const layers = hidden.length;
  const largest = Math.max(1, ...hidden);
  const head = 44;
  const inputs = room.allInputs ? Array.from({ length: all }, (_, i) => i) : used;
  const rest = all - inputs.length;
  const adds = room.adds && rest === 0;
  const rows = inputs.length + (rest > 0 || adds ? 1 : 0);
  const inputPitch = 62;
  const pitch = clamp((room.height - head - 12) / largest, 56, 108);
  const outputPitch = clamp((room.height - head - 12) / outputs, 60, 88);
  const highest = Math.max(largest * pitch, several ? outputs * outputPitch : 0, rows * inputPitch);
  const height = Math.max(room.height, head + 12 + highest);
  const least = 76 + (layers > 2 ? 106 : 88) * (layers + 1) + (several ? MARK - 8 : 0);
  const width = Math.max(room.width, least);
  const names = several && width - least >= room.names ? room.names : 0;
  const centre = head + (height - head - 16) / 2;
  const visible = room.height - head - 12;
  const inSight = Math.max(largest * pitch, several ? outputs * outputPitch : 0) <= visible + 1;
  const layersCentre = inSight ? head + visible / 2 : centre;
  const startX = 16 + THUMB / 2;
  const endX = width - 16 - THUMB / 2 - (several ? MARK - 8 + names : 0);
  const seg = (endX - startX) / (layers + 1);
  const size = clamp(Math.min(pitch * 0.7, seg * 0.45), THUMB, 72);
  const y = (row: number): number => centre + (row - (rows - 1) / 2) * inputPitch;
  return {
    width,
    height,
    head,
    pitch: seg,
    inputs: inputs.map((feature, row) => ({ feature, on: used.includes(feature), x: startX, y: y(row), size: THUMB })),
    more: rest > 0 ? { x: startX, y: y(rows - 1), size: THUMB } : null,
    add: adds ? { x: startX, y: y(rows - 1), size: THUMB } : null,
    columns: hidden.map((n, l) => column(startX + seg * (l + 1), n, layersCentre, pitch, size)),
    outputs: several
      ? column(endX, outputs, layersCentre, outputPitch, THUMB).neurons
      : [{ x: endX, y: layersCentre, size: THUMB }],
    joined: false,
    names,
    handle: { height: Math.min(THUMB, pitch - size), over: 0 },
    outputHandle: { height: Math.min(THUMB, several ? outputPitch - THUMB : pitch - size), over: 0 },
    density: 0.78 * (layers > 4 ? 0.62 : largest > 6 ? 0.85 : 1),
  };
}

function column(x: number, n: number, centre: number, pitch: number, size: number): Column {
  const neurons = Array.from({ length: n }, (_, j) => ({ x, y: centre + (j - (n - 1) / 2) * pitch, size }));
  return { x, neurons };
}

/** A handle takes of its neuron what the room below does not have. */
function handleIn(pitch: number, size: number): Handle {
  return { height: HANDLE, over: Math.max(0, Math.min(HANDLE - (pitch - size), size - HANDLE)) };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** The slide of a place: of inputs only those in use have one. */
export function slideAt(layout: NetworkLayout, place: Place): Slide | undefined {
  if (place.layer === INPUTS) return inputsInUse(layout)[place.neuron];
  if (place.layer === layout.columns.length) return layout.outputs[place.neuron];
  return layout.columns[place.layer]?.neurons[place.neuron];
}

/** The handle of a neuron's bias. */
export function handleOf(layout: NetworkLayout, place: Place): Handle {
  return place.layer === layout.columns.length ? layout.outputHandle : layout.handle;
}

/** From the middle of a place to its lower edge, below which its bias stands. */
export function halfHeight(layout: NetworkLayout, place: Place): number {
  if (layout.joined && place.layer === layout.columns.length) return JOINED_ARRIVALS / 2;
  return (slideAt(layout, place)?.size ?? 0) / 2;
}

const inUse = new WeakMap<NetworkLayout, Input[]>();

export function inputsInUse(layout: NetworkLayout): Input[] {
  let inputs = inUse.get(layout);
  if (inputs === undefined) {
    inputs = layout.inputs.filter((input) => input.on);
    inUse.set(layout, inputs);
  }
  return inputs;
}
