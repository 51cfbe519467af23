// Made by `make generate` from intentions.py, facts.py and choices.py in src/tinkernet/protocol.

export type Speed = "point" | "batch" | "epoch" | "fast" | "max";

/** The first message of a page. `session` is what Welcome gave before ("" at first), `link` the text after '#'. */
export interface Hello {
  type: "hello";
  session: string;
  link: string;
}

/** A neuron's place. Layer 0 is the first after the inputs, as everywhere; the inputs in use are layer −1. */
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

/** How an experiment is shown: travels in the link, changes no result. `hidden_controls` has names of CONTROLS. `tutorial` does nothing: it is kept so that a link of the original is written back as it was. What begins with `starts` is what many starts are asked for: how many, for how many epochs, below which training loss one succeeds, and whether each has points of its own. Raises: ExperimentError: a value is not allowed. */
export interface View {
  show_test_data: boolean;
  discretize: boolean;
  hide_text: boolean;
  hidden_controls: string[];
  tutorial: string;
  colours: "original" | "tinkernet";
  starts: number;
  starts_epochs: number;
  starts_loss: number;
  starts_points: boolean;
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

/** Train until Pause, or until a limit of StopAt. */
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

/** The next initial weights from the same stream, on the same points. Pauses, as Rewind, NewPoints and Open do. */
export interface Reset {
  type: "reset";
}

/** Back to epoch 0 with the same initial weights. */
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

/** Pause automatically at this epoch, or when the training loss is no larger than this. */
export interface StopAt {
  type: "stop-at";
  epoch?: number | null;
  train_loss?: number | null;
}

/** Set one weight. While it is dragged `done` is false; the whole drag is one step to undo. */
export interface SetWeight {
  type: "set-weight";
  layer: number;
  to: number;
  from: number;
  value: number;
  done?: boolean;
}

/** Set one bias, as SetWeight. */
export interface SetBias {
  type: "set-bias";
  layer: number;
  neuron: number;
  value: number;
  done?: boolean;
}

/** Undo the last intention that changed something, weights and all, and pause. */
export interface Undo {
  type: "undo";
}

/** Redo what Undo undid. */
export interface Redo {
  type: "redo";
}

/** Ask for the Python code that makes this run. */
export interface AskCode {
  type: "ask-code";
}

/** Show the run as it was after this epoch; null is back to the present. While it is dragged the latest wins. In the past nothing trains. What would change or train the run there makes a pin of the present first, and goes on from the moment that is shown; both are one step to undo. */
export interface Seek {
  type: "seek";
  epoch: number | null;
}

/** Keep the run as it is now beside the one that goes on. */
export interface PinRun {
  type: "pin";
}

/** Unpin a run. */
export interface Unpin {
  type: "unpin";
  pin: number;
}

/** The pinned run and the present one change places. */
export interface OpenPin {
  type: "open-pin";
  pin: number;
}

/** Whether pinned runs train in step with the present one. */
export interface TrainPins {
  type: "train-pins";
  on: boolean;
}

/** Try a cure: pin the present run, start again with these settings, and play. One step to undo. */
export interface Branch {
  type: "branch";
  settings: Partial<Experiment>;
}

/** Train the experiment from many initial weights in the background; with `new_points` each on other points. */
export interface StartMany {
  type: "start-many";
  n: number;
  epochs: number;
  new_points?: boolean;
}

/** Train the many starts no further; they stay. */
export interface StopMany {
  type: "stop-many";
}

/** Forget the many starts. */
export interface CloseMany {
  type: "close-many";
}

/** This one of the many starts becomes the run, with the same weights. */
export interface OpenStart {
  type: "open-start";
  index: number;
}

/** Ask what a neuron does. */
export interface AskNeuron {
  type: "ask-neuron";
  layer: number;
  neuron: number;
}

/** Freeze the weights into a neuron, or into a whole layer (`neuron` null), while the rest learns; or unfreeze. */
export interface Freeze {
  type: "freeze";
  layer: number;
  neuron: number | null;
  frozen: boolean;
}

/** Switch a hidden neuron off, so that it has no effect, or on again. */
export interface Switch {
  type: "switch";
  layer: number;
  neuron: number;
  on: boolean;
}

/** A kind of task, with the name of the output neuron's activation. */
export interface ProblemChoice {
  name: string;
  label: string;
  hint: string;
  activation: string;
}

/** A built-in data set with a small sample of itself: points as (x, y, label). */
export interface DatasetChoice {
  name: string;
  label: string;
  hint: string;
  problem: string;
  sample: [number, number, number][];
}

/** An input feature: `symbol` as a text with real sub- and superscripts (x₁²), and its values over the plane. */
export interface FeatureChoice {
  name: string;
  label: string;
  hint: string;
  symbol: string;
  scale: number;
  cells: number;
  /** cells × cells bytes as in a frame: 0 is −scale, 255 is +scale; the first row is the top, y = +6. */
  picture: string;
  grid_cells: number;
  /** The same in numbers: grid_cells × grid_cells of float32. */
  grid: string;
}

/** An activation: what a formula has before and after the weighted sum, and what becomes of the sum in words. */
export interface ActivationChoice {
  name: string;
  label: string;
  hint: string;
  before: string;
  after: string;
  effect: string;
  /** No output is below this; null where there is no such bound. */
  lowest: number | null;
}

/** One entry of a table: what to send, what to show, and a hint in plain words. */
export interface Choice {
  name: string;
  label: string;
  hint: string;
}

/** Everything there is to choose from, as the tables that the engine uses have it. */
export interface Catalog {
  problems: ProblemChoice[];
  datasets: DatasetChoice[];
  features: FeatureChoice[];
  activations: ActivationChoice[];
  regularizations: Choice[];
  initializers: Choice[];
  losses: Choice[];
  optimizers: Choice[];
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
export interface EventFact {
  epoch: number;
  text: string;
  /** Without the name of what changed, where there is little room. */
  short: string;
}

/** A setting in which two experiments differ, with its values in words. */
export interface DifferenceFact {
  field: string;
  name: string;
  before: string;
  after: string;
  /** Whether the values are clear without the name, as “Tanh” is and “0.03” is not. */
  names_itself: boolean;
}

/** A run that was kept beside the present one. Its curve and picture come in binary, under the same number. */
export interface PinFact {
  pin: number;
  label: string;
  /** From this pin to the run that is shown. */
  differences: DifferenceFact[];
  epoch: number;
  train_loss: number | null;
  test_loss: number | null;
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
  events: EventFact[];
  engine: "compiled" | "reference";
  /** The epoch of the present run; in the past it is later than the epoch of the frames. */
  present: number;
  in_past: boolean;
  pins: PinFact[];
  /** Whether the pinned runs train in step. */
  training_pins: boolean;
  frozen: NeuronPlace[];
  off: NeuronPlace[];
}

/** An intention that could not be followed: what happened, why, what to do. Nothing has changed. */
export interface Trouble {
  type: "trouble";
  message: string;
  field: string;
}

/** Something worth knowing: what a link names and tinkernet does not know; a limit that was reached. A `passing` one disappears after some seconds. */
export interface Notice {
  type: "notice";
  message: string;
  passing: boolean;
}

/** The Python code that makes this run. */
export interface PythonCode {
  type: "python-code";
  code: string;
}

/** A measured quantity in words. */
export interface MeasuredFact {
  /** Under which it is among the evidence. */
  name: string;
  /** What it is called, as “Training loss”. */
  label: string;
  /** Its value with its unit, as “0.034” or “about 400”. */
  text: string;
}

/** Something to try against a finding: `settings` is what Branch takes. */
export interface CureFact {
  label: string;
  settings: Partial<Experiment>;
}

/** One thing that the diagnosis says, with its evidence in numbers. */
export interface FindingFact {
  kind: string;
  /** Whether something is wrong; otherwise it is a note. */
  alarm: boolean;
  /** How it is shown. */
  tone: "alarm" | "done" | "down" | "flat" | "note";
  message: string;
  reason: string;
  confidence: number;
  /** null is a number that is not finite. */
  evidence: Record<string, number | null>;
  /** The evidence in words, in the order to show it in. */
  measured: MeasuredFact[];
  /** The neurons that it speaks of. */
  neurons: NeuronPlace[];
  cures: CureFact[];
}

/** Why it does not learn, or that it does: the most telling first, often nothing. Sent when it has changed. */
export interface DiagnosisFact {
  type: "diagnosis";
  findings: FindingFact[];
}

/** How the many starts before these ended, to compare with. */
export interface StartsBefore {
  label: string;
  n: number;
  epoch: number;
  train_losses: (number | null)[];
}

/** The many starts, and how far they are. With n = 0 there are none. */
export interface StartsFact {
  type: "starts";
  n: number;
  epochs: number;
  epoch: number;
  running: boolean;
  label: string;
  /** From the starts before to these. */
  differences: DifferenceFact[];
  before: StartsBefore | null;
}

/** What a neuron does: the answer to AskNeuron, with its place as it was asked. */
export interface NeuronFact {
  type: "neuron-report";
  layer: number;
  neuron: number;
  /** The share of training points that one cut through its output puts on the right side; null for regression. */
  separates: number | null;
  loss: number | null;
  /** The training loss when it is switched off; null for the output. */
  loss_without: number | null;
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
  | AskCode
  | Seek
  | PinRun
  | Unpin
  | OpenPin
  | TrainPins
  | Branch
  | StartMany
  | StopMany
  | CloseMany
  | OpenStart
  | AskNeuron
  | Freeze
  | Switch;

/** Everything that the server says in text. */
export type ToPage =
  | Welcome
  | State
  | Trouble
  | Notice
  | PythonCode
  | DiagnosisFact
  | StartsFact
  | NeuronFact;
