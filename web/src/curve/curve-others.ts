// What lies beside the run on the time line: pinned runs, dotted; many starts, faint; the forecast, dashed.

import { CANVAS_FONT, type Ink } from "../color/ink";
import type { Axis } from "./axes";
import type { Goal } from "../model/goal";
import type { PinFrame, CurvesFrame } from "../protocol/frames";
import { type CurveRoom, type CurveScene, across, curveRoom, up } from "./curve-scene";

export interface Others {
  pinned: readonly PinFrame[];
  starts: CurvesFrame | null;
  axis: Axis;
  end: number;
  ink: Ink;
  compact: boolean;
}

/** More curves than this are a cloud in which nobody sees one more. */
const MOST_CURVES = 256;

/** Pinned runs and many starts. They change rarely and are many: draw them once and keep the picture. */
export function drawOthers(to: CanvasRenderingContext2D, width: number, height: number, others: Others): void {
  const room = curveRoom(width, height, others.compact);
  to.clearRect(0, 0, width, height);
  if (others.starts !== null) drawStarts(to, room, others, others.starts);
  for (const pinned of others.pinned) drawPinned(to, room, others, pinned);
}

function drawStarts(
  to: CanvasRenderingContext2D,
  room: CurveRoom,
  others: Others,
  { n, kept, epochs, trainLosses: train }: CurvesFrame,
): void {
  const every = Math.max(1, Math.ceil(n / MOST_CURVES));
  to.strokeStyle = others.ink.ink;
  to.lineWidth = 1;
  to.globalAlpha = n > 100 ? 0.08 : 0.14;
  for (let s = 0; s < n; s += every) {
    to.beginPath();
    for (let k = 0; k < kept; k++) {
      const x = across(room, others, epochs[k] as number);
      const y = up(room, others, train[s * kept + k] as number);
      if (k === 0) to.moveTo(x, y);
      else to.lineTo(x, y);
    }
    to.stroke();
  }
  to.globalAlpha = 1;
}

function drawPinned(to: CanvasRenderingContext2D, room: CurveRoom, others: Others, { count, curve }: PinFrame): void {
  const bucket = Math.max(1, Math.floor(count / (room.right - room.left)));
  to.strokeStyle = others.ink.ink2;
  to.lineWidth = 1.5;
  to.lineCap = "round";
  to.setLineDash([0.1, 4.5]);
  to.beginPath();
  for (let i = 0; i < count; i += bucket) {
    const x = across(room, others, curve[3 * i] as number);
    const y = up(room, others, curve[3 * i + 2] as number);
    if (i === 0) to.moveTo(x, y);
    else to.lineTo(x, y);
  }
  to.stroke();
  to.setLineDash([]);
  to.lineCap = "butt";
}

/** From the end of the training curve to the loss that it leads to, an open point; beyond the edge only the line. */
export function drawForecast(to: CanvasRenderingContext2D, room: CurveRoom, scene: CurveScene, goal: Goal): void {
  if (goal.epoch <= scene.epoch || !(scene.train > goal.loss)) return;
  const { ink } = scene;
  const from = across(room, scene, scene.epoch);
  const start = up(room, scene, scene.train);
  const fits = goal.epoch <= scene.end;
  const share = fits ? 1 : (scene.end - scene.epoch) / (goal.epoch - scene.epoch);
  const x = fits ? across(room, scene, goal.epoch) : room.right;
  const y = start + (up(room, scene, goal.loss) - start) * share;
  to.strokeStyle = ink.ink;
  to.globalAlpha = 0.7;
  to.lineWidth = 1.5;
  to.setLineDash([2, 5]);
  to.beginPath();
  to.moveTo(from, start);
  to.lineTo(x, y);
  to.stroke();
  to.setLineDash([]);
  to.globalAlpha = 1;
  if (!fits) return;
  to.beginPath();
  to.arc(x, y, 3, 0, 7);
  to.fillStyle = ink.table;
  to.fill();
  to.stroke();
  to.font = `500 11px ${CANVAS_FONT}`;
  to.fillStyle = ink.ink;
  to.textBaseline = "alphabetic";
  to.textAlign = x > room.right - 20 ? "right" : "center";
  to.fillText(String(goal.loss), Math.min(x, room.right), y - 8);
}
