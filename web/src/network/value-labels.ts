// What is written and marked on the stage: values of weights and biases, and the point that goes through in slow motion.

import { CANVAS_FONT, type Ink } from "../color/ink";
import { halfHeight, slideAt } from "./layout";
import { type Link, linkTouches, placeIsNear, pointOnLink } from "./links";
import { fixed } from "../numbers/format";
import type { Place } from "../model/place";
import type { Scene } from "./scene";
import * as NETWORK from "../words/network";

function label(to: CanvasRenderingContext2D, text: string, x: number, y: number, ink: Ink): void {
  to.font = `500 11px ${CANVAS_FONT}`;
  to.textAlign = "center";
  to.textBaseline = "middle";
  to.lineJoin = "round";
  to.lineWidth = 6;
  to.strokeStyle = ink.lit;
  to.globalAlpha = 1;
  to.strokeText(text, x, y);
  to.fillStyle = ink.ink;
  to.fillText(text, x, y);
}

/** Where a label may stand on its line: in the middle, or towards the other end, where the lines are further apart. */
const ALONG = [0.5, 0.6, 0.42, 0.68, 0.76, 0.34, 0.82];
const WIDE = 36;
const HIGH = 15;

/** The value of every weight of a neuron, each on its own line. */
export function drawWeightValues(to: CanvasRenderingContext2D, scene: Scene, focus: Place): void {
  const taken: Point[] = [];
  for (const { place, slide, joined } of scene.shown) {
    if (joined || !placeIsNear(place, focus)) continue;
    // A slide is as many labels as cover it: then one test serves for both.
    const half = slide.size / 2;
    for (let y = slide.y - half; y <= slide.y + half; y += HIGH) taken.push({ x: slide.x, y, reach: half });
  }
  for (const link of scene.links) {
    if (!linkTouches(link, focus) || link.index === scene.chosen?.index) continue;
    const into = focus.layer === link.layer;
    const places = ALONG.map((t) => pointOnLink(link, into ? 1 - t : t));
    const at = places.find((one) => !taken.some((other) => collides(one, other))) ?? leastCrowded(places, taken);
    taken.push({ ...at, reach: 0 });
    label(to, fixed(scene.values[link.index] ?? 0, 2), at.x, at.y, scene.ink);
  }
}

interface Point {
  x: number;
  y: number;
  /** How far it reaches to either side, beyond a label's own half. */
  reach: number;
}

function collides(one: { x: number; y: number }, other: Point): boolean {
  return (
    Math.abs(other.x - one.x) < (other.reach > 0 ? WIDE / 2 + other.reach : WIDE) && Math.abs(other.y - one.y) < HIGH
  );
}

/** Where there is no free place: the one whose nearest neighbour is furthest away. */
function leastCrowded(places: { x: number; y: number }[], taken: readonly Point[]): { x: number; y: number } {
  const room = (at: { x: number; y: number }): number =>
    Math.min(...taken.map((other) => Math.max(Math.abs(other.x - at.x) / WIDE, Math.abs(other.y - at.y) / HIGH)));
  return places.reduce((best, at) => (room(at) > room(best) ? at : best));
}

export function drawChosen(to: CanvasRenderingContext2D, scene: Scene, link: Link): void {
  const { ink } = scene;
  const at = pointOnLink(link, 0.5);
  to.globalAlpha = 1;
  to.beginPath();
  to.arc(at.x, at.y, 5, 0, 7);
  to.fillStyle = ink.lit;
  to.fill();
  to.lineWidth = 2;
  to.strokeStyle = ink.ink;
  to.stroke();
  if (scene.chosenName === null) return;
  pill(to, scene, NETWORK.withValue(scene.chosenName, fixed(scene.values[link.index] ?? 0, 3)), at.x, at.y - 24);
}

export function drawBiasValue(to: CanvasRenderingContext2D, scene: Scene, place: Place): void {
  const slide = slideAt(scene.layout, place);
  if (slide === undefined) return;
  const value = scene.values[scene.parameters.bias(place.layer, place.neuron)] ?? 0;
  const half = halfHeight(scene.layout, place);
  pill(to, scene, NETWORK.withValue(scene.biasName, fixed(value, 3)), slide.x, slide.y + half + 30);
}

/** What is pointed at and its value, on a separate ground, kept in sight. */
function pill(to: CanvasRenderingContext2D, { ink, sight }: Scene, text: string, x: number, y: number): void {
  to.globalAlpha = 1;
  to.font = `500 12px ${CANVAS_FONT}`;
  const first = to.measureText(text).width;
  to.font = `400 12px ${CANVAS_FONT}`;
  const wide = first + to.measureText(NETWORK.clickToEdit).width + 28;
  const left = Math.max(sight.left + 4, Math.min(sight.right - wide - 4, x - wide / 2));
  const top = Math.max(sight.top + 4, Math.min(sight.bottom - 28, y - 12));
  to.fillStyle = ink.ink;
  to.beginPath();
  to.roundRect(left, top, wide, 24, 8);
  to.fill();
  to.textAlign = "left";
  to.textBaseline = "middle";
  to.fillStyle = ink.table;
  to.globalAlpha = 0.72;
  to.fillText(NETWORK.clickToEdit, left + 18 + first, top + 12.5);
  to.globalAlpha = 1;
  to.font = `500 12px ${CANVAS_FONT}`;
  to.fillText(text, left + 10, top + 12.5);
}

/** Slow motion: the point on every slide, and what each neuron answers to it. */
export function drawActivations(to: CanvasRenderingContext2D, scene: Scene): void {
  const { ink, parameters, activations, passing } = scene;
  for (const { place, slide, pale, joined } of scene.shown) {
    if (pale) continue;
    if (!joined && passing !== null) {
      to.beginPath();
      to.arc(slide.x + (passing.x - 0.5) * slide.size, slide.y + (passing.y - 0.5) * slide.size, 3, 0, 7);
      to.globalAlpha = 1;
      to.fillStyle = ink.ink;
      to.fill();
      to.lineWidth = 1.5;
      to.strokeStyle = ink.ring;
      to.stroke();
    }
    const value = activations[parameters.activation(place.layer, place.neuron)];
    if (value !== undefined) label(to, fixed(value, 2), slide.x, slide.y - slide.size / 2 - 8, ink);
  }
}
