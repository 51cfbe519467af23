// The last picture of a run, with no session: as the page shows it, but still.

import { CANVAS_FONT, INKS, type Theme } from "../color/ink";
import { count, loss, percent } from "../numbers/format";
import { drawOutput, drawStillCurve, drawStillNetwork } from "./draw-still";
import type { SavedPicture } from "./saved-picture";
import * as STILL from "../words/still";

/** Of the whole, in CSS pixels; with less width than `row`, network and output stand below each other. */
const SIZE = { row: 620, most: 960, output: 320, network: 300, curve: 132, gap: 24, edge: 16 };

/**
 * Draws the picture into an element, which should be in a shadow root, and draws it again for another width, until the
 * returned function is called. `note` says what to do now; without a picture it stands alone.
 */
export function showStill(into: HTMLElement, saved: SavedPicture | null, theme: Theme, note: string): () => void {
  let drawn = 0;
  const draw = (): void => {
    const width = Math.min(SIZE.most, into.clientWidth) - 2 * SIZE.edge;
    if (width < 1 || width === drawn) return;
    drawn = width;
    into.replaceChildren(whole(saved, theme, note, width));
  };
  draw();
  const observer = new ResizeObserver(draw);
  observer.observe(into);
  return () => {
    observer.disconnect();
    into.replaceChildren();
  };
}

function whole(saved: SavedPicture | null, theme: Theme, note: string, width: number): HTMLElement {
  const ink = INKS[theme];
  const figure = box("figure", {
    margin: "0",
    padding: `${SIZE.edge}px`,
    width: `${width}px`,
    borderRadius: "8px",
    color: ink.ink,
    background: ink.table,
    fontFamily: CANVAS_FONT,
    fontSize: "13px",
    lineHeight: "20px",
    // The colours of the drawings stand on this background.
    forcedColorAdjust: "none",
  });
  const said = box("p", { margin: "0", fontWeight: "600" }, note);
  said.role = "status";
  if (saved === null) {
    figure.append(said);
    return figure;
  }
  const row = width >= SIZE.row && saved.network !== null;
  const output = Math.min(SIZE.output, width);
  const beside = row ? width - output - SIZE.gap : width;
  const pictures = box("div", { display: "flex", flexWrap: "wrap", gap: `${SIZE.gap}px` });
  const { network } = saved;
  if (network !== null) {
    const height = row ? output : SIZE.network;
    const label = STILL.network(network.sizes.join(" – "));
    pictures.append(canvas(beside, height, label, (to) => drawStillNetwork(to, beside, height, network, saved, theme)));
  }
  const large = canvas(output, output, STILL.output, (to) => drawOutput(to, output, saved, theme));
  Object.assign(large.style, {
    borderRadius: "8px",
    outlineStyle: "solid",
    outlineWidth: "1px",
    outlineOffset: "-1px",
    outlineColor: ink.edge,
  });
  pictures.append(large);
  const { curve } = SIZE;
  figure.append(
    readings(saved, said, ink.ink2),
    pictures,
    canvas(width, curve, STILL.curve, (to) => drawStillCurve(to, width, curve, saved, theme)),
  );
  return figure;
}

/** What to do, then the numbers. */
function readings(saved: SavedPicture, said: HTMLElement, quiet: string): HTMLElement {
  const line = box("div", { display: "flex", flexWrap: "wrap", gap: "4px 20px", marginBottom: "12px" });
  said.style.marginRight = "auto";
  line.append(said);
  const rows: [string, string][] = [
    [saved.watched ? STILL.steps : STILL.epoch, count(saved.epoch)],
    [STILL.testLoss, loss(saved.testLoss)],
    [STILL.trainingLoss, loss(saved.trainLoss)],
  ];
  if (saved.accuracy !== null) rows.push([STILL.testAccuracy, percent(saved.accuracy)]);
  for (const [name, value] of rows) {
    const reading = box("span", { color: quiet, fontVariantNumeric: "tabular-nums" }, `${name} `);
    reading.append(box("b", { fontWeight: "600", color: "inherit" }, value));
    line.append(reading);
  }
  return line;
}

function box<Name extends "figure" | "div" | "span" | "p" | "b">(
  name: Name,
  style: Partial<CSSStyleDeclaration> & { forcedColorAdjust?: string },
  text = "",
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  Object.assign(element.style, style);
  element.textContent = text;
  return element;
}

function canvas(
  width: number,
  height: number,
  label: string,
  draw: (to: CanvasRenderingContext2D) => void,
): HTMLCanvasElement {
  const element = document.createElement("canvas");
  const ratio = Math.max(1, Math.min(2, devicePixelRatio));
  element.width = Math.round(width * ratio);
  element.height = Math.round(height * ratio);
  Object.assign(element.style, { display: "block", width: `${width}px`, height: `${height}px` });
  element.role = "img";
  element.ariaLabel = label;
  const to = element.getContext("2d");
  to?.scale(ratio, ratio);
  if (to !== null) draw(to);
  return element;
}
