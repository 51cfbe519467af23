// The output, or the whole network, as an SVG that stands alone. Fields come in as pictures (data addresses).

import type { Ink } from "../color/ink";
import { type Stop, colourAt, cssColour } from "../color/scale";
import type { NetworkLayout } from "../network/layout";
import { type Link, dash, linkOpacity, linkPath, linkWidth } from "../network/links";
import type { ParameterLayout } from "../network/parameters";
import type { PointsFrame } from "../protocol/frames";
import { across, down } from "../field/plane";
import { clearness } from "../output/points";
import { type SideLabels, axesSvg, roomBeside } from "./axes-svg";
import { type Pen, contour, evened } from "../field/contour";
import { LEGEND_LINE, type PictureClasses, classLinesSvg, legendLines, legendSvg, markSvg } from "./class-svg";

export interface OutputPicture {
  image: string;
  bytes: Uint8Array;
  cells: number;
  points: PointsFrame | null;
  showTest: boolean;
  /** Labels as colours, for regression. */
  stops: readonly Stop[] | null;
  /** Three or more classes; `bytes` is their margin then. */
  classes: PictureClasses | null;
  axes: SideLabels;
  ink: Ink;
}

export interface NetworkPicture {
  layout: NetworkLayout;
  parameters: ParameterLayout;
  values: Float64Array;
  /** Small weights first. */
  links: readonly Link[];
  inputs: { image: string; symbol: string }[];
  /** Hidden neurons in order, then the outputs. */
  fields: string[];
  caption: string;
}

const SIDE = 400;
const FONT = 'font-family="Inter, system-ui, sans-serif"';

export function outputSvg(of: OutputPicture): string {
  const body = `<g transform="translate(16 16)">${outputGroup(of)}</g>`;
  return svg(SIDE + 16 + roomBeside(of.axes), SIDE + 52 + legendHeight(of), of.ink.table, body);
}

export function networkSvg(of: NetworkPicture, output: OutputPicture): string {
  const { layout } = of;
  const height = Math.max(layout.height, SIDE + 70 + legendHeight(output)) + 40;
  const [first, last] = [layout.outputs[0]?.y ?? 0, layout.outputs.at(-1)?.y ?? 0];
  const top = Math.max(16, (first + last) / 2 - SIDE / 2);
  const body = [
    `<g transform="translate(16 16)">`,
    ...of.links.map((link) => linkLine(link, of.values[link.index] ?? 0, layout.density, output.ink)),
    ...layout.inputs.map((input) =>
      slide(input, of.inputs[input.feature]?.image ?? "", input.on ? 1 : 0.3, output.ink),
    ),
    ...layout.inputs.map((input) =>
      text(input.x - 38, input.y + 4, of.inputs[input.feature]?.symbol ?? "", output.ink.ink, "end", 13),
    ),
    ...layout.columns.flatMap((column, l) =>
      column.neurons.map(
        (neuron, n) =>
          slide(neuron, of.fields[of.parameters.field(l, n)] ?? "", 1, output.ink) + bias(of, l, n, neuron, output.ink),
      ),
    ),
    ...layout.outputs.map(
      (one, n) =>
        slide(one, of.fields[of.parameters.field(layout.columns.length, n)] ?? "", 1, output.ink) +
        bias(of, layout.columns.length, n, one, output.ink) +
        (output.classes === null ? "" : markSvg(one.x + one.size / 2 + 11, one.y, n, false, output.classes.palette)),
    ),
    `<g transform="translate(${layout.width + 8} ${top})">${outputGroup(output)}</g>`,
    `</g>`,
    text(16, height - 14, of.caption, output.ink.ink2, "start", 13),
  ];
  return svg(layout.width + SIDE + 40 + roomBeside(output.axes), height, output.ink.table, body.join(""));
}

function svg(width: number, height: number, background: string, body: string): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<rect width="${width}" height="${height}" fill="${background}"/>${body}</svg>`
  );
}

/** The room that the names of the classes take below. */
function legendHeight({ classes }: OutputPicture): number {
  return classes === null ? 0 : 6 + LEGEND_LINE * legendLines(classes.names, SIDE);
}

function outputGroup({ image, bytes, cells, points, showTest, stops, classes, axes, ink }: OutputPicture): string {
  const parts = [
    picture(0, 0, SIDE, image, 8),
    classes === null
      ? `<path d="${contourPath(bytes, cells, SIDE)}" fill="none" stroke="${ink.zero}" stroke-width="1.2"/>`
      : classLinesSvg(classes, bytes, cells, SIDE, ink),
  ];
  const count = points === null ? 0 : showTest ? points.count : points.trainCount;
  for (let i = 0; i < count && points !== null; i++) {
    const x = across(points.points[3 * i] ?? 0) * SIDE;
    const y = down(points.points[3 * i + 1] ?? 0) * SIDE;
    const [label, held] = [points.points[3 * i + 2] ?? 0, i >= points.trainCount];
    let drawn = "";
    if (classes === null) drawn = point(x, y, label, held, stops, ink);
    else if (label in classes.palette.marks) drawn = markSvg(x, y, label, held, classes.palette);
    parts.push(points.far === 0 ? drawn : paler(drawn, points.distances[i] ?? 0));
  }
  if (classes !== null)
    parts.push(legendSvg(classes, SIDE + 36, SIDE, (x, y, words) => text(x, y, words, ink.ink, "start", 12)));
  parts.push(axesSvg(axes, SIDE, (x, y, words, anchor) => text(x, y, words, ink.ink2, anchor, 11)));
  return parts.join("");
}

/** A point that lies so far from what is drawn, by the range of a column, as pale as on the page. */
function paler(drawn: string, distance: number): string {
  const opacity = clearness(distance);
  return opacity === 1 ? drawn : `<g opacity="${opacity.toFixed(2)}">${drawn}</g>`;
}

function contourPath(bytes: Uint8Array, cells: number, size: number): string {
  let path = "";
  const pen: Pen = {
    moveTo: (x, y) => (path += `M${x.toFixed(1)} ${y.toFixed(1)}`),
    lineTo: (x, y) => (path += `L${x.toFixed(1)} ${y.toFixed(1)}`),
  };
  contour(pen, evened(bytes, cells), cells, size, 127.5);
  return path;
}

function point(x: number, y: number, label: number, held: boolean, stops: readonly Stop[] | null, ink: Ink): string {
  const colour = stops !== null ? cssColour(colourAt(stops, label)) : label > 0 ? ink.pointPositive : ink.pointNegative;
  const at = `cx="${x.toFixed(1)}" cy="${y.toFixed(1)}"`;
  const ring = `<circle ${at} r="4.4" fill="${ink.ring}"/>`;
  const disc = held
    ? `<circle ${at} r="2.8" fill="none" stroke="${colour}" stroke-width="1.4"/>`
    : `<circle ${at} r="3.3" fill="${colour}"/>`;
  const minus =
    stops === null && label < 0
      ? `<rect x="${(x - 1.8).toFixed(1)}" y="${(y - 0.6).toFixed(1)}" width="3.6" height="1.2" fill="${held ? colour : ink.pointMinus}"/>`
      : "";
  return ring + disc + minus;
}

function linkLine(link: Link, weight: number, density: number, ink: Ink): string {
  const width = linkWidth(weight, density);
  const dashes =
    weight < 0
      ? ` stroke-dasharray="${dash(width)
          .map((d) => d.toFixed(1))
          .join(" ")}"`
      : "";
  return `<path d="${linkPath(link)}" fill="none" stroke="${weight < 0 ? ink.negative : ink.positive}" stroke-width="${width.toFixed(2)}" opacity="${linkOpacity(weight, density).toFixed(2)}"${dashes}/>`;
}

function slide(at: { x: number; y: number; size: number }, image: string, opacity: number, ink: Ink): string {
  const [x, y] = [at.x - at.size / 2, at.y - at.size / 2];
  return (
    `<g opacity="${opacity}">${picture(x, y, at.size, image, 8)}</g>` +
    `<rect x="${x}" y="${y}" width="${at.size}" height="${at.size}" rx="8" fill="none" stroke="${ink.edge}"/>`
  );
}

function picture(x: number, y: number, size: number, image: string, corner: number): string {
  return `<image x="${x}" y="${y}" width="${size}" height="${size}" href="${image}" preserveAspectRatio="none" style="clip-path:inset(0 round ${corner}px)"/>`;
}

function bias(
  of: NetworkPicture,
  layer: number,
  neuron: number,
  at: { x: number; y: number; size: number },
  ink: Ink,
): string {
  const value = of.values[of.parameters.bias(layer, neuron)] ?? 0;
  const length = Math.max(2, Math.min(1, Math.abs(value) / 1.5) * (at.size / 2));
  return `<rect x="${value < 0 ? at.x - length : at.x}" y="${at.y + at.size / 2 + 4}" width="${length}" height="3" rx="1.5" fill="${value < 0 ? ink.negative : ink.positive}"/>`;
}

function text(x: number, y: number, words: string, colour: string, anchor: string, size: number): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${FONT} font-size="${size}" fill="${colour}" text-anchor="${anchor}">${escape(words)}</text>`;
}

function escape(words: string): string {
  return words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
