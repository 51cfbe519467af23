// Draws the wall of many starts: slides with their losses, a ring around the run, a bar where making it ends.

import { CANVAS_FONT, type Ink } from "../color/ink";
import type { WallTile } from "./wall-layout";
import { shortLoss } from "../numbers/format";
import type { FieldStrip } from "../field/strip";

export interface WallScene {
  tiles: readonly WallTile[];
  size: number;
  gap: number;
  /** The fields of the tiles, in their order. */
  strip: FieldStrip;
  losses: Float64Array;
  threshold: number;
  opened: number | null;
  /** Whether they stand by loss, so that a bar can separate those that succeed. */
  cut: boolean;
  ink: Ink;
}

export function drawWall(to: CanvasRenderingContext2D, scene: WallScene): void {
  const { tiles, size, strip, losses, threshold, ink } = scene;
  to.imageSmoothingQuality = "high";
  to.save();
  to.beginPath();
  for (const { x, y } of tiles) to.roundRect(x, y, size, size, 6);
  to.clip();
  tiles.forEach(({ x, y }, slot) => strip.draw(to, slot, x, y, size));
  to.restore();
  to.textAlign = "left";
  to.textBaseline = "alphabetic";
  let made = true;
  for (const { start, x, y } of tiles) {
    const own = start === scene.opened;
    const fails = !((losses[start] as number) <= threshold);
    to.beginPath();
    to.roundRect(x + 0.5, y + 0.5, size - 1, size - 1, 5.5);
    to.lineWidth = 1;
    to.strokeStyle = ink.line;
    to.stroke();
    if (own) {
      to.beginPath();
      to.roundRect(x - 3, y - 3, size + 6, size + 6, 9);
      to.lineWidth = 2;
      to.strokeStyle = ink.ink;
      to.stroke();
    }
    to.font = `${own ? 600 : 400} ${size < 60 ? 10 : 11}px ${CANVAS_FONT}`;
    to.fillStyle = own ? ink.ink : ink.ink2;
    to.fillText(shortLoss(losses[start] as number), x, y + size + 14);
    if (scene.cut && fails && made && start !== tiles[0]?.start) bar(to, x - scene.gap / 2 - 1, y, size, ink);
    made = !fails;
  }
}

function bar(to: CanvasRenderingContext2D, x: number, y: number, size: number, ink: Ink): void {
  to.fillStyle = ink.ink;
  to.beginPath();
  to.roundRect(x, y - 2, 2, size + 18, 1);
  to.fill();
}
