// Draws the loss curve: the lines, the axes, the flags, and where the run is now.

import type { Ink } from "../color/scale";
import type { CurveData } from "../curve/data";
import { type Axis, epochStep, lossPosition, lossTicks, tickText } from "../curve/scale";
import { count, loss } from "../words/numbers";

export interface CurveScene {
  curve: CurveData;
  /** Where the run is now; it may be between two points of the curve. */
  epoch: number;
  train: number;
  test: number;
  axis: Axis;
  end: number;
  flags: readonly { epoch: number; text: string }[];
  /** The epoch under the pointer. */
  pointed: number | null;
  ink: Ink;
  phone: boolean;
  /** How far the halo of the play head has spread (0 to 1); null while it rests. */
  halo: number | null;
}

export interface CurveRoom {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const AXIS = 18;
const FONT = "'Inter Variable', system-ui, sans-serif";

export function curveRoom(width: number, height: number, phone: boolean): CurveRoom {
  return { left: phone ? 36 : 40, right: width - (phone ? 4 : 8), top: 14, bottom: height - AXIS };
}

export function drawCurve(to: CanvasRenderingContext2D, width: number, height: number, scene: CurveScene): void {
  const room = curveRoom(width, height, scene.phone);
  to.clearRect(0, 0, width, height);
  drawAxes(to, room, scene);
  drawLine(to, room, scene, scene.curve.train, scene.train, scene.ink.ink2, 1.2);
  drawLine(to, room, scene, scene.curve.test, scene.test, scene.ink.ink, 2);
  drawHead(to, room, scene);
  drawFlags(to, room, scene);
  if (scene.pointed !== null) drawPointed(to, room, scene, scene.pointed);
}

function across(room: CurveRoom, scene: CurveScene, epoch: number): number {
  return room.left + (room.right - room.left) * Math.min(1, epoch / scene.end);
}

function up(room: CurveRoom, scene: CurveScene, value: number): number {
  return room.bottom - (room.bottom - room.top) * lossPosition(scene.axis, value);
}

function drawAxes(to: CanvasRenderingContext2D, room: CurveRoom, scene: CurveScene): void {
  const { ink } = scene;
  to.font = `400 11px ${FONT}`;
  to.fillStyle = ink.ink2;
  to.lineWidth = 1;
  to.textBaseline = "middle";
  to.textAlign = "left";
  to.strokeStyle = ink.line;
  to.beginPath();
  for (const tick of lossTicks(scene.axis, room.bottom - room.top, 15)) {
    const y = Math.round(up(room, scene, tick)) + 0.5;
    to.moveTo(room.left, y);
    to.lineTo(room.right, y);
    // The lowest number would sit on those of the epochs.
    to.fillText(tickText(tick), 0, y);
  }
  to.stroke();
  to.strokeStyle = ink.line2;
  to.beginPath();
  to.moveTo(room.left, room.bottom + 0.5);
  to.lineTo(room.right, room.bottom + 0.5);
  const step = epochStep(scene.end, (room.right - room.left) / (scene.phone ? 60 : 100));
  for (let epoch = 0; epoch <= scene.end + 1e-9; epoch += step) {
    const x = across(room, scene, epoch);
    to.moveTo(x, room.bottom);
    to.lineTo(x, room.bottom + 4);
    if (Math.abs(x - across(room, scene, scene.epoch)) < 34) continue; // The play head's pill stands there.
    to.textAlign = epoch === 0 ? "left" : x > room.right - 20 ? "right" : "center";
    to.fillText(count(epoch), x, room.bottom + 11);
  }
  to.stroke();
}

/** The line through all points; where there are more than pixels, the least and the greatest of each pixel. */
function drawLine(
  to: CanvasRenderingContext2D, room: CurveRoom, scene: CurveScene, values: Float64Array, now: number, colour: string, width: number,
): void {
  const { curve } = scene;
  const bucket = Math.max(1, Math.floor(curve.count / (room.right - room.left)));
  to.beginPath();
  for (let i = 0; i < curve.count; i += bucket) {
    const x = across(room, scene, curve.epochs[i] as number);
    let least = values[i] as number;
    let greatest = least;
    for (let k = i + 1; k < Math.min(curve.count, i + bucket); k++) {
      least = Math.min(least, values[k] as number);
      greatest = Math.max(greatest, values[k] as number);
    }
    if (i === 0) to.moveTo(x, up(room, scene, greatest));
    else to.lineTo(x, up(room, scene, greatest));
    if (least !== greatest) to.lineTo(x, up(room, scene, least));
  }
  if (curve.count > 0) to.lineTo(across(room, scene, scene.epoch), up(room, scene, now));
  to.strokeStyle = colour;
  to.lineWidth = width;
  to.lineJoin = "round";
  to.stroke();
}

/** A flag for each thing that a person did; of those closer than their text, the newest speaks. */
function drawFlags(to: CanvasRenderingContext2D, room: CurveRoom, scene: CurveScene): void {
  const { ink, flags } = scene;
  to.textBaseline = "alphabetic";
  to.textAlign = "left";
  to.font = `500 11px ${FONT}`;
  let free = Infinity;
  for (let i = flags.length - 1; i >= 0; i--) {
    const flag = flags[i];
    if (flag === undefined || flag.epoch > scene.epoch) continue;
    const x = across(room, scene, flag.epoch);
    to.strokeStyle = ink.ink2;
    to.lineWidth = 1;
    to.beginPath();
    to.moveTo(x, 2);
    to.lineTo(x, room.bottom);
    to.stroke();
    to.fillStyle = ink.ink2;
    to.beginPath();
    to.moveTo(x - 4, 0); to.lineTo(x + 4, 0); to.lineTo(x + 4, 4); to.lineTo(x, 8); to.lineTo(x - 4, 4);
    to.fill();
    const words = scene.phone ? flag.text.replace(/^.* (\S+ → )/, "$1") : flag.text;
    const wide = to.measureText(words).width + 14;
    const fitsLeft = x + wide > room.right;
    if (x + wide > free || (fitsLeft && i < flags.length - 1)) continue;
    to.fillStyle = ink.ink;
    to.textAlign = fitsLeft ? "right" : "left";
    to.lineWidth = 4;
    to.strokeStyle = ink.table;
    to.strokeText(words, fitsLeft ? x - 9 : x + 9, 9);
    to.fillText(words, fitsLeft ? x - 9 : x + 9, 9);
    free = fitsLeft ? x - wide : x;
  }
}

function drawHead(to: CanvasRenderingContext2D, room: CurveRoom, scene: CurveScene): void {
  const { ink } = scene;
  const x = across(room, scene, scene.epoch);
  const y = up(room, scene, scene.test);
  to.strokeStyle = ink.ink;
  to.lineWidth = 1.5;
  to.beginPath();
  to.moveTo(x, 2);
  to.lineTo(x, room.bottom);
  to.stroke();
  if (scene.halo !== null) {
    to.globalAlpha = 0.35 * (1 - scene.halo);
    to.beginPath();
    to.arc(x, y, 5 + 8 * scene.halo, 0, 7);
    to.lineWidth = 1;
    to.stroke();
    to.globalAlpha = 1;
  }
  disc(to, x, y, 6, ink.table);
  disc(to, x, y, 4, ink.ink);
  to.font = `600 11px ${FONT}`;
  const text = count(scene.epoch);
  const wide = Math.max(40, to.measureText(text).width + 16);
  const left = Math.max(0, Math.min(room.right + 8 - wide, x - wide / 2));
  to.fillStyle = ink.ink;
  to.beginPath();
  to.roundRect(left, room.bottom - 1, wide, 18, 9);
  to.fill();
  to.fillStyle = ink.table;
  to.textAlign = "center";
  to.textBaseline = "middle";
  to.fillText(text, left + wide / 2, room.bottom + 8.5);
}

function drawPointed(to: CanvasRenderingContext2D, room: CurveRoom, scene: CurveScene, epoch: number): void {
  const i = scene.curve.nearest(epoch);
  if (i < 0) return;
  const { ink } = scene;
  const at = scene.curve.epochs[i] as number;
  const test = scene.curve.test[i] as number;
  const train = scene.curve.train[i] as number;
  const x = across(room, scene, at);
  to.strokeStyle = ink.line2;
  to.lineWidth = 1;
  to.beginPath();
  to.moveTo(x, room.top);
  to.lineTo(x, room.bottom);
  to.stroke();
  disc(to, x, up(room, scene, train), 3, ink.ink2);
  disc(to, x, up(room, scene, test), 3.5, ink.ink);
  to.font = `500 11px ${FONT}`;
  const text = `epoch ${count(at)}   test ${loss(test)}   training ${loss(train)}`;
  const wide = to.measureText(text).width + 20;
  const left = x + 10 + wide > room.right ? x - 10 - wide : x + 10;
  to.fillStyle = ink.ink;
  to.beginPath();
  to.roundRect(left, room.top + 2, wide, 20, 6);
  to.fill();
  to.fillStyle = ink.table;
  to.textAlign = "left";
  to.textBaseline = "middle";
  to.fillText(text, left + 10, room.top + 12.5);
}

function disc(to: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string): void {
  to.beginPath();
  to.arc(x, y, radius, 0, 7);
  to.fillStyle = colour;
  to.fill();
}
