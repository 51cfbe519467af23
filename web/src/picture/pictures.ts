// Makes pictures of what is on the page now: SVG by plain functions, PNG by drawing that SVG.

import { INKS } from "../color/ink";
import { type ClassPalette, certainTable, classPalette } from "../color/classes";
import { SCALES, type Stop, colourTable, twoColourTable } from "../color/scale";
import { FieldStrip, bytesOf } from "../field/strip";
import { type OutputPicture, networkSvg, outputSvg } from "./svg";
import { labelWidth, layoutNetwork } from "../network/layout";
import { linksInSight, smallFirst } from "../network/links";
import { ParameterLayout } from "../network/parameters";
import { count, loss } from "../numbers/format";
import { classesOf } from "../model/choices";
import { outputLayer } from "../model/place";
import { axesOf } from "../output/plane-axes";
import { type ShownField, shownField } from "../output/shown-field";
import type { Playground } from "../model/playground.svelte";
import * as PICTURE from "../words/picture";

export type Subject = "output" | "network";

/** The picture as SVG text; null while there is nothing to draw. */
export function svgOf(playground: Playground, subject: Subject): string | null {
  const { state, catalog, live } = playground;
  if (state === null || catalog === null || live.arrived === 0) return null;
  const { frame } = live;
  const scales = SCALES[state.view.colours][playground.theme];
  const classes = classesOf(state);
  const palette = classes.length === 0 ? null : classPalette(classes.length, scales.output, playground.theme);
  const parameters = new ParameterLayout(state.sizes);
  const whole = { layer: outputLayer(state.sizes), neuron: 0 };
  const shown =
    palette === null
      ? { bytes: frame.output, start: 0, cells: frame.outputCells, winners: null }
      : shownField(frame, whole, true, classes.length, parameters);
  if (shown === null) return null;
  const output: OutputPicture = {
    image: imageOf(shown, tableOf(palette, state.view.discretize, scales.output)),
    bytes: shown.bytes,
    cells: shown.cells,
    points: playground.points,
    showTest: state.view.show_test_data,
    stops: state.experiment.problem === "regression" ? scales.neuron : null,
    classes: palette === null || shown.winners === null ? null : { winners: shown.winners, names: classes, palette },
    axes: axesOf(state.data, catalog, state.experiment.dataset),
    ink: INKS[playground.theme],
  };
  if (subject === "output") return outputSvg(output);

  const table = colourTable(scales.neuron);
  const used = state.experiment.features.map((name) => catalog.features.findIndex((f) => f.name === name));
  const layout = layoutNetwork(
    {
      width: Math.max(640, 130 * state.sizes.length),
      height: 480,
      centre: 240,
      compact: false,
      allInputs: true,
      joined: false,
      adds: false,
      label: labelWidth(catalog.features),
      names: 0,
    },
    state.sizes,
    used,
    catalog.features.length,
  );
  const sight = { left: 0, top: 0, right: layout.width, bottom: layout.height };
  return networkSvg(
    {
      layout,
      parameters,
      values: frame.parameters,
      links: smallFirst(linksInSight(layout, parameters, frame.parameters, sight, 4000, null), frame.parameters),
      inputs: catalog.features.map((f) => ({
        image: imageOf({ bytes: bytesOf(f.picture), start: 0, cells: f.cells, winners: null }, table),
        symbol: f.symbol,
      })),
      fields: Array.from({ length: frame.fields }, (_, i) => {
        const start = i * frame.neuronCells ** 2;
        const output = i - (frame.fields - classes.length);
        const colours = output < 0 ? table : (palette?.table.subarray(256 * output, 256 * (output + 1)) ?? table);
        return imageOf({ bytes: frame.neurons, start, cells: frame.neuronCells, winners: null }, colours);
      }),
      caption: PICTURE.caption(count(frame.epoch), loss(frame.testLoss), loss(frame.trainLoss)),
    },
    output,
  );
}

export async function pngOf(svg: string, scale = 2): Promise<Blob | null> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * scale;
    canvas.height = image.naturalHeight * scale;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/png"));
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function tableOf(palette: ClassPalette | null, discretize: boolean, stops: readonly Stop[]): Uint32Array {
  if (palette !== null) return discretize ? certainTable(palette) : palette.table;
  return (discretize ? twoColourTable : colourTable)(stops);
}

function imageOf({ bytes, start, cells, winners }: Omit<ShownField, "fine">, table: Uint32Array): string {
  const strip = new FieldStrip();
  strip.resize(cells, 1);
  if (winners === null) strip.fill(0, bytes, start, table);
  else strip.fillClasses(0, winners, bytes, start, table);
  strip.show();
  const smooth = document.createElement("canvas");
  smooth.width = smooth.height = Math.min(400, cells * 4);
  const to = smooth.getContext("2d") as CanvasRenderingContext2D;
  to.imageSmoothingQuality = "high";
  strip.draw(to, 0, 0, 0, smooth.width);
  return smooth.toDataURL("image/png");
}
