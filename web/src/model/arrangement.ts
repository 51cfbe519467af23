// How a page is arranged in its window: decided here, once, from the room that there is. Everything else follows it.

/** How large everything is: as the window allows, or larger still, for the back row of a class. */
export type Size = "automatic" | "projector";

/** The room that a page has, and how it is used. */
export interface Room {
  /** In CSS pixels. */
  width: number;
  height: number;
  /** The size of text that the person chose in the browser, relative to the usual one. */
  text: number;
  /** Pixels of the screen for each CSS pixel. */
  density: number;
  /** Whether fingers use it. */
  touch: boolean;
}

/**
 * `desk`: data, network and output beside each other, the time line below.
 * `side`: little height; network and output beside each other, data and settings in the network's place on demand.
 * `thumb`: narrow; everything below each other, the controls of training at the bottom.
 */
export type Layout = "desk" | "side" | "thumb";

export interface Arrangement {
  layout: Layout;
  /** By how much everything is enlarged. */
  zoom: number;
  /** The room that is left, in enlarged pixels. */
  width: number;
  height: number;
  /** The time line is a line, until it is opened. */
  low: boolean;
  narrow: boolean;
  snug: boolean;
  /** The line over the curve has room for a reason beside what it says. */
  wordy: boolean;
  /** Targets are as large as a fingertip. */
  touch: boolean;
  /** Pixels of the screen for each enlarged pixel, as canvases use them. */
  pixels: number;
}

/** From this size on everything grows with the window. */
const LARGE = { width: 1600, height: 900 };
/** What each layout must have; enlarging never leaves less. */
const LEAST = { across: { width: 640, height: 360 }, upright: { width: 360, height: 540 } };
const DESK = { width: 961, height: 540 };
const NARROW = 1180;
const SNUG = { width: 1360, height: 820 };
const LOW = 720;
const WORDY = 700;
const PROJECTOR = 1.4;
/** Wider than this for its height, a window has network and output beside each other. */
const ACROSS = 1.15;
/** More pixels than this are not seen, and cost time at each frame. */
const FINEST = 2;

export function arrange(room: Room, size: Size): Arrangement {
  const wanted =
    Math.max(1, Math.min(room.width / LARGE.width, room.height / LARGE.height)) *
    Math.max(1, room.text) *
    (size === "projector" ? PROJECTOR : 1);
  const least = room.width > room.height ? LEAST.across : LEAST.upright;
  const most = Math.max(1, Math.min(room.width / least.width, room.height / least.height));
  const zoom = Math.min(wanted, most);
  const width = room.width / zoom;
  const height = room.height / zoom;
  const layout = width >= DESK.width && height >= DESK.height ? "desk" : width > ACROSS * height ? "side" : "thumb";
  return {
    layout,
    zoom,
    width,
    height,
    low: height < LOW,
    narrow: width <= NARROW,
    snug: width <= SNUG.width || height <= SNUG.height,
    wordy: width >= WORDY,
    touch: room.touch || layout !== "desk",
    pixels: Math.max(1, Math.min(room.density * zoom, Math.max(FINEST, zoom))),
  };
}
