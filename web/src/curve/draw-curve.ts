// Draws the loss curve: the lines, the axes, the flags, and where the run is now.

import type { Ink } from "../color/scale";
import type { CurveData } from "../model/curve-data";
import { type Axis, epochStep, lossPosition, lossTicks, tickText } from "./axes";
import type { Goal } from "./forecast";
import { count } from "../numbers/format";
import { drawFlags, drawHead, drawPointed } from "./curve-marks";
import { drawForecast } from "./curve-others";

export interface CurveScene {
  curve: CurveData;
  /** Where the run is now; it may be between two points of the curve. */
  epoch: number;
  train: number;
  test: number;
  /** The epoch of the present; later than `epoch` while the past is shown. */
  present: number;
  /** What lies under the curve: pinned runs and many starts, drawn before and kept. */
  others: CanvasImageSource | null;
  goal: Goal | null;
  /** The loss that the many starts are held to; null while they are not looked at. */
  threshold: number | null;
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
export const FONT = "'Inter Variable', system-ui, sans-serif";

export function curveRoom(width: number, height: number, phone: boolean): CurveRoom {
  return { left: phone ? 36 : 40, right: width - (phone ? 4 : 8), top: 14, bottom: height - AXIS };
}

export function drawCurve(to: CanvasRenderingContext2D, width: number, height: number, scene: CurveScene): void {
  const room = curveRoom(width, height, scene.phone);
  to.clearRect(0, 0, width, height);
  drawAxes(to, room, scene);
  if (scene.others !== null) to.drawImage(scene.others, 0, 0, width, height);
  const past = scene.epoch < scene.present;
  drawLine(to, room, scene, scene.curve.train, past ? null : scene.train, scene.ink.ink2, 1.2);
  drawLine(to, room, scene, scene.curve.test, past ? null : scene.test, scene.ink.ink, 2);
  if (scene.threshold !== null) drawThreshold(to, room, scene, scene.threshold);
  if (past) dimFuture(to, room, scene);
  else if (scene.goal !== null) drawForecast(to, room, scene, scene.goal);
  drawFlags(to, room, scene);
  drawHead(to, room, scene);
  if (scene.pointed !== null) drawPointed(to, room, scene, scene.pointed);
}

export function across(room: CurveRoom, scene: { end: number }, epoch: number): number {
  return room.left + (room.right - room.left) * Math.min(1, epoch / scene.end);
}

export function up(room: CurveRoom, scene: { axis: Axis }, value: number): number {
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
  to: CanvasRenderingContext2D, room: CurveRoom, scene: CurveScene, values: Float64Array, now: number | null, colour: string, width: number,
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
  if (curve.count > 0 && now !== null) to.lineTo(across(room, scene, scene.epoch), up(room, scene, now));
  to.strokeStyle = colour;
  to.lineWidth = width;
  to.lineJoin = "round";
  to.stroke();
}

/** What has not happened yet at the moment that is shown goes pale. */
function dimFuture(to: CanvasRenderingContext2D, room: CurveRoom, scene: CurveScene): void {
  const x = across(room, scene, scene.epoch);
  to.globalAlpha = 0.7;
  to.globalCompositeOperation = "destination-out";
  to.fillRect(x, 0, room.right + 8 - x, room.bottom - 1);
  to.globalCompositeOperation = "source-over";
  to.globalAlpha = 1;
}

function drawThreshold(to: CanvasRenderingContext2D, room: CurveRoom, scene: CurveScene, threshold: number): void {
  const y = Math.round(up(room, scene, threshold)) + 0.5;
  to.setLineDash([4, 4]);
  to.globalAlpha = 0.6;
  to.strokeStyle = scene.ink.ink;
  to.lineWidth = 1;
  to.beginPath();
  to.moveTo(room.left, y);
  to.lineTo(room.right, y);
  to.stroke();
  to.setLineDash([]);
  to.globalAlpha = 1;
  to.font = `500 11px ${FONT}`;
  to.textAlign = "right";
  to.textBaseline = "alphabetic";
  to.fillStyle = scene.ink.ink;
  to.lineWidth = 4;
  to.strokeStyle = scene.ink.table;
  to.strokeText(`threshold ${threshold}`, room.right, y - 5);
  to.fillText(`threshold ${threshold}`, room.right, y - 5);
}

export function disc(to: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string): void {
  to.beginPath();
  to.arc(x, y, radius, 0, 7);
  to.fillStyle = colour;
  to.fill();
}
