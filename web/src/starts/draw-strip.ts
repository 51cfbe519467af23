// Draws the strip of dots of many starts.

import { CANVAS_FONT, type Ink } from "../color/ink";
import { type Dot, type LossScale, lossMarks } from "./dots";
import { setting } from "../numbers/format";
import * as STARTS from "../words/starts";

export interface Strip {
  dots: readonly Dot[];
  losses: Float64Array;
  scale: LossScale;
  threshold: number;
  /** The start that is the current run. */
  opened: number | null;
  ink: Ink;
}

export function drawStrip(to: CanvasRenderingContext2D, width: number, height: number, strip: Strip): void {
  const { scale, threshold, ink, dots, losses } = strip;
  const base = height - 18;
  to.clearRect(0, 0, width, height);
  to.lineWidth = 1;
  to.strokeStyle = ink.line2;
  to.beginPath();
  to.moveTo(0, base + 0.5);
  to.lineTo(width, base + 0.5);
  to.font = `400 11px ${CANVAS_FONT}`;
  to.fillStyle = ink.ink2;
  to.textAlign = "center";
  to.textBaseline = "alphabetic";
  for (const mark of lossMarks(scale, threshold, 44)) {
    const x = scale.x(mark);
    to.moveTo(x, base);
    to.lineTo(x, base + 4);
    to.fillText(setting(mark), x, base + 15);
  }
  to.stroke();
  drawDots(to, strip, base);
  const x = scale.x(threshold);
  to.strokeStyle = ink.ink;
  to.lineWidth = 1.5;
  to.setLineDash([4, 3]);
  to.beginPath();
  to.moveTo(x, 0);
  to.lineTo(x, base + 4);
  to.stroke();
  to.setLineDash([]);
  to.font = `500 11px ${CANVAS_FONT}`;
  to.fillStyle = ink.ink;
  to.fillText(setting(threshold), x, base + 15);
  const made = dots.filter((dot) => (losses[dot.start] as number) <= threshold).length;
  words(to, STARTS.succeed(made), STARTS.fail(dots.length - made), x, width, ink);
}

function words(to: CanvasRenderingContext2D, left: string, right: string, x: number, width: number, ink: Ink): void {
  to.textAlign = "right";
  const room = x - 8 - to.measureText(left).width;
  if (room > 0) to.fillText(left, x - 8, 9);
  to.font = `400 11px ${CANVAS_FONT}`;
  to.fillStyle = ink.ink2;
  to.textAlign = "left";
  if (x + 8 + to.measureText(right).width < width) to.fillText(right, x + 8, 9);
  if (room > 110) to.fillText(STARTS.trainingLoss, 0, 9);
}

function drawDots(to: CanvasRenderingContext2D, { dots, losses, threshold, opened, ink }: Strip, base: number): void {
  const highest = dots.reduce((most, dot) => Math.max(most, dot.rank), 1);
  const step = Math.min(8.5, (base - 24) / highest);
  const radius = dots.length > 300 ? 2.6 : 3.3;
  to.lineWidth = 1.2;
  to.strokeStyle = to.fillStyle = ink.ink;
  for (const { start, x, rank } of dots) {
    const own = start === opened;
    const y = base - 7 - rank * step;
    to.globalAlpha = own ? 1 : 0.62;
    to.beginPath();
    to.arc(x, y, own ? 4 : radius, 0, 7);
    if ((losses[start] as number) <= threshold) to.fill();
    to.stroke();
    if (!own) continue;
    to.beginPath();
    to.arc(x, y, 7, 0, 7);
    to.stroke();
  }
  to.globalAlpha = 1;
}
