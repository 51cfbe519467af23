// Draws the loss curve: the lines, the axes, the flags, and where the run is now.

import { CANVAS_FONT } from "../color/ink";
import { axisNumber, count } from "../numbers/format";
import { epochStep, lossTicks } from "./axes";
import { drawFlags, drawHead, drawPointed } from "./curve-marks";
import { drawForecast } from "./curve-others";
import { type CurveRoom, type CurveScene, across, curveRoom, up } from "./curve-scene";
import * as CURVE from "../words/curve";

export function drawCurve(to: CanvasRenderingContext2D, width: number, height: number, scene: CurveScene): void {
  const room = curveRoom(width, height, scene.compact);
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

function drawAxes(to: CanvasRenderingContext2D, room: CurveRoom, scene: CurveScene): void {
  const { ink } = scene;
  to.font = `400 11px ${CANVAS_FONT}`;
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
    to.fillText(axisNumber(tick), 0, y);
  }
  to.stroke();
  to.strokeStyle = ink.line2;
  to.beginPath();
  to.moveTo(room.left, room.bottom + 0.5);
  to.lineTo(room.right, room.bottom + 0.5);
  const step = epochStep(scene.end, (room.right - room.left) / (scene.compact ? 60 : 100));
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

/** Whether there are points that this loss is measured on: otherwise it is not a number from the beginning. */
function measured(curve: CurveScene["curve"], values: Float64Array): boolean {
  return curve.count > 0 && !Number.isNaN(values[0]);
}

/** The line through all points; where there are more than pixels, the least and the greatest of each pixel. */
function drawLine(
  to: CanvasRenderingContext2D,
  room: CurveRoom,
  scene: CurveScene,
  values: Float64Array,
  now: number | null,
  colour: string,
  width: number,
): void {
  const { curve } = scene;
  if (!measured(curve, values)) return;
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
  to.font = `500 11px ${CANVAS_FONT}`;
  to.textAlign = "right";
  to.textBaseline = "alphabetic";
  to.fillStyle = scene.ink.ink;
  to.lineWidth = 4;
  to.strokeStyle = scene.ink.table;
  const words = CURVE.threshold(threshold);
  to.strokeText(words, room.right, y - 5);
  to.fillText(words, room.right, y - 5);
}
