// The markers of classes: a shape for each, so that colour is never alone. All have about the same area.

type Corner = readonly [x: number, y: number];

/** Where shapes are traced: a canvas context, or a list in a test. */
export interface Outline {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  closePath(): void;
}

const ROUND = 24;

function polygon(corners: number, radius: number, turned: number): Corner[] {
  return Array.from({ length: corners }, (_, i) => {
    const angle = turned + (2 * Math.PI * i) / corners;
    return [radius * Math.sin(angle), -radius * Math.cos(angle)] as const;
  });
}

function star(points: number, outer: number, inner: number): Corner[] {
  return polygon(2 * points, 1, 0).map(([x, y], i) => {
    const radius = i % 2 === 0 ? outer : inner;
    return [radius * x, radius * y] as const;
  });
}

/** A plus sign: arms of half width `half`, as long as `long`. */
function plus(half: number, long: number): Corner[] {
  return [
    [-half, -long],
    [half, -long],
    [half, -half],
    [long, -half],
    [long, half],
    [half, half],
    [half, long],
    [-half, long],
    [-half, half],
    [-long, half],
    [-long, -half],
    [-half, -half],
  ];
}

function turned(corners: readonly Corner[], angle: number): Corner[] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return corners.map(([x, y]) => [x * cos - y * sin, x * sin + y * cos] as const);
}

const SQUARE = polygon(4, 1.25, Math.PI / 4);
const PLUS = plus(0.44, 1.2);

/** Disc, square, triangle, diamond, plus, triangle on its point, cross, star, bar, hexagon: in units of a disc's radius. */
export const SHAPES: readonly (readonly Corner[])[] = [
  polygon(ROUND, 1, 0),
  SQUARE,
  polygon(3, 1.5, 0).map(([x, y]) => [x, y + 0.2] as const),
  polygon(4, 1.32, 0),
  PLUS,
  polygon(3, 1.5, Math.PI).map(([x, y]) => [x, y - 0.2] as const),
  turned(PLUS, Math.PI / 4),
  star(5, 1.6, 0.68),
  [
    [-1.45, -0.55],
    [1.45, -0.55],
    [1.45, 0.55],
    [-1.45, 0.55],
  ],
  polygon(6, 1.15, 0),
];

export function shapeOf(index: number): readonly Corner[] {
  return SHAPES[index % SHAPES.length] as readonly Corner[];
}

/** Traces the shape of a class around (x, y), grown by `by` pixels on every side. */
export function traceShape(to: Outline, index: number, x: number, y: number, radius: number, by = 0): void {
  shapeOf(index).forEach(([dx, dy], i) => {
    const size = Math.hypot(dx, dy);
    const grown = radius + by / size;
    if (i === 0) to.moveTo(x + dx * grown, y + dy * grown);
    else to.lineTo(x + dx * grown, y + dy * grown);
  });
  to.closePath();
}

/** The shape of a class as the corners of an SVG polygon. */
export function shapePoints(index: number, x: number, y: number, radius: number): string {
  return shapeOf(index)
    .map(([dx, dy]) => `${(x + dx * radius).toFixed(2)},${(y + dy * radius).toFixed(2)}`)
    .join(" ");
}
