// The last picture of a run, from the state that a notebook keeps: it needs neither a kernel nor the page's script.

import { classPalette } from "../color/classes";
import { CANVAS_FONT, INKS, type Theme } from "../color/ink";
import { SCALES, colourTable } from "../color/scale";
import { contour, evened } from "../field/contour";
import { count, loss, percent } from "../numbers/format";
import { type PointStyle, drawPoints } from "../output/points";
import { EDGE, type PointsFrame } from "../protocol/frames";
import { bytesOf } from "./comm";
import * as NOTEBOOK from "../words/notebook";

/** What Python keeps: see notebook/saved.py. */
export interface SavedPicture {
  version: number;
  data: string;
  network: string;
  epoch: number;
  losses: [number | null, number | null];
  accuracy: number | null;
  cells: number;
  field: DataView;
  winners: DataView;
  classes: string[];
  places: DataView;
  labels: DataView;
  curve: DataView;
}

const SIDE = 320;
const COLUMN = 210;
const WIDE = { display: "flex", flexWrap: "wrap", gap: "24px", padding: "16px", borderRadius: "8px" };
const CURVE = 120;
/** A place on the plane is a byte up to this. */
const LAST = 254;

/** Draws the picture into an element, in this theme; `note` is what to do now. */
export function drawLastPicture(into: Element, saved: SavedPicture, theme: Theme, note: string): void {
  const ink = INKS[theme];
  const wide = document.createElement("div");
  wide.className = "picture";
  Object.assign(wide.style, { ...WIDE, color: ink.ink, background: ink.table });
  wide.append(output(saved, theme), beside(saved, theme, note));
  into.replaceChildren(wide);
}

function canvas(width: number, height: number, label: string): [HTMLCanvasElement, CanvasRenderingContext2D | null] {
  const element = document.createElement("canvas");
  const density = Math.max(1, devicePixelRatio);
  element.width = width * density;
  element.height = height * density;
  Object.assign(element.style, { width: `${width}px`, height: `${height}px` });
  element.role = "img";
  element.ariaLabel = label;
  const to = element.getContext("2d");
  to?.scale(density, density);
  return [element, to];
}

function output(saved: SavedPicture, theme: Theme): HTMLCanvasElement {
  const [element, to] = canvas(SIDE, SIDE, NOTEBOOK.picture);
  const ink = INKS[theme];
  const stops = SCALES.tinkernet[theme].output;
  const palette = saved.classes.length > 2 ? classPalette(saved.classes.length, stops, theme) : null;
  const [field, winners] = [new Uint8Array(bytesOf(saved.field)), new Uint8Array(bytesOf(saved.winners))];
  const table = palette?.table ?? colourTable(stops);
  const pixels = Uint32Array.from(field, (byte, i) => table[256 * (winners[i] ?? 0) + byte] ?? 0);
  const cells = document.createElement("canvas");
  cells.width = cells.height = saved.cells;
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer), saved.cells, saved.cells);
  cells.getContext("2d")?.putImageData(image, 0, 0);
  if (to === null) return element;
  to.drawImage(cells, 0, 0, SIDE, SIDE);
  if (palette === null) {
    to.beginPath();
    contour(to, evened(field, saved.cells), saved.cells, SIDE, 127.5);
    to.strokeStyle = ink.zero;
    to.stroke();
  }
  const style: PointStyle = { ink, stops: null, classes: palette, radius: 3 };
  drawPoints(to, points(saved, palette !== null), SIDE, style, false);
  return element;
}

function points(saved: SavedPicture, several: boolean): PointsFrame {
  const [places, labels] = [new Uint8Array(bytesOf(saved.places)), new Uint8Array(bytesOf(saved.labels))];
  const all = Array.from(labels, (label, i) => [
    ((places[2 * i] ?? 0) / LAST) * 2 * EDGE - EDGE,
    ((places[2 * i + 1] ?? 0) / LAST) * 2 * EDGE - EDGE,
    several ? label : label / 127 - 1,
  ]);
  const there = all.filter((_, i) => (places[2 * i] ?? 0) <= LAST);
  return {
    run: 0,
    trainCount: there.length,
    count: there.length,
    points: Float64Array.from(there.flat()),
    far: 0,
    distances: new Float32Array(),
  };
}

function beside(saved: SavedPicture, theme: Theme, note: string): HTMLElement {
  const ink = INKS[theme];
  const column = document.createElement("div");
  Object.assign(column.style, { width: `${COLUMN}px`, display: "flex", flexDirection: "column", gap: "6px" });
  const rows: [string, string][] = [
    [NOTEBOOK.trainingLoss, loss(saved.losses[0] ?? NaN)],
    [NOTEBOOK.testLoss, loss(saved.losses[1] ?? NaN)],
  ];
  if (saved.accuracy !== null) rows.push([NOTEBOOK.testAccuracy, percent(saved.accuracy)]);
  column.append(
    line(
      [
        [NOTEBOOK.epoch, ink.ink2],
        [count(saved.epoch), ink.ink],
      ],
      { fontSize: "20px" },
    ),
    ...rows.map(([name, value]) =>
      line([
        [name, ink.ink2],
        [value, ink.ink],
      ]),
    ),
    line([[`${saved.data}, ${saved.network}`, ink.ink2]]),
    curve(saved, theme),
    line([[note, ink.ink]], { fontWeight: "600", marginTop: "auto" }),
  );
  column.lastElementChild?.setAttribute("role", "status");
  return column;
}

function line(parts: [string, string][], style: Record<string, string> = {}): HTMLElement {
  const row = document.createElement("div");
  Object.assign(row.style, { display: "flex", justifyContent: "space-between", gap: "12px", ...style });
  row.append(
    ...parts.map(([text, colour]) => {
      const part = document.createElement("span");
      part.textContent = text;
      part.style.color = colour;
      return part;
    }),
  );
  return row;
}

/** The losses on a logarithmic scale. */
function curve(saved: SavedPicture, theme: Theme): HTMLCanvasElement {
  const ink = INKS[theme];
  const [element, to] = canvas(COLUMN, CURVE, NOTEBOOK.curve);
  const rows = new Float32Array(bytesOf(saved.curve));
  const losses = rows.filter((value, i) => i % 3 > 0 && value > 0 && Number.isFinite(value));
  if (to === null || rows.length < 6 || losses.length === 0) return element;
  const [low, high] = [Math.log10(Math.min(...losses)), Math.log10(Math.max(...losses))];
  const [first, last] = [rows[0] ?? 0, rows.at(-3) ?? 0];
  const up = (value: number): number => 6 + ((high - Math.log10(value)) / (high - low || 1)) * (CURVE - 24);
  to.font = `11px ${CANVAS_FONT}`;
  for (const [column, width, colour] of [
    [1, 1.2, ink.ink2],
    [2, 2, ink.ink],
  ] as const) {
    to.beginPath();
    for (let i = 0; i < rows.length; i += 3) {
      const value = rows[i + column] ?? NaN;
      if (value > 0 && Number.isFinite(value))
        to.lineTo((((rows[i] ?? 0) - first) / (last - first || 1)) * COLUMN, up(value));
    }
    to.lineWidth = width;
    to.strokeStyle = colour;
    to.stroke();
  }
  to.fillStyle = ink.ink2;
  to.fillText(count(first), 0, CURVE - 2);
  to.textAlign = "right";
  to.fillText(count(last), COLUMN, CURVE - 2);
  return element;
}
