// The page's state: what the server said, and every intention as a method. Each feature has a separate part.

import {
  CURVES_FRAME,
  FRAME,
  PIN_FRAME,
  POINTS_FRAME,
  type PointsFrame,
  WALL_FRAME,
  kindOf,
  readCurvesFrame,
  readPinFrame,
  readPointsFrame,
  readWallFrame,
} from "../protocol/frames";
import { INKS, type Ink, STRONG_INKS, type Theme } from "../color/ink";
import type {
  Catalog,
  FromPage,
  OptionObject,
  Settings,
  Setup,
  Speed,
  State,
  ToPage,
  View,
} from "../protocol/messages";
import type { Connection, OpenTransport, Transport } from "../protocol/transport";
import { Changes } from "./changes.svelte";
import { Confusion } from "./confusion.svelte";
import { Findings } from "./findings.svelte";
import { Formulas } from "./formulas.svelte";
import { type Host, MemoryHost } from "./host";
import { LinkOpening } from "./link-opening.svelte";
import { Lessons } from "./lessons.svelte";
import { Live } from "./live";
import { Looking } from "./looking.svelte";
import { ManyStarts } from "./many-starts.svelte";
import { NeuronStudy } from "./neuron-study.svelte";
import type { OptionField } from "./options";
import { OwnData } from "./own-data.svelte";
import { Painting } from "./painting.svelte";
import { PinnedRuns } from "./pinned-runs.svelte";
import { Preferences } from "./preferences.svelte";
import { Reading } from "./reading.svelte";
import { Remarks } from "./remarks.svelte";
import * as DIAGNOSIS from "../words/diagnosis";

/** What the page says with nothing done by a person. */
const QUIET: ReadonlySet<FromPage["type"]> = new Set([
  "hello",
  "watch",
  "drawn",
  "ask-neuron",
  "preview-formula",
  "begin-upload",
  "choose-reading",
  "ask-unusable",
  "forget-data",
] as const);

export class Playground {
  connection = $state<Connection>("connecting");
  catalog = $state.raw<Catalog | null>(null);
  state = $state.raw<State | null>(null);
  points = $state.raw<PointsFrame | null>(null);
  code = $state<string | null>(null);
  #savePoints: ((csv: string) => void) | null = null;
  version = $state("");
  /** A change continues with the weights as they are, where it can. */
  keepWeights = $state(false);

  readonly remarks = new Remarks();
  readonly links = new LinkOpening((message) => this.#send(message));
  readonly live = new Live((frame) => this.#send({ type: "drawn", frame }));
  readonly looking = new Looking((watch) => this.#send(watch));
  readonly changes = new Changes((settings, done) => this.#sendChange(settings, done));
  readonly diagnosis = new Findings(
    (message) => this.#send(message),
    () => this.live.frame.epoch,
    () => this.hides("diagnosis"),
  );
  /** Whether the choice of what is drawn of data with many columns is open. */
  slicing = $state(false);
  readonly painting = new Painting((message) => this.#send(message));
  readonly pins = new PinnedRuns((message) => this.#send(message));
  readonly starts = new ManyStarts(
    (message) => this.#send(message),
    () => this.live.frame.epoch,
  );
  readonly neuron = new NeuronStudy((message) => this.#send(message));
  readonly confusion = new Confusion((on) => this.looking.predict(on));
  readonly formulas = new Formulas((message) => this.#send(message));
  readonly own = new OwnData(
    (message) => this.#send(message),
    (bytes) => this.#transport?.sendBytes(bytes),
  );
  readonly lessons: Lessons;
  readonly reading = new Reading({
    takeRoom: (panel) => (this.preferences.panel = panel),
    leaveLesson: () => this.#send({ type: "leave-lesson" }),
  });
  /** The experiment as controls show it, ahead of the server while one is dragged. */
  readonly experiment: Setup | null = $derived(this.state && this.changes.applyTo(this.state.experiment));
  #transport: Transport | null = null;
  readonly #unfollow: () => void;

  /** The session of a `passing` playground ends with its connection. */
  constructor(
    private readonly openTransport: OpenTransport,
    readonly host: Host,
    readonly preferences: Preferences = new Preferences(),
    private readonly passing = false,
  ) {
    this.lessons = new Lessons((message) => this.#send(message), preferences);
    this.#unfollow = host.follow(this.open);
    this.connect();
  }

  /** A small playground beside this one, on the same server: a figure whose session ends with its connection. */
  miniature(link: string, preferences: Preferences): Playground {
    return new Playground(this.openTransport, new MemoryHost(link), preferences, true);
  }

  /** Connects again after `disconnect`. */
  connect(): void {
    if (this.#transport !== null) return;
    this.#transport = this.openTransport({
      message: (message) => this.#take(message),
      frame: (bytes) => this.#takeFrame(bytes),
      status: (status) => this.#status(status),
    });
    if (this.connection === "open") this.#hello();
  }

  /** Ends the connection; what was drawn last stays. */
  disconnect(): void {
    this.#transport?.close();
    this.#transport = null;
    this.connection = "connecting";
    this.changes.cancel();
    this.painting.drop();
  }

  /** Ends the connection and everything that waits for the clock. */
  destroy(): void {
    this.#unfollow();
    this.disconnect();
    this.remarks.clear();
    this.live.destroy();
    this.looking.destroy();
  }

  // --- What the server says ---------------------------------------------------

  #status(status: Connection): void {
    this.connection = status;
    if (status !== "open") {
      this.changes.cancel();
      this.painting.drop();
      this.links.fail(DIAGNOSIS.tryOnceBack);
    } else if (this.#transport !== null) this.#hello();
  }

  #hello(): void {
    this.live.curve.forget();
    const link = this.host.link();
    this.#send(
      this.passing
        ? { type: "hello", session: "", link, passing: true }
        : { type: "hello", session: this.host.session(), link },
    );
    this.looking.watch();
    this.own.sendAgain();
  }

  #take(message: ToPage): void {
    switch (message.type) {
      case "welcome":
        this.catalog = message.catalog;
        this.version = message.version;
        this.lessons.entries = message.lessons;
        this.host.rememberSession(message.session);
        break;
      case "state":
        this.#takeState(message);
        break;
      case "trouble":
        if (this.links.waiting) this.links.fail(message.message);
        else if (this.own.waiting || this.own.using) this.own.giveUp(message.message);
        else this.remarks.trouble(message.message);
        this.changes.drop();
        this.painting.drop();
        this.live.past = this.state?.in_past ?? false;
        break;
      case "notice":
        this.remarks.notice(message.message, message.passing);
        break;
      case "link-opened":
        this.links.take(message);
        break;
      case "python-code":
        this.code = message.code;
        break;
      case "formula-features":
        this.formulas.expect(message);
        break;
      case "formula-preview":
        this.formulas.take(message);
        break;
      case "points-text":
        this.#savePoints?.(message.csv);
        this.#savePoints = null;
        break;
      case "data-wanted":
        // The link is opened once the data is there.
        this.links.take({ type: "link-opened", request: message.request, refusal: null });
        this.own.want();
        break;
      case "upload":
      case "reading":
      case "unusable-text":
      case "data-used":
        this.own.take(message);
        break;
      case "diagnosis":
        this.diagnosis.take(message);
        break;
      case "starts":
        this.starts.take(message);
        break;
      case "neuron-report":
        this.neuron.report = message;
        break;
      case "lesson":
      case "lesson-progress":
        this.lessons.take(message);
        break;
    }
  }

  #takeState(state: State): void {
    const before = this.state;
    this.looking.settle(before, state);
    this.confusion.settle(before, state);
    this.changes.settle(state.experiment);
    this.painting.settle(state);
    this.pins.settle(state);
    this.starts.settle(before, state);
    this.lessons.settle(state);
    this.reading.settle(state.view.lesson);
    if (before !== null && stepOf(before) !== stepOf(state)) {
      // Another step of a lesson is about another part of the page.
      this.looking.leave();
      this.painting.close();
      this.starts.drawer = false;
      this.neuron.boundaries = false;
    }
    if (before !== null && before.run !== state.run) {
      this.neuron.report = null;
      this.diagnosis.forget();
    }
    if (this.catalog !== null) this.catalog = this.formulas.amend(this.catalog, state.data !== null);
    this.state = state;
    this.live.stand(state.in_past, state.playing ? Infinity : state.present);
    this.host.show(state, this.changes.dragging || this.painting.dragging);
  }

  #takeFrame(bytes: ArrayBuffer): void {
    switch (kindOf(bytes)) {
      case FRAME:
        this.live.take(bytes);
        break;
      case POINTS_FRAME:
        this.points = readPointsFrame(bytes);
        this.painting.answered();
        break;
      case PIN_FRAME:
        this.pins.take(readPinFrame(bytes));
        break;
      case WALL_FRAME:
        this.starts.wall = readWallFrame(bytes);
        break;
      case CURVES_FRAME:
        this.starts.curves = readCurvesFrame(bytes);
        break;
    }
  }

  // --- Intentions -----------------------------------------------------------------

  #send(message: FromPage): void {
    if (!QUIET.has(message.type)) {
      this.remarks.acted();
      if (message.type !== "change") this.changes.drop();
    }
    this.#transport?.send(message);
  }

  #sendChange(settings: Settings, done: boolean): void {
    this.#send({ type: "change", settings, keep_weights: this.keepWeights, done });
  }

  play = (): void => {
    this.preferences.use("play");
    this.#send({ type: "play" });
  };
  pause = (): void => this.#send({ type: "pause" });
  toggle = (): void => (this.state?.playing === true ? this.pause() : this.play());
  step = (): void => {
    this.preferences.use("play");
    this.#send({ type: "step" });
  };
  reset = (): void => this.#send({ type: "reset" });
  rewind = (): void => this.#send({ type: "rewind" });
  newPoints = (): void => this.#send({ type: "new-points" });
  undo = (): void => this.#send({ type: "undo" });
  redo = (): void => this.#send({ type: "redo" });
  speed = (speed: Speed): void => this.#send({ type: "set-speed", speed });
  /** Opens the link that a person went to in the browser; `step` is one back or forward to what was open before. */
  open = (link: string, step: boolean): void => this.#send({ type: "open", link, step });

  /** Asks for the points as CSV, and hands them over once they are here. */
  askPoints(save: (csv: string) => void): void {
    this.#savePoints = save;
    this.#send({ type: "ask-points" });
  }

  askCode = (): void => {
    this.code = null;
    this.#send({ type: "ask-code" });
  };

  stopAt(epoch: number | null, loss: number | null): void {
    this.#send({ type: "stop-at", epoch, train_loss: loss });
  }

  /** Chooses an option, with values for some of its parameters. */
  choose(field: OptionField, option: OptionObject): void {
    this.#sendChange({ [field]: option }, true);
  }

  /** While a control is dragged `done` is false; the whole drag is one step to undo. */
  change(settings: Partial<Setup>, done = true): void {
    this.changes.change(settings, done);
  }

  /** While a control is dragged `done` is false; the whole drag is one step to undo. */
  changeView(view: Partial<View>, done = true): void {
    this.#send({ type: "change-view", view, done });
  }

  /** Shows the run as it was after this epoch; null is back to the present. */
  seek = (epoch: number | null): void => {
    if (epoch === null && !this.live.past) return;
    // Known before the first frame of the past comes, which would otherwise shorten the curve.
    this.live.past = true;
    this.#send({ type: "seek", epoch });
  };

  setWeight(layer: number, to: number, from: number, value: number, done: boolean): void {
    this.#send({ type: "set-weight", layer, to, from, value, done });
  }

  setBias(layer: number, neuron: number, value: number, done: boolean): void {
    this.#send({ type: "set-bias", layer, neuron, value, done });
  }

  /** Whether points can be painted: the plane is all of the data, as it is, not a slice of it. */
  get paints(): boolean {
    const data = this.state?.data ?? null;
    return !this.hides("painting") && (data === null || (data.columns.length === 2 && data.across === 0));
  }

  /** Opens the tools for painting, which take the place of what is said about a neuron. */
  paint = (): void => {
    if (!this.paints) return;
    this.looking.leave();
    this.starts.drawer = false;
    this.painting.open();
  };

  /** Opens or closes the drawer of many starts. */
  toggleMany = (): void => {
    if (this.starts.drawer || this.state === null) this.starts.drawer = false;
    else this.starts.openDrawer(this.state.experiment);
  };

  toggleFeature(name: string): void {
    const { experiment } = this.state ?? {};
    if (experiment === undefined || this.catalog === null) return;
    const on = experiment.features.includes(name);
    const names = this.catalog.features.map((f) => f.name);
    this.change({ features: names.filter((n) => (n === name ? !on : experiment.features.includes(n))) });
  }

  /** Adds an input by formula, or puts it in the place of another one. */
  useFormula(name: string, replaces: string): void {
    const features = this.state?.experiment.features ?? [];
    const place = features.indexOf(replaces);
    this.change({ features: place < 0 ? [...features, name] : features.with(place, name) });
  }

  removeInput(name: string): void {
    this.change({ features: (this.state?.experiment.features ?? []).filter((other) => other !== name) });
  }

  hides(control: string): boolean {
    return this.state?.view.hidden_controls.includes(control) ?? false;
  }

  get theme(): Theme {
    return this.preferences.shownTheme;
  }

  /** The colours of everything that is drawn. */
  get ink(): Ink {
    return (this.preferences.contrast ? STRONG_INKS : INKS)[this.theme];
  }
}

/** Which step of which lesson is open. */
function stepOf({ view }: State): string {
  return `${view.lesson}:${view.lesson_step}`;
}
