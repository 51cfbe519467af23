// What is written and marked on the stage: values of weights and biases, and the point that goes through in slow motion.

import { CANVAS_FONT, type Ink } from "../color/ink";
import { slideAt } from "./layout";
import { type Link, linkTouches, pointOnLink } from "./links";
import { fixed } from "../numbers/format";
import type { Place } from "../model/place";
import type { Scene } from "./scene";

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

export function drawWeightValues(to: CanvasRenderingContext2D, scene: Scene, focus: Place): void {
  const taken: { x: number; y: number }[] = [];
  const slide = slideAt(scene.layout, focus);
  // The strongest first: where there is no room for all, they are the ones that are named.
  for (let i = scene.links.length - 1; i >= 0; i--) {
    const link = scene.links[i] as Link;
    if (!linkTouches(link, focus) || link.index === scene.chosen?.index) continue;
    const into = focus.layer === link.layer;
    const at = pointOnLink(link, into ? (link.from % 2 === 1 ? 0.74 : 0.46) : link.to % 2 === 1 ? 0.3 : 0.55);
    if (taken.some((other) => Math.abs(other.x - at.x) < 36 && Math.abs(other.y - at.y) < 15)) continue;
    if (
      slide !== undefined &&
      Math.abs(at.x - slide.x) < slide.size / 2 + 18 &&
      Math.abs(at.y - slide.y) < slide.size / 2 + 8
    )
      continue;
    taken.push(at);
    label(to, fixed(scene.values[link.index] ?? 0, 2), at.x, at.y, scene.ink);
  }
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
  if (scene.showsValue) label(to, fixed(scene.values[link.index] ?? 0, 3), at.x, at.y - 14, ink);
}

export function drawBiasValue(to: CanvasRenderingContext2D, scene: Scene, place: Place): void {
  const slide = slideAt(scene.layout, place);
  if (slide === undefined) return;
  const value = scene.values[scene.parameters.bias(place.layer, place.neuron)] ?? 0;
  label(to, `bias ${fixed(value, 3)}`, slide.x, slide.y + slide.size / 2 + 17, scene.ink);
}

/** Slow motion: the point on every slide, and what each neuron answers to it. */
export function drawActivations(to: CanvasRenderingContext2D, scene: Scene): void {
  const { ink, parameters, activations, passing } = scene;
  for (const { place, slide, pale } of scene.shown) {
    if (pale) continue;
    if (passing !== null) {
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
