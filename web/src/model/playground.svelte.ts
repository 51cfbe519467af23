// The page's one store: what the server said, what is being looked at, and every intention as a method.

import type { Theme } from "../color/ink";
import { type Points, isFrame, isPoints, readPoints } from "../protocol/frame";
import type { Catalog, Experiment, FeatureChoice, FromPage, Speed, State, ToPage, View } from "../protocol/messages";
import { type Connection, Socket, socketAddress } from "../protocol/socket";
import { type Place, samePlace } from "./place";
import { Address } from "../shell/address";
import { Insight } from "./insight.svelte";
import { Live } from "./live";
import { Preferences } from "./preferences.svelte";

/** A line for the person: what could not be done, or something worth a word. */
export interface Remark {
  kind: "trouble" | "notice";
  text: string;
}

const SESSION = "tinkernet-session";

/** Milliseconds in which a passing notice is read. */
const READING = 4000;
/** What the page says by itself, with nothing done by a person. */
const QUIET: ReadonlySet<FromPage["type"]> = new Set(["hello", "watch", "drawn", "ask-neuron"] as const);

export class Playground {
  connection = $state<Connection>("connecting");
  catalog = $state.raw<Catalog | null>(null);
  state = $state.raw<State | null>(null);
  points = $state.raw<Points | null>(null);
  remark = $state.raw<Remark | null>(null);
  code = $state<string | null>(null);
  version = $state("");
  keepWeights = $state(false);
  /** On the phone: the sheet about the focused neuron, and the network over the whole screen. */
  studying = $state(false);
  wholeNetwork = $state(false);

  /** Clicked: everything else goes pale. */
  focused = $state.raw<Place | null>(null);
  /** Under the pointer or the keyboard's focus. */
  pointed = $state.raw<Place | null>(null);
  /** A feature that is off, under the pointer: it has no place in the network, only a picture. */
  previewed = $state.raw<FeatureChoice | null>(null);
  readonly looked: Place | null = $derived(this.pointed ?? this.focused);

  readonly preferences = new Preferences();
  readonly live = new Live((frame) => this.#send({ type: "drawn", frame }));
  readonly insight = new Insight((message) => this.#send(message), () => this.live.frame.epoch);
  readonly #socket: Socket;
  readonly #address: Address;
  #cells = { neuron: 24, output: 100 };
  #lookTimer = 0;
  #dragging = false;

  constructor(page: Window) {
    this.#socket = new Socket(socketAddress(new URL(page.location.href)), {
      opened: () => this.#hello(),
      said: (message) => this.#hear(message),
      sent: (bytes) => this.#see(bytes),
      connection: (state) => (this.connection = state),
    });
    this.#address = new Address((link) => this.#send({ type: "open", link }));
  }

  // --- What the server says ---------------------------------------------------

  #hello(): void {
    this.live.curve.forget();
    this.#send({ type: "hello", session: this.#session(), link: location.hash.slice(1) });
    this.#watch();
  }

  #session(): string {
    try {
      return sessionStorage.getItem(SESSION) ?? "";
    } catch {
      return ""; // Storage may be forbidden; then every load is a run of its own.
    }
  }

  #hear(message: ToPage): void {
    switch (message.type) {
      case "welcome":
        this.catalog = message.catalog;
        this.version = message.version;
        try {
          sessionStorage.setItem(SESSION, message.session);
        } catch {
          // As above.
        }
        break;
      case "state":
        this.#facts(message);
        break;
      case "trouble":
        this.remark = { kind: "trouble", text: message.message };
        this.live.past = this.state?.in_past ?? false;
        break;
      case "notice":
        this.#notice(message.message, message.passing);
        break;
      case "python-code":
        this.code = message.code;
        break;
      default:
        this.insight.hear(message);
    }
  }

  #facts(state: State): void {
    const before = this.state;
    const sameNetwork = before !== null && before.sizes.join() === state.sizes.join();
    if (!sameNetwork || before.experiment.features.join() !== state.experiment.features.join()) {
      if (!this.#exists(this.focused, state.sizes)) this.focused = null;
      if (!this.#exists(this.pointed, state.sizes)) this.pointed = null;
      if (before !== null && this.focused?.layer === 0) this.focused = null;
    }
    this.insight.facts(before, state);
    this.state = state;
    this.live.stand(state.in_past, state.playing ? Infinity : state.present);
    this.#address.show(state, this.#dragging);
  }

  #exists(place: Place | null, sizes: readonly number[]): boolean {
    return place !== null && place.neuron < (sizes[place.layer] ?? 0);
  }

  #see(bytes: ArrayBuffer): void {
    if (isFrame(bytes)) this.live.take(bytes);
    else if (isPoints(bytes)) this.points = readPoints(bytes);
    else this.insight.see(bytes);
  }

  // --- What is looked at --------------------------------------------------------

  /** How fine the fields should be, in cells along one side. */
  draws(neuron: number, output: number): void {
    if (this.#cells.neuron === neuron && this.#cells.output === output) return;
    this.#cells = { neuron, output };
    this.#watch();
  }

  point(place: Place | null): void {
    if (samePlace(place, this.pointed)) return;
    this.pointed = place;
    this.#look();
  }

  focus(place: Place | null): void {
    this.focused = samePlace(place, this.focused) ? null : place;
    this.#look();
  }

  #look(): void {
    // A pointer that crosses the network touches many neurons: only where it rests is asked for.
    clearTimeout(this.#lookTimer);
    this.#lookTimer = window.setTimeout(() => this.#watch(), 12);
  }

  #watch(): void {
    const look = this.looked;
    const output = this.state !== null && look !== null && look.layer === this.state.sizes.length - 1;
    this.#send({
      type: "watch",
      neuron_cells: this.#cells.neuron,
      output_cells: this.#cells.output,
      focus: output ? null : look,
    });
  }

  // --- Intentions -----------------------------------------------------------------

  #send(message: FromPage): void {
    if (this.remark?.kind === "notice" && !QUIET.has(message.type)) this.remark = null;
    this.#socket.send(message);
  }

  /** A notice stays until the person does something else; a passing one no longer than it takes to read it. */
  #notice(text: string, passing: boolean): void {
    const remark: Remark = { kind: "notice", text };
    this.remark = remark;
    if (passing) setTimeout(() => { if (this.remark === remark) this.remark = null; }, READING);
  }

  play = (): void => this.#send({ type: "play" });
  pause = (): void => this.#send({ type: "pause" });
  toggle = (): void => (this.state?.playing === true ? this.pause() : this.play());
  step = (): void => this.#send({ type: "step" });
  reset = (): void => this.#send({ type: "reset" });
  rewind = (): void => this.#send({ type: "rewind" });
  newPoints = (): void => this.#send({ type: "new-points" });
  undo = (): void => this.#send({ type: "undo" });
  redo = (): void => this.#send({ type: "redo" });
  askCode = (): void => this.#send({ type: "ask-code" });
  speed = (speed: Speed): void => this.#send({ type: "set-speed", speed });
  open = (link: string): void => this.#send({ type: "open", link });

  stopAt(epoch: number | null, loss: number | null): void {
    this.#send({ type: "stop-at", epoch, train_loss: loss });
  }

  /** While a slider is dragged `done` is false; the whole drag is one step to undo. */
  change(settings: Partial<Experiment>, done = true): void {
    this.#dragging = !done;
    this.#send({ type: "change", settings, keep_weights: this.keepWeights, done });
  }

  changeView(view: Partial<View>): void {
    this.#send({ type: "change-view", view });
  }

  /** Shows the run as it was after this epoch; null is back to the present. */
  seek = (epoch: number | null): void => {
    if (epoch === null && !this.live.past) return;
    // Known before the first frame of the past comes, which would else cut off the curve.
    this.live.past = true;
    this.#send({ type: "seek", epoch });
  };

  setWeight(layer: number, to: number, from: number, value: number, done: boolean): void {
    this.#send({ type: "set-weight", layer, to, from, value, done });
  }

  setBias(layer: number, neuron: number, value: number, done: boolean): void {
    this.#send({ type: "set-bias", layer, neuron, value, done });
  }

  /** Opens or closes the drawer of many starts. */
  toggleMany = (): void => {
    if (this.insight.drawer || this.state === null) this.insight.drawer = false;
    else this.insight.openDrawer(this.state.experiment);
  };

  toggleFeature(name: string): void {
    const { experiment } = this.state ?? {};
    if (experiment === undefined || this.catalog === null) return;
    const on = experiment.features.includes(name);
    const names = this.catalog.features.map((f) => f.name);
    this.change({ features: names.filter((n) => (n === name ? !on : experiment.features.includes(n))) });
  }

  hides(control: string): boolean {
    return this.state?.view.hidden.includes(control) ?? false;
  }

  get theme(): Theme {
    return this.preferences.shownTheme;
  }
}
