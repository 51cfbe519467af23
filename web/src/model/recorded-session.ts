// For tests: a playground whose session is the test. It reads what was sent, and says what the server would.

import { vi } from "vitest";
import type { Catalog, FromPage, Setup, State, ToPage, View } from "../protocol/messages";
import type { OpenTransport, TransportEvents } from "../protocol/transport";
import { MemoryHost } from "./host";
import { Playground } from "./playground.svelte";

/** The page knows no option, so that any names do. */
const EXPERIMENT: Setup = {
  problem: "classification",
  dataset: "dots",
  noise: 0,
  train_percent: 50,
  seed: "0.5",
  start: 0,
  drawing: "",
  features: ["x", "y"],
  hidden: [4, 2],
  activation: "bend",
  initializer: "small",
  optimizer: "downhill",
  schedule: "steady",
  loss: "distance",
  dropout: 0,
  learning_rate: 0.03,
  batch_size: 10,
  regularization: "none",
  regularization_rate: 0,
};
export const VIEW: View = {
  show_test_data: false,
  discretize: false,
  hide_text: false,
  hidden_controls: [],
  tutorial: "",
  lesson: "",
  lesson_step: 1,
  colours: "tinkernet",
  starts: 64,
  starts_epochs: 200,
  starts_loss: 0.05,
  starts_points: false,
  axes: null,
  held: [],
};
export const CATALOG: Catalog = {
  problems: [],
  map_settings: [],
  map_findings: [],
  datasets: [],
  features: [],
  formula_names: [],
  activations: [],
  regularizations: [],
  initializers: [],
  losses: [],
  optimizers: [],
  schedules: [],
  exports: [
    { name: "a-program", label: "A library", hint: "A program.", trains: true },
    { name: "a-file", label: "A format", hint: "A file.", trains: false },
  ],
  speeds: [],
  controls: [],
  learning_rates: [],
  regularization_rates: [],
  hints: {},
};

export function state(experiment: Partial<Setup> = {}, other: Partial<State> = {}): State {
  return {
    type: "state",
    experiment: { ...EXPERIMENT, ...experiment },
    data: null,
    options: [],
    further: [],
    output: {
      activation: { name: "bend", label: "", hint: "", before: "", after: "", effect: "", lowest: -1 },
      draws: "value",
      lowest: -1,
      highest: 1,
      classes: [],
      losses: [],
      hint: "",
      train_loss_hint: "",
    },
    rate_curve: null,
    view: VIEW,
    link: "seed=0.5",
    sharing: { original_link: null, original_note: "", command: "tinkernet" },
    sizes: [2, 4, 2, 1],
    run: 1,
    playing: false,
    speed: "epoch",
    stop_epoch: null,
    stop_loss: null,
    undo: null,
    redo: null,
    events: [],
    engine: "reference",
    present: 0,
    in_past: false,
    pins: [],
    training_pins: false,
    frozen: [],
    watched: false,
    off: [],
    ...other,
  };
}

/** A frame with nothing but its number and an epoch. */
export function frame(number: number, epoch: number): ArrayBuffer {
  const bytes = new ArrayBuffer(144);
  new Uint32Array(bytes, 0, 6).set([1, number, 1, 0, 0, 1]);
  new Float64Array(bytes, 80, 7).set([epoch, 0, 0.25, 0.5, 0.9, 0.8, 60]);
  return bytes;
}

/** A transport that keeps what is sent, and whose events the test calls. */
export class RecordingTransport {
  readonly sent: FromPage[] = [];
  events: TransportEvents | null = null;
  closed = false;

  readonly open: OpenTransport = (events) => {
    this.events = events;
    return {
      send: (intention) => this.sent.push(intention),
      sendBytes: () => undefined,
      close: () => (this.closed = true),
    };
  };

  /** What was sent of one type. */
  of<T extends FromPage["type"]>(type: T): Extract<FromPage, { type: T }>[] {
    return this.sent.filter((message): message is Extract<FromPage, { type: T }> => message.type === type);
  }
}

/** A playground that has just begun to connect, and everything around it; time passes only as the test says. */
export class RecordedSession {
  readonly wire = new RecordingTransport();
  readonly host = new MemoryHost("seed=0.5");
  readonly playground: Playground;

  constructor() {
    vi.useFakeTimers();
    vi.stubGlobal("requestAnimationFrame", (draw: () => void) => setTimeout(draw, 16));
    vi.stubGlobal("cancelAnimationFrame", (id: number) => {
      clearTimeout(id);
    });
    this.playground = new Playground(this.wire.open, this.host);
  }

  /** The connection is there. */
  open(): void {
    this.wire.events?.status("open");
  }

  /** The connection is there, and the session has answered. */
  welcome(): void {
    this.open();
    this.says({ type: "welcome", session: "one", version: "1.0", catalog: CATALOG, lessons: [] }, state());
  }

  says(...messages: ToPage[]): void {
    for (const message of messages) this.wire.events?.message(message);
  }

  breaks(): void {
    this.wire.events?.status("broken");
  }

  end(): void {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  }
}
