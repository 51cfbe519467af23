// Strokes as text, in the notation of data/drawing/notation.py, while a tool is dragged over the plane.

import { EDGE } from "../protocol/frames";

export const TOOLS = ["spray", "dot", "erase", "move"] as const;
export type Tool = (typeof TOOLS)[number];

export interface PlanePoint {
  x: number;
  y: number;
}

/** A place and how far it reaches. */
export interface Circle extends PlanePoint {
  radius: number;
}

/** What the server takes: centres of one stroke, and points that a spray adds at each. */
const MOST_CENTRES = 200;
const MOST_AT_ONCE = 50;
/** Of the radius, how far the centres of a path are apart. */
const SPACING = { spray: 0.6, erase: 0.4 };
/** Shorter ways are not worth a centre. */
const LEAST_SPACING = 0.08;
/** Points for each centre of a spray: some, and more on a larger area. */
const SOME = 2;
const MORE = 4;

/** The nearest step of the grid on which strokes lie. */
export function onGrid(value: number): number {
  return Math.round(value * 100);
}

export function insidePlane({ x, y }: PlanePoint): PlanePoint {
  return { x: Math.max(-EDGE, Math.min(EDGE, x)), y: Math.max(-EDGE, Math.min(EDGE, y)) };
}

export function isInside(point: PlanePoint, circle: Circle): boolean {
  return Math.hypot(point.x - circle.x, point.y - circle.y) <= circle.radius;
}

/** How many points a spray adds at each centre. */
export function density(radius: number): number {
  return Math.min(MOST_AT_ONCE, Math.round(SOME + MORE * radius * radius));
}

/** Spraying or erasing: centres along the path of the pointer, evenly spaced. */
export class PathGesture {
  readonly #strokes: PlanePoint[][] = [[]];
  #last: PlanePoint | null = null;

  constructor(
    private readonly tool: "spray" | "erase",
    private readonly label: number,
    private readonly radius: number,
  ) {}

  /** The tool is dragged to this place. */
  to(place: PlanePoint): void {
    const wanted = insidePlane(place);
    if (this.#last === null) {
      this.#add(wanted);
      return;
    }
    const spacing = Math.max(LEAST_SPACING, SPACING[this.tool] * this.radius);
    for (;;) {
      const { x, y }: PlanePoint = this.#last;
      const way = Math.hypot(wanted.x - x, wanted.y - y);
      if (way < spacing) return;
      const share = spacing / way;
      this.#add({ x: x + share * (wanted.x - x), y: y + share * (wanted.y - y) });
    }
  }

  /** The tool stays where it is, and works again. */
  again(): void {
    if (this.#last !== null) this.#add(this.#last);
  }

  get text(): string {
    const head =
      this.tool === "spray"
        ? `s${this.label},${onGrid(this.radius)},${density(this.radius)}`
        : `e${onGrid(this.radius)}`;
    return this.#strokes.map((centres) => `${head},${pathText(centres)}`).join("_");
  }

  #add(place: PlanePoint): void {
    let stroke = this.#strokes.at(-1) as PlanePoint[];
    if (stroke.length >= MOST_CENTRES) this.#strokes.push((stroke = []));
    stroke.push(place);
    this.#last = place;
  }
}

function pathText(centres: readonly PlanePoint[]): string {
  let [x, y] = [0, 0];
  return centres
    .map((centre) => {
      const [toX, toY] = [onGrid(centre.x), onGrid(centre.y)];
      const text = `${toX - x},${toY - y}`;
      [x, y] = [toX, toY];
      return text;
    })
    .join(",");
}

/** A single point. */
export function dotText(label: number, place: PlanePoint): string {
  return `d${label},${pathText([insidePlane(place)])}`;
}

/** Moving what is in a circle. */
export function moveText(circle: Circle, by: PlanePoint): string {
  return `m${onGrid(circle.radius)},${pathText([circle])},${onGrid(by.x)},${onGrid(by.y)}`;
}

export const CLEAR = "c";
