// Makes pictures of what is on the page now: SVG by plain functions, PNG by drawing that SVG.

import { INKS } from "../color/ink";
import { SCALES, colourTable, twoColourTable } from "../color/scale";
import { FieldStrip, bytesOf } from "../field/strip";
import { type OutputPicture, networkSvg, outputSvg } from "./svg";
import { labelWidth, layoutNetwork } from "../network/layout";
import { linksInSight, smallFirst } from "../network/links";
import { ParameterLayout } from "../network/parameters";
import { count, loss } from "../numbers/format";
import type { Playground } from "../model/playground.svelte";
import * as PICTURE from "../words/picture";

export type Subject = "output" | "network";

/** The picture as SVG text; null while there is nothing to draw. */
export function svgOf(playground: Playground, subject: Subject): string | null {
  const { state, catalog, live } = playground;
  if (state === null || catalog === null || live.arrived === 0) return null;
  const { frame } = live;
  const scales = SCALES[state.view.colours][playground.theme];
  const output: OutputPicture = {
    image: imageOf(
      frame.output,
      0,
      frame.outputCells,
      (state.view.discretize ? twoColourTable : colourTable)(scales.output),
    ),
    bytes: frame.output,
    cells: frame.outputCells,
    points: playground.points,
    showTest: state.view.show_test_data,
    stops: state.experiment.problem === "regression" ? scales.neuron : null,
    ink: INKS[playground.theme],
  };
  if (subject === "output") return outputSvg(output);

  const table = colourTable(scales.neuron);
  const parameters = new ParameterLayout(state.sizes);
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
        image: imageOf(bytesOf(f.picture), 0, f.cells, table),
        symbol: f.symbol,
      })),
      fields: Array.from({ length: frame.fields }, (_, i) =>
        imageOf(frame.neurons, i * frame.neuronCells ** 2, frame.neuronCells, table),
      ),
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

function imageOf(bytes: Uint8Array, start: number, cells: number, table: Uint32Array): string {
  const strip = new FieldStrip();
  strip.resize(cells, 1);
  strip.fill(0, bytes, start, table);
  strip.show();
  const smooth = document.createElement("canvas");
  smooth.width = smooth.height = Math.min(400, cells * 4);
  const to = smooth.getContext("2d") as CanvasRenderingContext2D;
  to.imageSmoothingQuality = "high";
  strip.draw(to, 0, 0, 0, smooth.width);
  return smooth.toDataURL("image/png");
}
