import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Catalog, Setup, FindingFact, FromPage, State, View } from "../protocol/messages";
import type { OpenTransport, TransportEvents } from "../protocol/transport";
import { MemoryHost } from "./host";
import { Playground } from "./playground.svelte";
import { Preferences } from "./preferences.svelte";

const EXPERIMENT: Setup = {
  problem: "classification",
  dataset: "circle",
  noise: 0,
  train_percent: 50,
  seed: "0.5",
  start: 0,
  drawing: "",
  features: ["x", "y"],
  hidden: [4, 2],
  activation: "tanh",
  initializer: "original",
  optimizer: "sgd",
  schedule: "constant",
  loss: "squared",
  dropout: 0,
  learning_rate: 0.03,
  batch_size: 10,
  regularization: "none",
  regularization_rate: 0,
};
const VIEW: View = {
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
const CATALOG: Catalog = {
  problems: [],
  datasets: [],
  features: [],
  formula_names: [],
  activations: [],
  regularizations: [],
  initializers: [],
  losses: [],
  optimizers: [],
  schedules: [],
  speeds: [],
  controls: [],
  learning_rates: [],
  regularization_rates: [],
  hints: {},
};

function state(experiment: Partial<Setup> = {}, other: Partial<State> = {}): State {
  return {
    type: "state",
    experiment: { ...EXPERIMENT, ...experiment },
    data: null,
    options: [],
    further: [],
    output: {
      activation: { name: "tanh", label: "", hint: "", before: "", after: "", effect: "", lowest: -1 },
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
    off: [],
    ...other,
  };
}

/** A frame with nothing but its number and an epoch. */
function frame(number: number, epoch: number): ArrayBuffer {
  const bytes = new ArrayBuffer(144);
  new Uint32Array(bytes, 0, 6).set([1, number, 1, 0, 0, 1]);
  new Float64Array(bytes, 80, 7).set([epoch, 0, 0.25, 0.5, 0.9, 0.8, 60]);
  return bytes;
}

/** A transport that keeps what is sent, and whose events the test calls. */
class RecordingTransport {
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

let wire: RecordingTransport;
let host: MemoryHost;
let playground: Playground;

function welcome(session = "one"): void {
  wire.events?.status("open");
  wire.events?.message({ type: "welcome", session, version: "1.0", catalog: CATALOG, lessons: [] });
  wire.events?.message(state());
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => setTimeout(draw, 16));
  vi.stubGlobal("cancelAnimationFrame", (id: number) => {
    clearTimeout(id);
  });
  wire = new RecordingTransport();
  host = new MemoryHost("seed=0.5");
  playground = new Playground(wire.open, host);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a network with several outputs", () => {
  const classes = { draws: "classes", classes: ["a", "b", "c"] } as const;

  function begin(): void {
    wire.events?.status("open");
    const { output } = state();
    wire.events?.message(
      state({}, { sizes: [2, 4, 3], output: { ...output, ...classes, classes: [...classes.classes] } }),
    );
  }

  it("asks for the field of the output that is looked at, but not of a single one", () => {
    begin();
    playground.looking.focus({ layer: 1, neuron: 2 });
    playground.looking.watch();
    expect(wire.of("watch").at(-1)).toMatchObject({ focus: { layer: 1, neuron: 2 } });
    wire.events?.message(state());
    playground.looking.focused = { layer: 2, neuron: 0 };
    playground.looking.watch();
    expect(wire.of("watch").at(-1)).toMatchObject({ focus: null });
  });

  it("asks for the predicted classes while the confusion matrix is open", () => {
    begin();
    playground.confusion.show();
    expect(wire.of("watch").at(-1)).toMatchObject({ predictions: true });
    wire.events?.message(state({ problem: "regression" }));
    expect(playground.confusion.open).toBe(false);
    expect(wire.of("watch").at(-1)).not.toHaveProperty("predictions");
  });
});

describe("a page that connects", () => {
  it("says hello with its link, and which fields it draws", () => {
    expect(wire.sent).toEqual([]);
    wire.events?.status("open");
    expect(wire.sent).toEqual([
      { type: "hello", session: "", link: "seed=0.5" },
      { type: "watch", neuron_cells: 24, output_cells: 100, focus: null },
    ]);
    expect(playground.connection).toBe("open");
  });

  it("says hello once where the transport is open at once", () => {
    wire = new RecordingTransport();
    const page = new Playground((events) => {
      events.status("open");
      return wire.open(events);
    }, host);
    expect(wire.of("hello")).toHaveLength(1);
    page.destroy();
  });

  it("takes what the server says", () => {
    welcome();
    expect([playground.version, playground.catalog, playground.state?.sizes]).toEqual(["1.0", CATALOG, [2, 4, 2, 1]]);
    expect(host.session()).toBe("one");
  });

  it("finds its session and its link again when the connection comes back", () => {
    welcome();
    wire.events?.message(state({}, { link: "seed=0.5&dataset=xor" }));
    wire.events?.status("broken");
    expect(playground.connection).toBe("broken");
    wire.events?.status("open");
    expect(wire.of("hello").at(-1)).toEqual({ type: "hello", session: "one", link: "seed=0.5&dataset=xor" });
  });

  it("answers each drawn frame with its number, the latest where two came at once", () => {
    welcome();
    const drawn: number[] = [];
    playground.live.subscribe(() => drawn.push(playground.live.frame.epoch));
    wire.events?.frame(frame(7, 12));
    wire.events?.frame(frame(8, 13));
    vi.advanceTimersByTime(20);
    expect(drawn).toEqual([13]);
    expect(wire.of("drawn")).toEqual([{ type: "drawn", frame: 8 }]);
  });
});

describe("a drag of a setting", () => {
  const noise = (): number | undefined => playground.experiment?.noise;

  it("is shown at once and sent at a steady pace, the last value for sure", () => {
    welcome();
    for (const value of [5, 10, 15]) playground.change({ noise: value }, false);
    expect([noise(), wire.of("change")]).toEqual([15, []]);
    vi.advanceTimersByTime(50);
    playground.change({ noise: 20 }, false);
    playground.change({ noise: 25 }, true);
    vi.advanceTimersByTime(500);
    expect(wire.of("change").map(({ settings, done }) => [settings.noise, done])).toEqual([
      [15, false],
      [25, true],
    ]);
  });

  it("does not jump back when an earlier answer comes late", () => {
    welcome();
    playground.change({ noise: 15 }, false);
    vi.advanceTimersByTime(50);
    playground.change({ noise: 25 }, true);
    wire.events?.message(state({ noise: 15 }));
    expect(noise()).toBe(25);
    wire.events?.message(state({ noise: 25 }));
    wire.events?.message(state({ noise: 0 })); // an undo from elsewhere
    expect(noise()).toBe(0);
  });

  it("is given up where the server refuses it or is gone", () => {
    welcome();
    playground.change({ noise: 15 }, false);
    playground.change({ noise: 99 }, true);
    wire.events?.message({ type: "trouble", message: "noise must be at most 50", field: "noise" });
    expect([noise(), playground.remarks.current?.text]).toEqual([0, "noise must be at most 50"]);
    playground.change({ noise: 15 }, false);
    wire.events?.status("broken");
    vi.advanceTimersByTime(500);
    expect([noise(), wire.of("change")]).toHaveLength(2);
    expect(wire.of("change").map(({ done }) => done)).toEqual([true]);
  });

  it("is one step for the host, and a click is another", () => {
    const steps: boolean[] = [];
    host.show = (_: State, dragging = false) => steps.push(dragging);
    welcome();
    playground.change({ noise: 15 }, false);
    vi.advanceTimersByTime(50);
    wire.events?.message(state({ noise: 15 }));
    playground.change({ noise: 20 }, true);
    wire.events?.message(state({ noise: 20 }));
    expect(steps).toEqual([false, true, false]);
  });
});

describe("looking at neurons", () => {
  it("asks only for the one where the pointer rests", () => {
    welcome();
    for (const neuron of [0, 1, 2]) playground.looking.point({ layer: 0, neuron });
    vi.advanceTimersByTime(50);
    expect(wire.of("watch").map(({ focus }) => focus)).toEqual([null, { layer: 0, neuron: 2 }]);
  });

  it("leaves a neuron that a smaller network no longer has", () => {
    welcome();
    playground.looking.focus({ layer: 0, neuron: 3 });
    wire.events?.message(state({ hidden: [2] }, { sizes: [2, 2, 1] }));
    expect(playground.looking.looked).toBeNull();
  });
});

describe("a remark", () => {
  it("of a notice goes when the person does something, trouble stays", () => {
    welcome();
    wire.events?.message({ type: "notice", message: "Stopped at epoch 50.", passing: false });
    vi.advanceTimersByTime(5_000);
    playground.play();
    expect(playground.remarks.current).toBeNull();
    wire.events?.message({ type: "trouble", message: "No.", field: "" });
    playground.play();
    vi.advanceTimersByTime(60_000);
    expect(playground.remarks.current).toEqual({ kind: "trouble", text: "No." });
  });

  it("that passes goes sooner than one to act on", () => {
    welcome();
    wire.events?.message({ type: "notice", message: "Undone.", passing: true });
    vi.advanceTimersByTime(5_000);
    expect(playground.remarks.current).toBeNull();
    wire.events?.message({ type: "notice", message: "Ignored an unknown setting.", passing: false });
    vi.advanceTimersByTime(5_000);
    expect(playground.remarks.current).not.toBeNull();
    vi.advanceTimersByTime(10_000);
    expect(playground.remarks.current).toBeNull();
  });
});

describe("a link that is pasted", () => {
  it("is opened once the server has said so, and refused with its reason", () => {
    welcome();
    let opened = 0;
    playground.links.open("hello world", () => (opened += 1));
    const [{ request = 0 } = {}] = wire.of("open");
    expect(playground.links.waiting).toBe(true);
    wire.events?.message({ type: "link-opened", request, refusal: "There is no experiment in this text." });
    expect([playground.links.waiting, playground.links.refusal, opened]).toEqual([
      false,
      "There is no experiment in this text.",
      0,
    ]);
    playground.links.open("seed=1", () => (opened += 1));
    expect(playground.links.refusal).toBe("");
    wire.events?.message({ type: "link-opened", request, refusal: null }); // the answer to the one before
    expect(opened).toBe(0);
    wire.events?.message({ type: "link-opened", request: request + 1, refusal: null });
    expect([playground.links.waiting, opened]).toEqual([false, 1]);
  });

  it("does not wait for an answer that a broken connection or an error has lost", () => {
    welcome();
    playground.links.open("seed=1", () => undefined);
    wire.events?.message({ type: "trouble", message: "An error inside tinkernet.", field: "" });
    expect([playground.links.waiting, playground.links.refusal]).toEqual([false, "An error inside tinkernet."]);
    expect(playground.remarks.current).toBeNull();
    playground.links.open("seed=1", () => undefined);
    wire.events?.status("broken");
    expect([playground.links.waiting, playground.links.refusal]).toEqual([false, expect.stringContaining("lost")]);
  });
});

describe("a miniature beside a page", () => {
  it("has a session that ends with its connection, and never asks for an earlier one", () => {
    const figure = playground.miniature("dataset=xor", new Preferences());
    wire.events?.status("open");
    wire.events?.message({ type: "welcome", session: "two", version: "1.0", catalog: CATALOG, lessons: [] });
    wire.events?.message(state({}, { link: "dataset=xor&seed=0.7" }));
    wire.events?.status("broken");
    wire.events?.status("open");
    expect(wire.of("hello")).toEqual([
      { type: "hello", session: "", link: "dataset=xor", passing: true },
      { type: "hello", session: "", link: "dataset=xor&seed=0.7", passing: true },
    ]);
    figure.destroy();
  });

  it("keeps what it shows while it is disconnected, and says hello when it connects again", () => {
    const figure = playground.miniature("dataset=xor", new Preferences());
    wire.events?.status("open");
    wire.events?.message(state());
    figure.disconnect();
    expect([wire.closed, figure.connection, figure.state?.sizes]).toEqual([true, "connecting", [2, 4, 2, 1]]);
    figure.connect();
    figure.connect();
    wire.events?.status("open");
    expect(wire.of("hello")).toHaveLength(2);
    figure.destroy();
  });
});

describe("a page that is destroyed", () => {
  it("closes its transport and leaves no timer", () => {
    welcome();
    playground.change({ noise: 15 }, false);
    playground.looking.point({ layer: 0, neuron: 0 });
    wire.events?.message({ type: "notice", message: "Undone.", passing: true });
    wire.events?.frame(frame(1, 1));
    playground.destroy();
    expect(wire.closed).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a hidden diagnosis", () => {
  const finding: FindingFact = {
    kind: "converged",
    message: "Solved.",
    reason: "",
    tone: "done",
    alarm: false,
    confidence: 1,
    evidence: { epochs_left: 10, goal: 0.1 },
    measured: [],
    neurons: [{ layer: 0, neuron: 0 }],
    cures: [],
  };

  it("shows nothing anywhere, and all of it when it is shown again", () => {
    welcome();
    wire.events?.message({ type: "diagnosis", findings: [finding] });
    playground.diagnosis.lit = finding.neurons;
    const seen = (): unknown[] => [
      playground.diagnosis.all.length,
      playground.diagnosis.lit.length,
      playground.diagnosis.goal?.loss ?? null,
    ];
    expect(seen()).toEqual([1, 1, 0.1]);
    wire.events?.message(state({}, { view: { ...VIEW, hidden_controls: ["diagnosis"] } }));
    expect(seen()).toEqual([0, 0, null]);
    wire.events?.message(state());
    expect(seen()).toEqual([1, 1, 0.1]);
  });
});
