// What the loss curve shows, and where on its canvas.

import type { Ink } from "../color/ink";
import type { CurveData } from "../model/curve-data";
import type { Goal } from "../model/goal";
import type { EventFact } from "../protocol/messages";
import { type Axis, lossPosition } from "./axes";

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
  flags: readonly EventFact[];
  /** The epoch under the pointer. */
  pointed: number | null;
  ink: Ink;
  compact: boolean;
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

export function curveRoom(width: number, height: number, compact: boolean): CurveRoom {
  return { left: compact ? 36 : 40, right: width - (compact ? 4 : 8), top: 14, bottom: height - AXIS };
}

export function across(room: CurveRoom, scene: { end: number }, epoch: number): number {
  return room.left + (room.right - room.left) * Math.min(1, epoch / scene.end);
}

export function up(room: CurveRoom, scene: { axis: Axis }, value: number): number {
  return room.bottom - (room.bottom - room.top) * lossPosition(scene.axis, value);
}

export function disc(to: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string): void {
  to.beginPath();
  to.arc(x, y, radius, 0, 7);
  to.fillStyle = colour;
  to.fill();
}
