// What each miniature shows: an experiment, what of it is drawn, and what a person can choose. Pure.

import { axisNumber } from "../numbers/format";
import type { Catalog, Speed, Term } from "../protocol/messages";
import * as EXPLANATION from "../words/explanation";
import * as TERMS from "../words/terms";

/** One of the experiments that a miniature offers. */
export interface MiniatureOption {
  label: string;
  /** The settings that it adds to the link. */
  settings: string;
}

export interface MiniatureFigure {
  /** Its experiment, as the settings of a link. */
  settings: string;
  caption: string;
  /** How many rows the network takes, inputs or neurons; 0 where only its output is drawn. */
  rows: number;
  /** Whether the picture is as wide as the figure, with what is beside it below. */
  large: boolean;
  /** Whether there are sliders for the weights and the bias of the output. */
  sliders: boolean;
  /** Whether it starts again from other initial weights. */
  redraws: boolean;
  speed: Speed;
  /** Training pauses at this epoch. */
  until: number;
  /** What is chosen between, and the options; the one with the number `first` is shown first. */
  choice: string;
  options: readonly MiniatureOption[];
  first: number;
}

/** The inputs that a link has unless it says otherwise. */
const USUAL = ["x", "y"];
const PLAIN: Omit<MiniatureFigure, "settings" | "caption"> = {
  rows: 0,
  large: false,
  sliders: false,
  redraws: false,
  speed: "epoch",
  until: 300,
  choice: "",
  options: [],
  first: 0,
};
const NEURONS = [3, 16];

/** The miniatures, each at the term that it illustrates. Activations, optimizers and regularizations are the catalog's. */
export function miniatures(
  catalog: Pick<Catalog, "activations" | "optimizers" | "regularizations">,
): Partial<Record<Term, MiniatureFigure>> {
  return {
    neuron: {
      ...PLAIN,
      settings: "dataset=gauss&networkShape=&noise=15&percTrainData=20&seed=0.5",
      caption: EXPLANATION.captions.neuron,
      rows: 2,
      sliders: true,
      until: 100,
    },
    activation: {
      ...PLAIN,
      settings: "dataset=circle&networkShape=3&learningRate=0.1&percTrainData=20&seed=2",
      caption: EXPLANATION.captions.activation,
      until: 400,
      choice: EXPLANATION.sections.activation.title,
      options: catalog.activations.map(({ name, label }) => ({ label, settings: `activation=${name}` })),
    },
    layer: {
      ...PLAIN,
      settings: "dataset=circle&networkShape=4&percTrainData=20&seed=0.5",
      caption: EXPLANATION.captions.layer,
      rows: 4,
    },
    "initial-weights": {
      ...PLAIN,
      settings: "dataset=circle&networkShape=3&activation=relu&learningRate=0.1&percTrainData=20&seed=0.5",
      caption: EXPLANATION.captions.initial,
      rows: 3,
      redraws: true,
      speed: "fast",
      until: 400,
    },
    loss: {
      ...PLAIN,
      settings: "dataset=xor&networkShape=4&noise=10&percTrainData=30&seed=0.5",
      caption: EXPLANATION.captions.loss,
    },
    "learning-rate": {
      ...PLAIN,
      settings: "dataset=circle&networkShape=4&percTrainData=20&seed=0.5",
      caption: EXPLANATION.captions.rate,
      choice: EXPLANATION.sections["learning-rate"].title,
      options: [rate(0.001, EXPLANATION.tooSmall), rate(0.1, EXPLANATION.goodRate), rate(10, EXPLANATION.tooLarge)],
    },
    optimizer: {
      ...PLAIN,
      settings: "dataset=circle&networkShape=4&learningRate=0.01&percTrainData=20&seed=0.5",
      caption: EXPLANATION.captions.optimizer,
      until: 100,
      choice: EXPLANATION.sections.optimizer.title,
      options: catalog.optimizers.map(({ name, label }) => ({ label, settings: `optimizer=${name}` })),
    },
    overfitting: {
      ...PLAIN,
      settings: "dataset=circle&noise=35&percTrainData=10&learningRate=0.1&seed=0.5&showTestData=true",
      caption: EXPLANATION.captions.overfitting,
      large: true,
      speed: "fast",
      until: 1000,
      choice: TERMS.hiddenNeurons,
      options: NEURONS.map((n) => ({
        label: EXPLANATION.neurons(n),
        settings: `networkShape=${n > 8 ? `${n / 2},${n / 2}` : n}`,
      })),
      first: 1,
    },
    regularization: {
      ...PLAIN,
      settings:
        "dataset=circle&noise=20&percTrainData=20&networkShape=2&xSquared=true&ySquared=true&xTimesY=true&regularizationRate=0.03&seed=0.5",
      caption: EXPLANATION.captions.regularization,
      rows: 5,
      speed: "fast",
      until: 500,
      choice: EXPLANATION.sections.regularization.title,
      options: catalog.regularizations.map(({ name, label }) => ({ label, settings: `regularization=${name}` })),
    },
  };
}

function rate(value: number, judged: string): MiniatureOption {
  return { label: EXPLANATION.rate(axisNumber(value), judged), settings: `learningRate=${value}` };
}

/** The link of an option: it hides the inputs that it does not use, and what changes the network's shape. */
export function linkOf(figure: MiniatureFigure, option: number, features: readonly string[], colours: string): string {
  const settings = [figure.settings, figure.options[option]?.settings].filter((part) => part !== undefined).join("&");
  const used = [...USUAL, ...settings.split("&").map((part) => part.replace("=true", ""))];
  const hidden = [...features.filter((name) => !used.includes(name)), "numHiddenLayers", "formulas"];
  return [settings, `colours=${colours}`, ...hidden.map((name) => `${name}_hide=true`)].join("&");
}

/** Heights of the parts of a network on a small stage (network/layout.ts), in CSS pixels. */
const HEAD = 44;
const END = 16;
const ROW = 62;

/** The height of the stage for so many rows. */
export function stageHeight(rows: number): number {
  return HEAD + rows * ROW + END;
}
