// What of the network the canvas shows, and how finely.

import type { FieldStrip } from "../field/strip";
import type { Frame, PointsFrame } from "../protocol/frames";
import { across, down } from "../field/plane";
import { INPUTS } from "../model/place";
import { type NetworkLayout, slideAt } from "./layout";
import type { Sight } from "./links";
import type { Scene, Shown } from "./scene";

/** Room around a slide in which something of it is drawn. */
const MARGIN = 8;

export function isNeuron(item: Shown): boolean {
  return item.place.layer !== INPUTS;
}

/** All inputs, and the neurons in sight. `frozen` and `off` hold places as "layer:neuron". */
export function slidesInSight(
  layout: NetworkLayout,
  sight: Sight,
  strips: { neurons: FieldStrip; inputs: FieldStrip },
  frozen: ReadonlySet<string>,
  off: ReadonlySet<string>,
): Shown[] {
  let input = 0;
  const list: Shown[] = layout.inputs.map((slide) => ({
    place: { layer: INPUTS, neuron: slide.on ? input++ : -1 },
    slide,
    strip: strips.inputs,
    slot: slide.feature,
    pale: !slide.on,
    dead: false,
    frozen: false,
    off: false,
    joined: false,
  }));
  let slot = 0;
  const add = (layer: number, neuron: number): void => {
    const slide = slideAt(layout, { layer, neuron });
    if (slide === undefined) return;
    const half = slide.size / 2 + MARGIN;
    if (slide.x + half < sight.left || slide.x - half > sight.right) return;
    if (slide.y + half < sight.top || slide.y - half > sight.bottom) return;
    const name = `${layer}:${neuron}`;
    const joined = layout.joined && layer === layout.columns.length;
    const marks = { pale: false, dead: false, frozen: frozen.has(name), off: off.has(name), joined };
    list.push({ place: { layer, neuron }, slide, strip: strips.neurons, slot: slot++, ...marks });
  };
  layout.columns.forEach((column, l) => {
    column.neurons.forEach((_, n) => {
      add(l, n);
    });
  });
  layout.outputs.forEach((_, n) => {
    add(layout.columns.length, n);
  });
  return list;
}

/** How fine fields must be, in cells along one side: it depends on how large the slides are, and on how many. */
export function fieldCells(layout: NetworkLayout, ratio: number, width: number): { neuron: number; output: number } {
  const size = layout.columns[0]?.neurons[0]?.size ?? layout.outputs[0]?.size ?? 0;
  const fields = layout.columns.reduce((n, column) => n + column.neurons.length, layout.outputs.length);
  const fine = Math.max(12, Math.min(40, Math.round((size * ratio) / 2.2)));
  const large = fields > 300 ? 60 : width > 700 ? 140 : 110;
  return {
    neuron: Math.max(5, Math.min(fine, Math.floor(Math.sqrt(160_000 / fields)))),
    output: Math.max(large, fields > 300 ? 60 : 100),
  };
}

/** In slow motion: where the point that goes through is, in 0…1 of a slide. */
export function passingPoint(frame: Frame, points: PointsFrame | null): Scene["passing"] {
  if (frame.activations.length === 0 || points === null || frame.point >= points.trainCount) return null;
  const x = points.points[3 * frame.point] ?? 0;
  const y = points.points[3 * frame.point + 1] ?? 0;
  return { x: across(x), y: down(y) };
}
