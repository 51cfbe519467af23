// What is marked on neurons, by shape and not by colour: held weights, switched off, spoken of by the diagnosis.

import { samePlace } from "../model/place";
import { type Scene, brightness, corner } from "./scene";

export function drawMarks(to: CanvasRenderingContext2D, scene: Scene): void {
  const { ink, lit } = scene;
  for (const { place, slide, frozen, off } of scene.shown) {
    const half = slide.size / 2;
    to.globalAlpha = brightness(scene, place);
    if (off) {
      // Crossed out: nothing continues from here.
      to.beginPath();
      to.moveTo(slide.x - half + 4, slide.y + half - 4);
      to.lineTo(slide.x + half - 4, slide.y - half + 4);
      to.lineWidth = 4;
      to.strokeStyle = ink.lit;
      to.stroke();
      to.lineWidth = 2;
      to.strokeStyle = ink.ink;
      to.stroke();
    }
    if (frozen) lock(to, scene, slide.x - half + 3, slide.y - half + 3);
    if (!lit.some((other) => samePlace(other, place))) continue;
    to.globalAlpha = 1;
    to.beginPath();
    to.roundRect(slide.x - half - 4, slide.y - half - 4, slide.size + 8, slide.size + 8, corner(slide.size) + 4);
    to.lineWidth = 2;
    to.strokeStyle = ink.ink;
    to.stroke();
  }
  to.globalAlpha = 1;
}

/** A padlock on its slide's corner. */
function lock(to: CanvasRenderingContext2D, { ink }: Scene, x: number, y: number): void {
  to.beginPath();
  to.roundRect(x - 6, y - 6, 16, 16, 8);
  to.fillStyle = ink.lit;
  to.fill();
  to.lineWidth = 1;
  to.strokeStyle = ink.line2;
  to.stroke();
  to.beginPath();
  to.roundRect(x - 2, y + 1.5, 8, 5.5, 1.2);
  to.fillStyle = ink.ink;
  to.fill();
  to.beginPath();
  to.arc(x + 2, y + 1, 2.4, Math.PI, 0);
  to.lineWidth = 1.4;
  to.strokeStyle = ink.ink;
  to.stroke();
}
