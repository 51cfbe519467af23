// Draws the network onto the stage: weights, slides, biases, and what goes through them in slow motion.

import { dash, linkOpacity, linkTouches, linkWidth } from "./links";
import { drawMarks } from "./neuron-marks";
import { type Scene, brightness, corner } from "./scene";
import { INPUTS } from "../model/place";
import { halfHeight } from "./layout";
import { drawActivations, drawBiasValue, drawChosen, drawWeightValues } from "./value-labels";

const DIM_LINK = 0.05;

/** Dashes by width in quarters of a pixel: made once, so that drawing leaves no garbage. */
const DASHES = Array.from({ length: 30 }, (_, i) => dash(i / 4));
const SOLID: number[] = [];
/** What flows along a positive weight: beads on a line that stays whole. Gaps would say negative. */
const BEADS = [0.1, 27.9];
const BEAD_WIDER = 2.4;
/** With more lines than this the positive ones stand still: beads on so many cost a third of the frame, and nobody sees them flow. */
const MOST_FLOWING = 120;
/** A weight that is pointed at is drawn this much wider. */
const CHOSEN_WIDER = 1.5;

export function drawNetwork(to: CanvasRenderingContext2D, scene: Scene, glow: CanvasRenderingContext2D | null): void {
  drawLinks(to, scene);
  drawSlides(to, scene);
  if (glow !== null) drawGlow(glow, scene);
  drawBiases(to, scene);
  drawMarks(to, scene);
  if (scene.focus !== null && scene.dimming > 0.5) drawWeightValues(to, scene, scene.focus);
  if (scene.chosen !== null) drawChosen(to, scene, scene.chosen);
  if (scene.bias !== null) drawBiasValue(to, scene, scene.bias);
  if (scene.activations.length > 0) drawActivations(to, scene);
  to.globalAlpha = 1;
}

function drawLinks(to: CanvasRenderingContext2D, scene: Scene): void {
  const { layout, values, ink, focus, dimming, flow, sight } = scene;
  const beads = flow !== null && scene.links.length <= MOST_FLOWING;
  for (const link of scene.links) {
    if (Math.max(link.y0, link.y1) < sight.top || Math.min(link.y0, link.y1) > sight.bottom) continue;
    const weight = values[link.index] ?? 0;
    const hot = focus === null || linkTouches(link, focus);
    const width = linkWidth(weight, layout.density);
    const plain = linkOpacity(weight, layout.density);
    const aim = hot ? (focus === null ? plain : Math.max(0.7, plain)) : DIM_LINK;
    const step = Math.min(29, Math.round(width * 4));
    to.globalAlpha = plain + (aim - plain) * dimming;
    const wider = link.index === scene.chosen?.index ? CHOSEN_WIDER : 0;
    to.lineWidth = width + wider;
    to.strokeStyle = weight < 0 ? ink.negative : ink.positive;
    to.setLineDash(weight < 0 ? (DASHES[step] ?? SOLID) : SOLID);
    to.lineDashOffset = flow === null ? 0 : -flow;
    const bend = (link.x1 - link.x0) * 0.5;
    to.beginPath();
    to.moveTo(link.x0, link.y0);
    to.bezierCurveTo(link.x0 + bend, link.y0, link.x1 - bend, link.y1, link.x1, link.y1);
    to.stroke();
    if (!beads || weight <= 0) continue;
    to.setLineDash(BEADS);
    to.lineWidth = width + BEAD_WIDER;
    to.lineCap = "round";
    to.stroke();
    to.lineCap = "butt";
  }
  to.setLineDash(SOLID);
}

function drawSlides(to: CanvasRenderingContext2D, scene: Scene): void {
  const { ink, focus } = scene;
  // One clip for all of them: the slides do not overlap.
  to.save();
  to.beginPath();
  for (const { slide, joined } of scene.shown) {
    if (joined) continue;
    to.roundRect(slide.x - slide.size / 2, slide.y - slide.size / 2, slide.size, slide.size, corner(slide.size));
  }
  to.globalAlpha = 1;
  to.fillStyle = ink.lit;
  to.fill();
  to.clip();
  for (const { place, slide, strip, slot, pale, dead, off, joined } of scene.shown) {
    if (dead || joined) continue;
    to.globalAlpha = brightness(scene, place) * (pale ? 0.3 : off ? 0.35 : 1);
    strip.draw(to, slot, slide.x - slide.size / 2, slide.y - slide.size / 2, slide.size);
  }
  to.restore();
  for (const { place, slide, dead, joined } of scene.shown) {
    if (joined) continue;
    to.globalAlpha = brightness(scene, place);
    const r = corner(slide.size);
    const half = slide.size / 2;
    to.beginPath();
    to.roundRect(slide.x - half + 0.5, slide.y - half + 0.5, slide.size - 1, slide.size - 1, r - 0.5);
    to.setLineDash(dead ? [3.5, 2.5] : SOLID);
    to.lineWidth = dead ? 1.5 : 1;
    to.strokeStyle = dead ? ink.ink2 : ink.edge;
    to.stroke();
    if (focus !== null && focus.layer === place.layer && focus.neuron === place.neuron && scene.dimming > 0) {
      to.setLineDash(SOLID);
      to.globalAlpha = scene.dimming;
      to.beginPath();
      to.roundRect(slide.x - half - 3, slide.y - half - 3, slide.size + 6, slide.size + 6, r + 3);
      to.lineWidth = 2;
      to.strokeStyle = ink.ink;
      to.stroke();
    }
  }
  to.setLineDash(SOLID);
}

/** The glow of the slides in the dark: the same fields, drawn very small; being scaled up blurs them. */
function drawGlow(to: CanvasRenderingContext2D, scene: Scene): void {
  for (const { place, slide, strip, slot, pale, dead, off, joined } of scene.shown) {
    if (pale || dead || off || joined) continue;
    const size = slide.size * 1.12;
    to.globalAlpha = brightness(scene, place);
    strip.draw(to, slot, slide.x - size / 2, slide.y - size / 2, size);
  }
}

function drawBiases(to: CanvasRenderingContext2D, scene: Scene): void {
  const { ink, layout, parameters, values } = scene;
  for (const { place, slide } of scene.shown) {
    if (place.layer === INPUTS) continue;
    const under = slide.y + halfHeight(layout, place);
    const value = values[parameters.bias(place.layer, place.neuron)] ?? 0;
    const length = Math.max(2, Math.min(1, Math.abs(value) / 1.5) * (slide.size / 2));
    to.globalAlpha = brightness(scene, place) * 0.85;
    to.fillStyle = value < 0 ? ink.negative : ink.positive;
    to.beginPath();
    to.roundRect(value < 0 ? slide.x - length : slide.x, under + 4, length, 3, 1.5);
    to.fill();
    // Where the bar begins, so that left and right can be distinguished.
    to.globalAlpha *= 0.5;
    to.fillStyle = ink.ink2;
    to.fillRect(slide.x - 0.5, under + 3, 1, 5);
  }
}
