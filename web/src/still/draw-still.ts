// Draws a saved picture as the page draws a run: its network, its output and its curve.

import { classPalette } from "../color/classes";
import { CANVAS_FONT, INKS, type Theme } from "../color/ink";
import { SCALES, colourTable } from "../color/scale";
import { epochEnd, lossAxis } from "../curve/axes";
import { drawCurve } from "../curve/draw-curve";
import { Range } from "../curve/loss-range";
import { FieldStrip } from "../field/strip";
import { CurveData } from "../model/curve-data";
import { drawNetwork } from "../network/draw-network";
import { layoutNetwork } from "../network/layout";
import { linksInSight, smallFirst } from "../network/links";
import { ParameterLayout } from "../network/parameters";
import { slidesInSight } from "../network/shown";
import { drawClassLines, drawLines } from "../output/draw-lines";
import { drawPoints } from "../output/points";
import { emptyPointsFrame } from "../protocol/frames";
import type { SavedNetwork, SavedPicture } from "./saved-picture";

/** As many weights as the page draws at most. */
const MOST_LINKS = 900;
/** What stands left of an input. */
const LABEL = 52;
/** Above the network is no row of steppers. */
const NO_HEAD = 40;

function scalesOf(saved: SavedPicture, theme: Theme): (typeof SCALES)["tinkernet"]["light"] {
  return SCALES[saved.original ? "original" : "tinkernet"][theme];
}

export function drawOutput(to: CanvasRenderingContext2D, size: number, saved: SavedPicture, theme: Theme): void {
  const { cells, field, winners, classes, points } = saved;
  const ink = INKS[theme];
  const scales = scalesOf(saved, theme);
  const palette = winners.length > 0 ? classPalette(classes.length, scales.output, theme) : null;
  const strip = new FieldStrip();
  strip.resize(cells, 1);
  if (palette === null) strip.fill(0, field, 0, colourTable(scales.output));
  else strip.fillClasses(0, winners, field, 0, palette.table);
  strip.show();
  to.imageSmoothingQuality = "medium";
  strip.draw(to, 0, 0, 0, size);
  if (palette === null) drawLines(to, field, cells, size, ink, true);
  else drawClassLines(to, winners, field, cells, size, ink);
  const count = points.length / 3;
  const radius = 3.4 - (count > 380 ? 0.5 : 0) - (saved.regression ? 0.6 : 0);
  const style = { ink, stops: saved.regression ? scales.neuron : null, classes: palette, radius };
  drawPoints(to, { ...emptyPointsFrame(), points, count, trainCount: count }, size, style, false);
}

export function drawStillNetwork(
  to: CanvasRenderingContext2D,
  width: number,
  height: number,
  { sizes, inputs, parameters: values, cells, inputFields, neuronFields }: SavedNetwork,
  saved: SavedPicture,
  theme: Theme,
): void {
  const ink = INKS[theme];
  const scales = scalesOf(saved, theme);
  const table = colourTable(scales.neuron);
  const strips = { inputs: new FieldStrip(), neurons: new FieldStrip() };
  const neurons = neuronFields.length / cells ** 2;
  const outputs = saved.classes.length > 2 ? (sizes.at(-1) ?? 1) : 0;
  const classes = outputs === 0 ? null : classPalette(outputs, scales.output, theme).table;
  strips.inputs.resize(cells, inputs.length);
  strips.neurons.resize(cells, neurons);
  for (let i = 0; i < inputs.length; i++) strips.inputs.fill(i, inputFields, i * cells ** 2, table);
  for (let i = 0; i < neurons; i++) {
    const of = i - (neurons - outputs);
    const colours = of < 0 || classes === null ? table : classes.subarray(256 * of, 256 * (of + 1));
    strips.neurons.fill(i, neuronFields, i * cells ** 2, colours);
  }
  strips.inputs.show();
  strips.neurons.show();
  const parameters = new ParameterLayout(sizes);
  const all = inputs.map((_, i) => i);
  const room = { height: height + NO_HEAD, centre: height / 2 + NO_HEAD, label: LABEL, names: 0 };
  const layout = layoutNetwork(
    { ...room, width, compact: false, allInputs: true, joined: false, adds: false },
    sizes,
    all,
    all.length,
  );
  const sight = { left: 0, top: 0, right: layout.width, bottom: layout.height };
  const links = linksInSight(layout, parameters, values, sight, MOST_LINKS, null);
  smallFirst(links, values);
  // A network that needs more room is drawn smaller.
  const scale = Math.min(1, width / layout.width, height / (layout.height - NO_HEAD));
  to.save();
  to.translate((width - scale * layout.width) / 2, (height - scale * (layout.height - NO_HEAD)) / 2);
  to.scale(scale, scale);
  to.translate(0, -NO_HEAD);
  to.imageSmoothingQuality = "medium";
  drawNetwork(
    to,
    {
      layout,
      parameters,
      values,
      links,
      shown: slidesInSight(layout, sight, strips, new Set(), new Set()),
      sight,
      ink,
      focus: null,
      dimming: 0,
      chosen: null,
      chosenName: null,
      lit: [],
      bias: null,
      biasName: "",
      flow: null,
      activations: new Float64Array(),
      passing: null,
    },
    null,
  );
  to.font = `400 13px ${CANVAS_FONT}`;
  to.fillStyle = ink.ink;
  to.textAlign = "right";
  to.textBaseline = "middle";
  for (const { feature, x, y, size } of layout.inputs)
    to.fillText(inputs[feature] ?? "", x - size / 2 - 8, y, LABEL - 8);
  to.restore();
}

export function drawStillCurve(
  to: CanvasRenderingContext2D,
  width: number,
  height: number,
  saved: SavedPicture,
  theme: Theme,
): void {
  const { epoch, trainLoss, testLoss } = saved;
  const curve = new CurveData();
  curve.take(1, 1, epoch, saved.curve);
  const range = new Range();
  range.measure(curve, trainLoss, testLoss);
  drawCurve(to, width, height, {
    curve,
    epoch,
    train: trainLoss,
    test: testLoss,
    present: epoch,
    others: null,
    goal: null,
    threshold: null,
    axis: lossAxis(range.least, Math.max(range.greatest, 1e-9), true),
    end: epochEnd(epoch),
    flags: [],
    pointed: null,
    ink: INKS[theme],
    compact: width < 480,
    halo: null,
  });
}
