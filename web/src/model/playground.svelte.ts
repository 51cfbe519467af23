// The page's state: what the server said, and what a person wants. Each feature has a separate part.

import {
  ANIMATION_PART,
  CURVES_FRAME,
  FRAME,
  EDGE_CELL,
  EDGE_TILE,
  MAP_CELL,
  MAP_TILE,
  PIN_FRAME,
  POINTS_FRAME,
  type PointsFrame,
  WALL_FRAME,
  kindOf,
  readAnimationPart,
  readCurvesFrame,
  readEdgeCell,
  readEdgeTile,
  readMapCell,
  readMapTile,
  readPinFrame,
  readPointsFrame,
  readWallFrame,
} from "../protocol/frames";
import { INKS, type Ink, STRONG_INKS, type Theme } from "../color/ink";
import type {
  Catalog,
  DataWanted,
  FromPage,
  Setup,
  State,
  ToPage,
  Trouble,
  View,
  Watched,
  Welcome,
} from "../protocol/messages";
import type { OpenTransport } from "../protocol/transport";
import { Animation } from "./animation.svelte";
import { Changes } from "./changes.svelte";
import { Confusion } from "./confusion.svelte";
import { Exports } from "./exports.svelte";
import { Findings } from "./findings.svelte";
import { Formulas } from "./formulas.svelte";
import { type Host, MemoryHost } from "./host";
import { LinkOpening } from "./link-opening.svelte";
import { Lessons } from "./lessons.svelte";
import { Live } from "./live";
import { Looking } from "./looking.svelte";
import { ManyStarts } from "./many-starts.svelte";
import { ShownMap } from "./map.svelte";
import { NeuronStudy } from "./neuron-study.svelte";
import { OwnData } from "./own-data.svelte";
import { Painting } from "./painting.svelte";
import type { PictureTools } from "./picture-tools.svelte";
import { PinnedRuns } from "./pinned-runs.svelte";
import { Preferences } from "./preferences.svelte";
import { Reading } from "./reading.svelte";
import { Remarks } from "./remarks.svelte";
import { SessionConnection } from "./session-connection.svelte";
import { Slicing } from "./slicing.svelte";
import { Training } from "./training";
import * as DIAGNOSIS from "../words/diagnosis";

/** What the page says with nothing done by a person. */
const QUIET: ReadonlySet<FromPage["type"]> = new Set([
  "watch",
  "drawn",
  "ask-neuron",
  "preview-formula",
  "begin-upload",
  "choose-reading",
  "ask-unusable",
  "forget-data",
  "look-at-map",
  "ask-map-cell",
] as const);

/** A function for each type of message. */
type Takers = { [type in ToPage["type"]]: (message: Extract<ToPage, { type: type }>) => void };

export class Playground {
  catalog = $state.raw<Catalog | null>(null);
  state = $state.raw<State | null>(null);
  points = $state.raw<PointsFrame | null>(null);
  version = $state("");
  /** Of a network that a program trains: how fast, and at which cost. */
  watched = $state.raw<Watched | null>(null);

  readonly connection: SessionConnection;
  readonly remarks = new Remarks();
  readonly links = new LinkOpening((message) => this.#send(message));
  readonly live = new Live((frame) => this.#send({ type: "drawn", frame }));
  readonly training: Training;
  readonly looking = new Looking((watch) => this.#send(watch));
  readonly changes = new Changes((message) => this.#send(message));
  readonly diagnosis = new Findings(
    (message) => this.#send(message),
    () => this.live.frame.epoch,
    () => this.hides("diagnosis"),
  );
  readonly painting = new Painting((message) => this.#send(message));
  readonly slicing = new Slicing();
  readonly pins = new PinnedRuns((message) => this.#send(message));
  readonly starts = new ManyStarts(
    (message) => this.#send(message),
    () => this.live.frame.epoch,
  );
  readonly map = new ShownMap((message) => this.#send(message));
  readonly neuron = new NeuronStudy((message) => this.#send(message));
  readonly confusion = new Confusion((on) => this.looking.predict(on));
  readonly formulas = new Formulas((message) => this.#send(message));
  readonly own = new OwnData(
    (message) => this.#send(message),
    (bytes) => this.connection.sendBytes(bytes),
  );
  readonly exports = new Exports((message) => this.#send(message));
  readonly animation = new Animation((message) => this.#send(message));
  readonly lessons: Lessons;
  readonly reading = new Reading({
    takeRoom: (panel) => (this.preferences.panel = panel),
    leaveLesson: () => this.#send({ type: "leave-lesson" }),
  });
  /** The experiment as controls show it, ahead of the server while one is dragged. */
  readonly experiment: Setup | null = $derived(this.state && this.changes.applyTo(this.state.experiment));
  readonly #unfollow: () => void;

  /** The session of a `passing` playground ends with its connection. */
  constructor(
    private readonly openTransport: OpenTransport,
    readonly host: Host,
    readonly preferences: Preferences = new Preferences(),
    passing = false,
  ) {
    this.training = new Training((message) => this.#send(message), this.live, preferences);
    this.lessons = new Lessons((message) => this.#send(message), preferences);
    this.connection = new SessionConnection(openTransport, host, passing, {
      message: (message) => this.#take(message),
      frame: (bytes) => this.#takeFrame(bytes),
      opened: () => this.#begin(),
      lost: () => this.#lose(),
    });
    this.#unfollow = host.follow(this.open);
    this.connection.open();
  }

  /** A small playground beside this one, on the same server: a figure whose session ends with its connection. */
  miniature(link: string, preferences: Preferences): Playground {
    return new Playground(this.openTransport, new MemoryHost(link), preferences, true);
  }

  /** Ends the connection and everything that waits for the clock. */
  destroy(): void {
    this.#unfollow();
    this.connection.close();
    this.remarks.clear();
    this.live.destroy();
    this.looking.destroy();
  }

  // --- What the server says ---------------------------------------------------

  readonly #takers: Takers = {
    welcome: (message) => this.#takeWelcome(message),
    state: (message) => this.#takeState(message),
    trouble: (message) => this.#takeTrouble(message),
    notice: ({ message, passing }) => this.remarks.notice(message, passing),
    "link-opened": (message) => this.links.take(message),
    "data-wanted": (message) => this.#takeDataWanted(message),
    "python-code": (message) => this.exports.take(message),
    exported: (message) => this.exports.takeNetwork(message),
    "points-text": (message) => this.exports.take(message),
    animation: (message) => this.animation.take(message),
    "formula-features": (message) => this.formulas.expect(message),
    "formula-preview": (message) => this.formulas.take(message),
    upload: (message) => this.own.take(message),
    reading: (message) => this.own.take(message),
    "unusable-text": (message) => this.own.take(message),
    "data-used": (message) => this.own.take(message),
    diagnosis: (message) => this.diagnosis.take(message),
    starts: (message) => this.starts.take(message),
    map: (message) => this.map.take(message),
    "neuron-report": (message) => (this.neuron.report = message),
    lesson: (message) => this.lessons.take(message),
    "lesson-progress": (message) => this.lessons.take(message),
    watched: (message) => (this.watched = message),
  };

  #take(message: ToPage): void {
    (this.#takers[message.type] as (message: ToPage) => void)(message);
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
      case ANIMATION_PART:
        this.animation.takePart(readAnimationPart(bytes));
        break;
      case CURVES_FRAME:
        this.starts.curves = readCurvesFrame(bytes);
        break;
      case MAP_TILE:
        this.map.takeTile(readMapTile(bytes));
        break;
      case MAP_CELL:
        this.map.takeCell(readMapCell(bytes));
        break;
      case EDGE_TILE:
        this.map.takeTile(readEdgeTile(bytes));
        break;
      case EDGE_CELL:
        this.map.takeRates(readEdgeCell(bytes));
        break;
    }
  }

  #begin(): void {
    this.live.curve.forget();
    this.looking.watch();
    this.own.sendAgain();
    this.exports.askAgain();
    this.map.askAgain();
  }

  #lose(): void {
    this.changes.cancel();
    this.painting.drop();
    this.animation.lose(DIAGNOSIS.tryOnceBack);
    this.links.fail(DIAGNOSIS.tryOnceBack);
  }

  #takeWelcome({ catalog, version, lessons, session }: Welcome): void {
    this.catalog = catalog;
    this.version = version;
    this.lessons.entries = lessons;
    this.host.rememberSession(session);
  }

  #takeState(state: State): void {
    const before = this.state;
    this.looking.settle(before, state);
    this.confusion.settle(before, state);
    this.changes.settle(state.experiment);
    this.painting.settle(state);
    this.slicing.settle(state);
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
    this.training.settle(state);
    this.host.show(state, this.changes.dragging || this.painting.dragging);
  }

  /** Something was refused: whatever waits for an answer says so, or else the page. */
  #takeTrouble({ message }: Trouble): void {
    if (this.links.waiting) this.links.fail(message);
    else if (this.own.waiting || this.own.using) this.own.giveUp(message);
    else if (this.animation.waiting) this.animation.fail(message);
    else this.remarks.trouble(message);
    this.changes.drop();
    this.painting.drop();
    this.live.past = this.state?.in_past ?? false;
  }

  #takeDataWanted({ request }: DataWanted): void {
    // The link is opened once the data is there.
    this.links.take({ type: "link-opened", request, refusal: null });
    this.own.want();
  }

  // --- Intentions -----------------------------------------------------------------

  #send(message: FromPage): void {
    if (!QUIET.has(message.type)) {
      this.remarks.acted();
      if (message.type !== "change") this.changes.drop();
    }
    this.connection.send(message);
  }

  undo = (): void => this.#send({ type: "undo" });
  redo = (): void => this.#send({ type: "redo" });
  newPoints = (): void => this.#send({ type: "new-points" });
  /** Opens the link that a person went to in the browser; `step` is one back or forward to what was open before. */
  open = (link: string, step: boolean): void => this.#send({ type: "open", link, step });

  /** While a control is dragged `done` is false; the whole drag is one step to undo. */
  change(settings: Partial<Setup>, done = true): void {
    this.changes.change(settings, done);
  }

  /** While a control is dragged `done` is false; the whole drag is one step to undo. */
  changeView(view: Partial<View>, done = true): void {
    this.#send({ type: "change-view", view, done });
  }

  setWeight(layer: number, to: number, from: number, value: number, done: boolean): void {
    this.#send({ type: "set-weight", layer, to, from, value, done });
  }

  setBias(layer: number, neuron: number, value: number, done: boolean): void {
    this.#send({ type: "set-bias", layer, neuron, value, done });
  }

  /** The tools that are open below the picture; null where there are none. */
  get tools(): PictureTools | null {
    return [this.painting, this.slicing].find((tools) => tools.on) ?? null;
  }

  /** Opens the tools for painting, which take the place of what is said about a neuron. */
  paint = (): void => {
    if (!this.painting.possible) return;
    this.looking.leave();
    this.starts.drawer = false;
    this.painting.open();
  };

  /** Opens or closes the drawer of many starts. */
  toggleMany = (): void => {
    if (this.starts.drawer || this.state === null) this.starts.drawer = false;
    else this.starts.openDrawer(this.state.experiment);
  };

  openMap = (): void => {
    if (this.catalog !== null && this.state !== null) this.map.open(this.catalog.map_settings, this.state.experiment);
  };

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
