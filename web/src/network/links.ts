// Which weights are drawn, and along which curves.

import { type NetworkLayout, halfHeight, slideAt } from "./layout";
import type { ParameterLayout } from "./parameters";
import { type Place, outputLayer, sizeOf } from "../model/place";

/** One weight with its curve: from (x0, y0) to (x1, y1), leaving and arriving level. */
export interface Link {
  /** Its place among the parameters. */
  index: number;
  /** The layer that it leads into. */
  layer: number;
  to: number;
  from: number;
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** What of the stage is in sight. */
export interface Sight {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function makeLink(
  layout: NetworkLayout,
  parameters: ParameterLayout,
  layer: number,
  to: number,
  from: number,
): Link | null {
  const source = slideAt(layout, { layer: layer - 1, neuron: from });
  const target = slideAt(layout, { layer, neuron: to });
  if (source === undefined || target === undefined) return null;
  const n = sizeOf(parameters.sizes, layer - 1);
  const enters = layout.joined && layer === outputLayer(parameters.sizes);
  // Arrivals are spread over 56 % of the target's height, in the order of their sources.
  const spread = n > 1 ? (from / (n - 1) - 0.5) * 2 * halfHeight(layout, { layer, neuron: to }) * 0.56 : 0;
  return {
    index: parameters.weight(layer, to, from),
    layer,
    to,
    from,
    x0: source.x + source.size / 2,
    y0: source.y,
    x1: enters ? layout.width : target.x - target.size / 2,
    y1: target.y + spread,
  };
}

/**
 * The links in sight. When there are more than `most`, each neuron keeps its strongest; those of `focus` always stay.
 */
export function linksInSight(
  layout: NetworkLayout,
  parameters: ParameterLayout,
  values: Float64Array,
  sight: Sight,
  most: number,
  focus: Place | null,
): Link[] {
  const sizes = parameters.sizes;
  const targets: Place[] = [];
  let total = 0;
  for (let layer = 0; layer <= outputLayer(sizes); layer++) {
    const a = slideAt(layout, { layer: layer - 1, neuron: 0 });
    const b = slideAt(layout, { layer, neuron: 0 });
    if (a === undefined || b === undefined || b.x < sight.left || a.x > sight.right) continue;
    for (let to = 0; to < sizeOf(sizes, layer); to++) {
      const slide = slideAt(layout, { layer, neuron: to });
      if (slide === undefined) continue;
      const near = slide.y > sight.top - 60 && slide.y < sight.bottom + 60;
      if (!near && total > most) continue;
      targets.push({ layer, neuron: to });
      total += sizeOf(sizes, layer - 1);
    }
  }
  const each = total <= most ? Infinity : Math.max(1, Math.floor(most / Math.max(1, targets.length)));
  const links: Link[] = [];
  for (const { layer, neuron: to } of targets) {
    const n = sizeOf(sizes, layer - 1);
    const all = each >= n || (focus !== null && focus.layer === layer && focus.neuron === to);
    const chosen = all ? null : strongest(values, parameters.weight(layer, to, 0), n, each);
    for (let from = 0; from < n; from++) {
      const ofFocus = focus !== null && focus.layer === layer - 1 && focus.neuron === from;
      if (chosen !== null && !ofFocus && !chosen.has(from)) continue;
      const link = makeLink(layout, parameters, layer, to, from);
      if (link !== null) links.push(link);
    }
  }
  return links;
}

function strongest(values: Float64Array, start: number, n: number, keep: number): Set<number> {
  const order = Array.from({ length: n }, (_, i) => i);
  order.sort((a, b) => Math.abs(values[start + b] ?? 0) - Math.abs(values[start + a] ?? 0));
  return new Set(order.slice(0, keep));
}

/** Small weights first, so that the strong ones lie on top. Sorts in place. */
export function smallFirst(links: Link[], values: Float64Array): Link[] {
  return links.sort((a, b) => Math.abs(values[a.index] ?? 0) - Math.abs(values[b.index] ?? 0));
}

export function linkWidth(weight: number, density: number): number {
  return Math.max(0.75, Math.min(7, (0.6 + 2.1 * Math.abs(weight)) * density));
}

export function linkOpacity(weight: number, density: number): number {
  return Math.min(1, (0.16 + 0.8 * Math.abs(weight)) * (density < 1 ? 0.9 : 1));
}

/** Dashes say negative without colour; on the thinnest lines they are longer, or they would not be seen. */
export function dash(width: number): [on: number, off: number] {
  return width < 1.2 ? [4, 3.5] : [2 + 1.6 * width, 2 + 0.9 * width];
}

/** The point on a link's curve at t in 0…1. */
export function pointOnLink(link: Link, t: number): { x: number; y: number } {
  const bend = (link.x1 - link.x0) * 0.5;
  const q = 1 - t;
  return {
    x: q ** 3 * link.x0 + 3 * q * q * t * (link.x0 + bend) + 3 * q * t * t * (link.x1 - bend) + t ** 3 * link.x1,
    y: q ** 3 * link.y0 + 3 * q * q * t * link.y0 + 3 * q * t * t * link.y1 + t ** 3 * link.y1,
  };
}

export function linkPath(link: Link): string {
  const bend = (link.x1 - link.x0) * 0.5;
  const n = (v: number): string => v.toFixed(1);
  return `M${n(link.x0)} ${n(link.y0)}C${n(link.x0 + bend)} ${n(link.y0)} ${n(link.x1 - bend)} ${n(link.y1)} ${n(link.x1)} ${n(link.y1)}`;
}

/** Is this link, or this place, one of those that stay bright while `focus` is looked at? */
export function linkTouches(link: { layer: number; to: number; from: number }, focus: Place): boolean {
  return (
    (focus.layer === link.layer && focus.neuron === link.to) ||
    (focus.layer === link.layer - 1 && focus.neuron === link.from)
  );
}

export function placeIsNear(place: Place, focus: Place): boolean {
  return (place.layer === focus.layer && place.neuron === focus.neuron) || Math.abs(place.layer - focus.layer) === 1;
}
