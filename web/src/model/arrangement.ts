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

/** Whether there is something to read beside the page, and whether it is folded to a strip. */
export type Panel = "none" | "open" | "folded";

/** Where the panel for reading stands, and its size in enlarged pixels. */
export interface PanelPlace {
  at: "side" | "bottom";
  width: number;
  height: number;
}

export interface Arrangement {
  layout: Layout;
  /** By how much everything is enlarged. */
  zoom: number;
  /** The room that is left for the page itself, in enlarged pixels. */
  width: number;
  height: number;
  /** The room of page and panel together. */
  whole: { width: number; height: number };
  panel: PanelPlace | null;
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
/** The least width of the layout for little height, beside a panel. */
const LEAST_SIDE = 580;
const NARROW = 1180;
const SNUG = { width: 1360, height: 820 };
const LOW = 720;
const WORDY = 700;
const PROJECTOR = 1.4;
/** Wider than this for its height, a window has network and output beside each other. */
const ACROSS = 1.15;
/** More pixels than this are not seen, and cost time at each frame. */
const FINEST = 2;

/** A folded panel is as wide, or as high, as a fingertip. */
const STRIP = 44;
/** How wide the panel is at the side: with a desk beside it, and where room is short. */
const SIDE = { desk: { least: 260, most: 380, share: 0.25 }, short: { least: 240, most: 340, share: 0.3 } };
/** A desk beside a panel must have so much width for its settings. */
const DESK_BESIDE = 1004;
/** How high it is at the bottom, as a share of the window. */
const BOTTOM = 0.38;
/** How high it must be at the bottom; enlarging never leaves less. */
const LEAST_BOTTOM = 200;

/** The height of a page that is only given a width, from which width on, by layout: so high that little or nothing scrolls in it. */
const CHOSEN = { deskWithCurve: { from: NARROW, height: LOW }, desk: 640, side: { from: 600, most: 604 }, thumb: 836 };

/**
 * How high a page is in an element that gives it this width, in CSS pixels; `text` as in `Room`. Beyond `most` the element
 * would scroll: the page keeps to it, unless that is too little.
 */
export function heightFor(width: number, text: number, most = Infinity): number {
  const enlarged = Math.max(1, text);
  const chosen = Math.round(enlarged * unenlargedHeight(width / enlarged));
  return most < enlarged * LEAST.upright.height ? chosen : Math.min(chosen, Math.floor(most));
}

function unenlargedHeight(width: number): number {
  const { deskWithCurve, desk, side, thumb } = CHOSEN;
  if (width > deskWithCurve.from) return deskWithCurve.height;
  if (width >= DESK.width) return desk;
  return width < side.from ? thumb : Math.min(side.most, Math.ceil(width / ACROSS) - 1);
}

/** The arrangement of a page in `room`; a panel takes its part of the room, and never covers the page. */
export function arrange(room: Room, size: Size, panel: Panel = "none"): Arrangement {
  const at = panel === "none" ? null : room.width > room.height ? "side" : "bottom";
  const beside = at === "side" ? (panel === "open" ? SIDE.desk.most : STRIP) : 0;
  const wanted =
    Math.max(1, Math.min(room.width / (LARGE.width + beside), room.height / LARGE.height)) *
    Math.max(1, room.text) *
    (size === "projector" ? PROJECTOR : 1);
  const least = room.width > room.height ? LEAST.across : LEAST.upright;
  const leastWidth = least.width + (at === "side" ? (panel === "open" ? SIDE.short.least : STRIP) : 0);
  const leastHeight = least.height + (at === "bottom" ? (panel === "open" ? LEAST_BOTTOM : STRIP) : 0);
  const most = Math.max(1, Math.min(room.width / leastWidth, room.height / leastHeight));
  const zoom = Math.min(wanted, most);
  const whole = { width: room.width / zoom, height: room.height / zoom };
  const place = at === null ? null : placePanel(at, panel, whole);
  const width = whole.width - (place?.at === "side" ? place.width : 0);
  const height = whole.height - (place?.at === "bottom" ? place.height : 0);
  const layout = layoutIn(width, height, place !== null);
  return {
    layout,
    zoom,
    width,
    height,
    whole,
    panel: place,
    low: height < LOW,
    narrow: width <= NARROW,
    snug: width <= SNUG.width || height <= SNUG.height,
    wordy: width >= WORDY,
    touch: room.touch || layout !== "desk",
    pixels: Math.max(1, Math.min(room.density * zoom, Math.max(FINEST, zoom))),
  };
}

function layoutIn(width: number, height: number, besidePanel: boolean): Layout {
  if (width >= DESK.width && height >= DESK.height) return "desk";
  if (width <= ACROSS * height) return "thumb";
  // Beside a panel a low page may be too narrow for network and output beside each other.
  return besidePanel && width < LEAST_SIDE ? "thumb" : "side";
}

function placePanel(at: "side" | "bottom", panel: Panel, whole: { width: number; height: number }): PanelPlace {
  if (at === "bottom") {
    const height = panel === "open" ? Math.round(BOTTOM * whole.height) : STRIP;
    return { at, width: whole.width, height };
  }
  return { at, width: panel === "open" ? sideWidth(whole) : STRIP, height: whole.height };
}

/** A desk stays one if it can: then the panel takes what is left beside it. */
function sideWidth({ width, height }: { width: number; height: number }): number {
  const left = width - DESK_BESIDE;
  const desk = height >= DESK.height && left >= SIDE.desk.least;
  const { least, most, share } = desk ? SIDE.desk : SIDE.short;
  const wanted = Math.round(Math.max(least, Math.min(share * width, most)));
  return desk ? Math.min(wanted, Math.floor(left)) : wanted;
}
