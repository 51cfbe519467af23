// What stands on the time line: flags, the play head with its pill, the values under the pointer.

import { CANVAS_FONT } from "../color/ink";
import { count, loss } from "../numbers/format";
import { type CurveRoom, type CurveScene, across, disc, up } from "./curve-scene";
import * as CURVE from "../words/curve";

/** The pill of the play head: wide enough for its number, and never beyond the edges. */
export function pill(room: CurveRoom, x: number, digits: number): { left: number; wide: number } {
  const wide = Math.max(44, 7 * digits + 18);
  return { wide, left: Math.max(0, Math.min(room.right + 8 - wide, x - wide / 2)) };
}

/** A flag for each thing that a person did; of those closer than their text, the newest speaks. */
export function drawFlags(to: CanvasRenderingContext2D, room: CurveRoom, scene: CurveScene): void {
  const { ink, flags } = scene;
  to.textBaseline = "alphabetic";
  to.textAlign = "left";
  to.font = `500 11px ${CANVAS_FONT}`;
  let free = Infinity;
  for (let i = flags.length - 1; i >= 0; i--) {
    const flag = flags[i];
    if (flag === undefined || flag.epoch > scene.present) continue;
    const x = across(room, scene, flag.epoch);
    to.strokeStyle = ink.ink2;
    to.lineWidth = 1;
    to.beginPath();
    to.moveTo(x, 2);
    to.lineTo(x, room.bottom);
    to.stroke();
    to.fillStyle = ink.ink2;
    to.beginPath();
    to.moveTo(x - 4, 0);
    to.lineTo(x + 4, 0);
    to.lineTo(x + 4, 4);
    to.lineTo(x, 8);
    to.lineTo(x - 4, 4);
    to.fill();
    const words = scene.compact ? flag.short : flag.text;
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

export function drawHead(to: CanvasRenderingContext2D, room: CurveRoom, scene: CurveScene): void {
  const { ink } = scene;
  const x = across(room, scene, scene.epoch);
  // Without test points there is no test loss.
  const y = up(room, scene, Number.isNaN(scene.curve.test[0]) ? scene.train : scene.test);
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
  to.font = `600 11px ${CANVAS_FONT}`;
  const text = count(scene.epoch);
  const { left, wide } = pill(room, x, text.length);
  to.fillStyle = ink.ink;
  to.beginPath();
  to.roundRect(left, room.bottom - 1, wide, 18, 9);
  to.fill();
  to.fillStyle = ink.table;
  to.textAlign = "center";
  to.textBaseline = "middle";
  to.fillText(text, left + wide / 2, room.bottom + 8.5);
}

export function drawPointed(to: CanvasRenderingContext2D, room: CurveRoom, scene: CurveScene, epoch: number): void {
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
  to.font = `500 11px ${CANVAS_FONT}`;
  const text = CURVE.pointed(count(at), loss(test), loss(train));
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
