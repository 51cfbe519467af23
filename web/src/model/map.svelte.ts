// A map, of two settings or of the edge of trainability: what it shows, how far it is, and which run is pointed at. Tiles go to the component that draws them.

import type { EdgeCell, EdgeTile, MapCell, MapTile } from "../protocol/frames";
import type {
  AskMapCell,
  CloseMap,
  FromPage,
  LookAtMap,
  MapAxisFact,
  MapFact,
  MapSettingChoice,
  OpenEdge,
  OpenMap,
  Setup,
} from "../protocol/messages";

/** What a map is of: two settings of the network, or the learning rates of the edge of trainability. */
export type Subject = "settings" | "edge";
export type Quantity = "test" | "train" | "accuracy" | "epochs" | "outcome" | "diagnosis";
export type Place = Pick<AskMapCell, "level" | "column" | "row" | "epochs">;

const MOST_EPOCHS = 100_000;
const MOST_STEPS = 1000;
const PICTURE_CELLS = 64;

export class ShownMap {
  shown = $state(false);
  subject = $state<Subject>("settings");
  x = $state.raw<MapAxisFact | null>(null);
  y = $state.raw<MapAxisFact | null>(null);
  epochs = $state(100);
  /** A run ends at this training loss; null lets all train to the end. */
  goal = $state<number | null>(null);
  quantity = $state<Quantity>("test");
  /** The neurons of the edge of trainability, and how long each pair of rates is trained. */
  width = $state(8);
  steps = $state(100);
  /** How far it is; null before the first answer. */
  fact = $state.raw<MapFact | null>(null);
  /** The run that is pointed at, and its picture; null while there is none. */
  place = $state.raw<Place | null>(null);
  cell = $state.raw<MapCell | null>(null);
  /** The pair of rates that is pointed at. */
  rates = $state.raw<EdgeCell | null>(null);
  /** Gets every tile; the component that draws them sets it. */
  draw: (tile: MapTile | EdgeTile) => void = () => undefined;
  #looked: Omit<LookAtMap, "type"> | null = null;
  #request = 0;

  constructor(private readonly send: (message: FromPage) => void) {}

  /** Shows the map of before, or a first one. */
  open(settings: readonly MapSettingChoice[], experiment: Setup): void {
    this.x ??= axisOf(settings, "learning_rate");
    this.y ??= axisOf(settings, secondAxis(experiment));
    this.shown = true;
    this.ask();
  }

  close = (): void => {
    if (!this.shown) return;
    this.shown = false;
    this.#leave();
    this.send({ type: "close-map" } satisfies CloseMap);
  };

  /** Asks for the map of what is chosen; with `renew` for one of the network that runs now. */
  ask(renew = false): void {
    const { x, y, epochs, goal, width, steps } = this;
    if (x === null || y === null) return;
    this.#leave();
    this.#looked = null;
    const diagnosed = this.quantity === "diagnosis";
    if (this.subject === "edge") this.send({ type: "open-edge", width, steps } satisfies OpenEdge);
    else this.send({ type: "open-map", x, y, epochs, goal, diagnosed, renew } satisfies OpenMap);
  }

  #leave(): void {
    this.place = this.cell = this.rates = null;
  }

  /** After a lost connection the session has forgotten that the map is open. */
  askAgain(): void {
    if (this.shown) this.ask();
  }

  setEpochs(epochs: number): void {
    this.epochs = Math.max(1, Math.min(MOST_EPOCHS, Math.round(epochs)));
    this.ask();
  }

  setGoal(goal: number | null): void {
    this.goal = goal;
    if (goal === null && (this.quantity === "epochs" || this.quantity === "outcome")) this.quantity = "test";
    this.ask();
  }

  setQuantity(quantity: Quantity): void {
    const other = (quantity === "diagnosis") !== (this.quantity === "diagnosis");
    this.quantity = quantity;
    if (other) this.ask();
  }

  setSubject(subject: Subject): void {
    this.subject = subject;
    this.ask();
  }

  setWidth(width: number): void {
    this.width = width;
    this.ask();
  }

  setSteps(steps: number): void {
    this.steps = Math.max(1, Math.min(MOST_STEPS, Math.round(steps)));
    this.ask();
  }

  setAxis(side: "x" | "y", axis: MapAxisFact): void {
    this[side] = axis;
    this.ask();
  }

  pause(on: boolean): void {
    this.send({ type: "pause-map", on });
  }

  /** Says what is in sight, unless it was said before. */
  look(box: Omit<LookAtMap, "type">): void {
    const before = this.#looked;
    const keys = ["level", "left", "bottom", "right", "top"] as const;
    if (before !== null && keys.every((key) => before[key] === box[key])) return;
    this.#looked = box;
    this.send({ type: "look-at-map", ...box });
  }

  /** Points at a run; null at none. */
  point(place: Place | null): void {
    const before = this.place;
    if (before?.level === place?.level && before?.column === place?.column && before?.row === place?.row) return;
    this.place = place;
    if (place === null) return;
    this.#request++;
    this.send({ type: "ask-map-cell", request: this.#request, cells: PICTURE_CELLS, ...place });
  }

  /** Makes the run at a place the run of the page. */
  openRun(place: Place): void {
    if (this.subject === "edge") return;
    this.send({ type: "open-map-cell", ...place });
    this.close();
  }

  take(fact: MapFact): void {
    if (this.shown) this.fact = fact;
  }

  takeTile(tile: MapTile | EdgeTile): void {
    if (this.shown) this.draw(tile);
  }

  takeCell(cell: MapCell): void {
    if (cell.request === this.#request) this.cell = cell;
  }

  takeRates(cell: EdgeCell): void {
    if (cell.request === this.#request) this.rates = cell;
  }
}

/** An axis with this setting, as it begins. */
export function axisOf(settings: readonly MapSettingChoice[], name: string): MapAxisFact | null {
  const found = settings.find((entry) => entry.name === name);
  return found === undefined ? null : { setting: name, low: found.low, high: found.high, log: found.log, weight: null };
}

/** The setting that is most worth a look beside the learning rate. */
function secondAxis({ regularization, hidden }: Setup): string {
  if (regularization !== "none") return "regularization_rate";
  return hidden.length > 0 ? "width" : "batch_size";
}
