// Painting points: the tool, what it paints, and the gesture under way. The server answers each step of it with the points.

import type { FromPage, State } from "../protocol/messages";
import { PictureTools } from "./picture-tools.svelte";
import {
  CLEAR,
  type Circle,
  PathGesture,
  type PlanePoint,
  type Tool,
  dotText,
  insidePlane,
  isInside,
  moveText,
} from "./strokes";

export const RADII = { least: 0.2, most: 3, step: 0.1 };
/** Milliseconds after which a spray that stays in its place works again. */
const AGAIN = 120;
/** Milliseconds after which the next step is sent though the server has not answered. */
const PATIENCE = 250;
/** The server counts gestures up to this. */
const MOST_GESTURES = 100_000;

/** Dragging one tool, until it is lifted. */
interface Gesture {
  number: number;
  to: (place: PlanePoint) => void;
  again?: () => void;
  text: () => string;
}

export class Painting extends PictureTools {
  tool = $state<Tool>("spray");
  radius = $state(0.6);
  /** The class that is painted, by its index. */
  chosen = $state(1);
  /** The number that is painted, where there are no classes. */
  value = $state(1);
  /** What Move has selected. */
  selection = $state.raw<Circle | null>(null);
  /** Whether a gesture is under way, or its end has not been answered. */
  dragging = false;
  #classes: readonly string[] = [];
  #gesture: Gesture | null = null;
  /** Selecting is no gesture: nothing of it is sent. */
  #enlarge: ((place: PlanePoint) => void) | null = null;
  /** What was selected when the tool was pressed. */
  #selectionBefore: Circle | null = null;
  #count = 0;
  #sent = "";
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly send: (message: FromPage) => void) {
    super();
  }

  override close(byPerson = false): void {
    if (!this.on) return;
    this.lift();
    this.selection = null;
    super.close(byPerson);
  }

  use(tool: Tool): void {
    this.lift();
    this.tool = tool;
    this.selection = null;
  }

  choose(index: number): void {
    if (index < this.#classes.length) this.chosen = index;
  }

  resize(radius: number): void {
    const tenths = Math.round(radius * 10) / 10;
    this.radius = Math.max(RADII.least, Math.min(RADII.most, tenths));
  }

  /** The label that painted points get: −1 and 1 for two classes, the index for more, or the number. */
  get label(): number {
    if (this.#classes.length === 0) return this.value;
    return this.#classes.length > 2 ? this.chosen : 2 * this.chosen - 1;
  }

  // --- A gesture ------------------------------------------------------------------

  /** Puts the tool down. Move drags what is selected, or else selects. */
  press(place: PlanePoint, tool: Tool = this.tool): void {
    this.lift();
    this.#selectionBefore = this.selection;
    const start = insidePlane(place);
    if (tool === "move") this.#pressMove(start);
    else if (tool === "dot") {
      let at = start;
      const { label } = this;
      this.#begin({ to: (next) => (at = insidePlane(next)), text: () => dotText(label, at) });
    } else {
      const path = new PathGesture(tool, this.label, this.radius);
      path.to(start);
      const again = tool === "spray" ? { again: () => path.again() } : {};
      this.#begin({ to: (next) => path.to(next), text: () => path.text, ...again });
    }
  }

  /** Drags the tool that is down. */
  drag(place: PlanePoint): void {
    if (this.#gesture === null) {
      this.#enlarge?.(place);
      return;
    }
    this.#gesture.to(place);
    this.#restartAgain();
    this.#sendSoon();
  }

  /** Lifts the tool. */
  lift(): void {
    this.#enlarge = null;
    clearInterval(this.#again);
    if (this.#gesture === null) return;
    this.#sendNow(true);
    this.#gesture = null;
  }

  /** Takes back what the tool has done since it is down: a second finger has come, to zoom. */
  withdraw(): void {
    clearInterval(this.#again);
    if (!this.pressed) return;
    const [gesture, sent] = [this.#gesture, this.#sent];
    this.drop();
    this.selection = this.#selectionBefore;
    if (gesture !== null && sent !== "") this.send({ type: "paint", gesture: gesture.number, strokes: "", done: true });
  }

  /** Whether a tool is down. */
  get pressed(): boolean {
    return this.#gesture !== null || this.#enlarge !== null;
  }

  /** Works again where the tool is: what holding the key down does. */
  again(): void {
    this.#gesture?.again?.();
    this.#sendSoon();
  }

  clear = (): void => {
    this.lift();
    this.selection = null;
    this.#begin({ to: () => undefined, text: () => CLEAR });
    this.lift();
  };

  // --- What the server says ---------------------------------------------------------

  /** The points have come: the next step may be sent. */
  answered(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    if (this.#gesture !== null && this.#gesture.text() !== this.#sent) this.#sendSoon();
  }

  settle(state: State): void {
    // The plane is all of the data, not a slice of it.
    const { data } = state;
    const whole = data === null || (data.columns.length === 2 && data.across === 0);
    this.allow(whole && !state.view.hidden_controls.includes("painting"));
    this.#classes = state.output.classes;
    this.chosen = Math.min(this.chosen, Math.max(1, this.#classes.length - 1));
    if (this.#gesture === null && state.experiment.drawing.endsWith(this.#sent)) this.dragging = false;
  }

  /** Nothing more comes of what was painted: it was refused, or there is no server. */
  drop(): void {
    clearTimeout(this.#waiting);
    clearInterval(this.#again);
    this.#waiting = undefined;
    this.#gesture = this.#enlarge = null;
    this.dragging = false;
  }

  // --- Inside ----------------------------------------------------------------------

  #pressMove(start: PlanePoint): void {
    const circle = this.selection;
    if (circle === null || !isInside(start, circle)) {
      this.selection = { ...start, radius: this.radius };
      this.#enlarge = (place) => {
        const reach = Math.hypot(place.x - start.x, place.y - start.y);
        if (reach >= RADII.least) this.selection = { ...start, radius: Math.min(RADII.most, reach) };
      };
      return;
    }
    let by = { x: 0, y: 0 };
    const to = (place: PlanePoint): void => {
      // The selection stays in the plane.
      const moved = insidePlane({ x: circle.x + place.x - start.x, y: circle.y + place.y - start.y });
      by = { x: moved.x - circle.x, y: moved.y - circle.y };
      this.selection = { ...circle, ...moved };
    };
    this.#begin({ to, text: () => (by.x === 0 && by.y === 0 ? "" : moveText(circle, by)) });
  }

  #begin(gesture: Omit<Gesture, "number">): void {
    this.#count = (this.#count + 1) % MOST_GESTURES;
    this.#gesture = { ...gesture, number: this.#count };
    this.dragging = true;
    this.#sent = "";
    this.#sendSoon();
    this.#restartAgain();
  }

  #restartAgain(): void {
    clearInterval(this.#again);
    if (this.#gesture?.again !== undefined) this.#again = setInterval(() => this.again(), AGAIN);
  }

  /** Sends the gesture so far, as soon as the server has answered the step before. */
  #sendSoon(): void {
    if (this.#waiting !== undefined || this.#gesture === null) return;
    if (this.#gesture.text() !== this.#sent) this.#sendNow(false);
  }

  #sendNow(done: boolean): void {
    const gesture = this.#gesture;
    const strokes = gesture?.text() ?? "";
    if (gesture === null || strokes === "") {
      this.dragging = false;
      return;
    }
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.answered(), PATIENCE);
    this.#sent = strokes;
    this.send({ type: "paint", gesture: gesture.number, strokes, done });
  }
}
