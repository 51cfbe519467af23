// Made by `make generate` from src/tinkernet/server/wire.py: change that file, and make this one again.

export type Speed = "point" | "batch" | "epoch" | "fast" | "max";

/** The first word of a page. `session` is what Welcome gave before ("" at first), `link` the text after '#'. */
export interface Hello {
  type: "hello";
  session: string;
  link: string;
}

/** A neuron's place: layer 0 holds the input features, the last layer the output. */
export interface NeuronPlace {
  layer: number;
  neuron: number;
}

/** What the page draws and how large, in cells along one side; the next frames hold just that. */
export interface Watch {
  type: "watch";
  neuron_cells: number;
  output_cells: number;
  focus?: NeuronPlace | null;
}

/** The page has drawn this frame and is free for the next. */
export interface Drawn {
  type: "drawn";
  frame: number;
}

/** Everything that decides how a run goes: same experiment, same run, on every machine. */
export interface Experiment {
  problem: string;
  dataset: string;
  noise: number;
  train_percent: number;
  seed: string;
  start: number;
  features: string[];
  hidden: number[];
  activation: string;
  initializer: string;
  optimizer: string;
  loss: string;
  learning_rate: number;
  batch_size: number;
  regularization: string;
  regularization_rate: number;
}

/** New values for some fields of the experiment, as JSON. A new learning rate goes on from here; anything else starts the run again, or with `keep_weights` goes on if it can. While a slider is dragged `done` is false; the whole drag is one step to undo. Who was playing goes on playing. */
export interface Change {
  type: "change";
  settings: Partial<Experiment>;
  keep_weights?: boolean;
  done?: boolean;
}

/** How an experiment is shown: travels in the link, changes no result. `hidden` names controls, as CONTROLS does. */
export interface View {
  show_test_data: boolean;
  discretize: boolean;
  hide_text: boolean;
  hidden: string[];
  tutorial: string;
  colours: "original" | "tinkernet";
}

/** New values for some fields of the view, as JSON. */
export interface ChangeView {
  type: "change-view";
  view: Partial<View>;
}

/** Open a pasted link, or the address after a step back or forward in the browser. */
export interface Open {
  type: "open";
  link: string;
}

/** Train until told to pause, or until a limit of StopAt. */
export interface Play {
  type: "play";
}

/** Stop training; nothing is lost. */
export interface Pause {
  type: "pause";
}

/** Train one epoch; in slow motion one batch or one point. */
export interface Step {
  type: "step";
}

/** The next first weights from the same stream, on the same points. Pauses, as Rewind, NewPoints and Open do. */
export interface Reset {
  type: "reset";
}

/** Back to epoch 0 with the very same first weights. */
export interface Rewind {
  type: "rewind";
}

/** A new seed: other points, other weights. */
export interface NewPoints {
  type: "new-points";
}

/** How fast to train: point and batch are slow motion; epoch is 60 epochs a second; fast 480; max all it can. */
export interface SetSpeed {
  type: "set-speed";
  speed: Speed;
}

/** Pause by itself at this epoch, or when the training loss is no larger than this. */
export interface StopAt {
  type: "stop-at";
  epoch?: number | null;
  train_loss?: number | null;
}

/** One weight by hand. While it is dragged `done` is false; the whole drag is one step to undo. */
export interface SetWeight {
  type: "set-weight";
  layer: number;
  to: number;
  from: number;
  value: number;
  done?: boolean;
}

/** One bias by hand, as SetWeight. */
export interface SetBias {
  type: "set-bias";
  layer: number;
  neuron: number;
  value: number;
  done?: boolean;
}

/** Take back the last intention that changed something, weights and all, and stop there. */
export interface Undo {
  type: "undo";
}

/** Do again what Undo took back. */
export interface Redo {
  type: "redo";
}

/** Ask for the Python that makes this very run. */
export interface AskCode {
  type: "ask-code";
}

/** One entry of a table: what to send, what to show, and a hint in plain words. */
export interface Choice {
  name: string;
  label: string;
  hint: string;
}

/** A built-in data set with a small sample of itself: points as (x, y, label). */
export interface DatasetChoice {
  name: string;
  label: string;
  hint: string;
  problem: string;
  sample: [number, number, number][];
}

/** An input feature: `symbol` as a text with real sub- and superscripts (x₁²), and its field as a picture. */
export interface FeatureChoice {
  name: string;
  label: string;
  hint: string;
  symbol: string;
  scale: number;
  cells: number;
  /** cells × cells bytes as in a frame: 0 is −scale, 255 is +scale; the first row is the top, y = +6. */
  picture: string;
}

/** Everything there is to choose from, told from the tables that the engine uses. */
export interface Catalog {
  problems: Choice[];
  datasets: DatasetChoice[];
  features: FeatureChoice[];
  activations: Choice[];
  regularizations: Choice[];
  initializers: Choice[];
  speeds: Choice[];
  /** What a link can hide from a class: the names before `_hide`. */
  controls: Choice[];
  learning_rates: number[];
  regularization_rates: number[];
  /** Plain words for each control and quantity: learning_rate, epoch, test_loss, bias, weight, … */
  hints: Record<string, string>;
}

/** The answer to Hello: under which name this page finds its run again. */
export interface Welcome {
  type: "welcome";
  session: string;
  version: string;
  catalog: Catalog;
}

/** Something a person did on the way, for a flag on the time line. */
export interface Event {
  epoch: number;
  text: string;
}

/** All that changes rarely. Sent whole after every intention that changed any of it. */
export interface State {
  type: "state";
  experiment: Experiment;
  view: View;
  /** The text after '#'. */
  link: string;
  /** Neurons per layer, inputs and output included. */
  sizes: number[];
  /** One more each time that the run starts anew: the curve of another number is another curve. */
  run: number;
  playing: boolean;
  speed: Speed;
  stop_epoch: number | null;
  stop_loss: number | null;
  /** What Undo would take back, in words; None where there is nothing. */
  undo: string | null;
  redo: string | null;
  events: Event[];
  engine: "compiled" | "reference";
}

/** An intention that could not be followed: what happened, why, what to do. Nothing has changed. */
export interface Trouble {
  type: "trouble";
  message: string;
  field: string;
}

/** Something worth a word: what a link named and tinkernet does not know; a stop that was reached. */
export interface Notice {
  type: "notice";
  message: string;
}

/** The Python that makes this very run, as pasted. */
export interface PythonCode {
  type: "python-code";
  code: string;
}

/** Everything that the page says. */
export type FromPage =
  | Hello
  | Watch
  | Drawn
  | Change
  | ChangeView
  | Open
  | Play
  | Pause
  | Step
  | Reset
  | Rewind
  | NewPoints
  | SetSpeed
  | StopAt
  | SetWeight
  | SetBias
  | Undo
  | Redo
  | AskCode;

/** Everything that the server says in text. */
export type ToPage =
  | Welcome
  | State
  | Trouble
  | Notice
  | PythonCode;
