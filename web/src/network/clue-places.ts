// Where the call-outs of a first visit stand: each near what it is about, where it covers nothing; or nowhere.

import type { NetworkLayout, Slide } from "./layout";
import { type Link, pointOnLink } from "./links";
import type { Clue } from "../model/preferences.svelte";

/** A text to be placed, in the order of importance. */
export interface ClueText {
  clue: Clue;
  /** Its length in characters. */
  length: number;
}

interface Point {
  x: number;
  y: number;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface PlacedClue {
  clue: Clue;
  left: number;
  top: number;
  width: number;
  height: number;
  /** The line from the text to what it is about. */
  from: Point;
  to: Point;
}

/** Places are tried on a grid of this many pixels. */
const STEP = 8;
/** A line of small text, and how wide a character is in it at most, with what a line loses at its end. */
const LINE = 16;
const CHARACTER = 6.6;
/** Text is as wide as this, or narrower where that does not fit. */
const WIDTHS = [152, 124, 104];
/** From the text to what it is about, at least and at most; what is aslant counts for more. */
const NEAREST = 10;
const FARTHEST = 150;
/** How much worse a pixel aslant is than one straight on. */
const ASLANT = 2;
const MARGIN = 8;
const BIAS = 22;
const LABELS = 52;

/** Places for the texts that fit, at most `most`, in a stage that shows all of the network. */
export function placeClues(
  layout: NetworkLayout,
  links: readonly Link[],
  texts: readonly ClueText[],
  most: number,
): PlacedClue[] {
  const slides = slideBoxes(layout);
  const curves = links.flatMap((link) => Array.from({ length: 25 }, (_, i) => around(pointOnLink(link, i / 24), STEP)));
  const placed: PlacedClue[] = [];
  for (const { clue, length } of texts) {
    if (placed.length === most) break;
    const taken = placed.map((one) => grow(boxOf(one), MARGIN));
    const lines = placed.flatMap(({ from, to }) => along(from, to).map((point) => around(point, STEP)));
    const free = { layout, slides: [...slides, ...taken], others: [...curves, ...lines] };
    const found = WIDTHS.map((width) => placeOne(clue, width, LINE * Math.ceil((length * CHARACTER) / width), free));
    placed.push(...found.filter((one) => one !== null).slice(0, 1));
  }
  return placed;

  function placeOne(clue: Clue, width: number, height: number, free: Free): PlacedClue | null {
    const anchors = anchorsOf(clue, layout, links);
    let best: PlacedClue | null = null;
    let least = FARTHEST;
    for (let top = layout.head; top + height <= layout.height - MARGIN; top += STEP)
      for (let left = MARGIN; left + width <= layout.width - MARGIN; left += STEP) {
        const box = { left, top, right: left + width, bottom: top + height };
        const near = nearest(clue, box, anchors);
        if (near === null || near.cost >= least || !isFree(box, near, free)) continue;
        least = near.cost;
        best = { clue, left, top, width, height, from: near.from, to: near.to };
      }
    return best;
  }
}

interface Line {
  from: Point;
  to: Point;
  cost: number;
}

interface Free {
  layout: NetworkLayout;
  slides: Box[];
  others: Box[];
}

/** Whether neither the text nor its line is over anything; the line may end at what it is about. */
function isFree(box: Box, { from, to }: { from: Point; to: Point }, { slides, others }: Free): boolean {
  if (slides.some((other) => overlap(box, other)) || others.some((other) => overlap(box, other))) return false;
  const line = along(from, to).slice(0, -2);
  return line.every((point) => ![...slides, ...others].some((other) => !isNear(point, to) && holds(other, point)));
}

function isNear(point: Point, to: Point): boolean {
  return Math.hypot(point.x - to.x, point.y - to.y) < 2 * STEP + BIAS;
}

/** What a text may point at. */
function anchorsOf(clue: Clue, layout: NetworkLayout, links: readonly Link[]): Point[] {
  const { outputs } = layout;
  switch (clue) {
    case "neuron":
      return layout.columns.flatMap(({ neurons }) => [...under(neurons.at(-1)), ...over(neurons[0])]);
    case "weight":
      return links
        .filter(({ layer }) => layer > 0)
        .flatMap((link) => [0.35, 0.5, 0.62].map((t) => pointOnLink(link, t)));
    case "output":
      if (!layout.joined) return [...under(outputs.at(-1)), ...over(outputs[0])];
      return [-120, -90, 90, 120].map((y) => ({ x: layout.width - 2, y: joinedAt(layout) + y }));
    case "play":
      // The button stands below the middle of the stage, where this is asked for.
      return [{ x: layout.width / 2, y: layout.height - 2 }];
  }
}

/** Where the last weights reach the large output. */
function joinedAt(layout: NetworkLayout): number {
  return layout.outputs[0]?.y ?? 0;
}

function under(slide: Slide | undefined): Point[] {
  return slide === undefined ? [] : [{ x: slide.x, y: slide.y + slide.size / 2 + BIAS - 6 }];
}

function over(slide: Slide | undefined): Point[] {
  return slide === undefined ? [] : [{ x: slide.x, y: slide.y - slide.size / 2 - 4 }];
}

/** The best straight line from a text to one of these points: short, and level for the output, upright for the rest. */
function nearest(clue: Clue, box: Box, anchors: readonly Point[]): Line | null {
  let best: Line | null = null;
  for (const to of anchors) {
    const from = {
      x: Math.max(box.left, Math.min(to.x, box.right)),
      y: Math.max(box.top, Math.min(to.y, box.bottom)),
    };
    const [dx, dy] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
    const cost = Math.hypot(dx, dy) + ASLANT * (clue === "output" ? dy : dx);
    if (dx + dy >= NEAREST && (best === null || cost < best.cost)) best = { from, to, cost };
  }
  return best;
}

function slideBoxes(layout: NetworkLayout): Box[] {
  const labelled = layout.more === null ? LABELS : 0;
  const inputs = layout.inputs.map((input) => {
    const box = grow(around(input, input.size / 2), 4);
    return { ...box, left: box.left - labelled, bottom: box.bottom + BIAS };
  });
  const neurons = layout.columns.flatMap((column) => column.neurons).concat(layout.joined ? [] : layout.outputs);
  const boxes = neurons.map((slide) => {
    const box = grow(around(slide, slide.size / 2), 4);
    return { ...box, bottom: box.bottom + BIAS };
  });
  if (layout.more !== null) boxes.push(grow(around(layout.more, layout.more.size / 2), 4));
  // Beside the edge the bias of the output stands.
  if (layout.joined)
    boxes.push({
      left: layout.width - 28,
      top: joinedAt(layout) - 40,
      right: layout.width,
      bottom: joinedAt(layout) + 64,
    });
  else if (layout.outputs.length > 1)
    for (const { x, y, size } of layout.outputs)
      // Beside each of several outputs its class stands.
      boxes.push({ left: x, top: y - size / 2, right: layout.width, bottom: y + size / 2 });
  return [...inputs, ...boxes];
}

function along(from: Point, to: Point): Point[] {
  const n = Math.max(2, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 4));
  return Array.from({ length: n + 1 }, (_, i) => ({
    x: from.x + ((to.x - from.x) * i) / n,
    y: from.y + ((to.y - from.y) * i) / n,
  }));
}

function around({ x, y }: Point, half: number): Box {
  return { left: x - half, top: y - half, right: x + half, bottom: y + half };
}

function grow(box: Box, by: number): Box {
  return { left: box.left - by, top: box.top - by, right: box.right + by, bottom: box.bottom + by };
}

function boxOf({ left, top, width, height }: PlacedClue): Box {
  return { left, top, right: left + width, bottom: top + height };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function holds(box: Box, { x, y }: Point): boolean {
  return x > box.left && x < box.right && y > box.top && y < box.bottom;
}
