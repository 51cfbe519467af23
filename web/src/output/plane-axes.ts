// What is along the sides of the large picture: numbers of the plane, or a column in its own unit.

import { EDGE, TICKS } from "../field/plane";
import { withMinus } from "../numbers/format";
import type { Catalog, OwnDataFact } from "../protocol/messages";

export interface AxisTick {
  at: number;
  text: string;
}

export interface Axis {
  /** What was measured, with its unit; "" for a coordinate of the plane. */
  name: string;
  ticks: AxisTick[];
}

export interface AxisPair {
  across: Axis;
  up: Axis;
}

interface Measured {
  name: string;
  unit: string;
  low: number;
  high: number;
}

const PLANE: Axis = { name: "", ticks: TICKS.map((at) => ({ at, text: withMinus(String(at)) })) };

/** Significant digits of a number at an axis. */
const DIGITS = 4;

function axisOf(measured: Measured): Axis {
  const ends = [
    { at: -EDGE, text: short(measured.low) },
    { at: EDGE, text: short(measured.high) },
  ];
  return { name: [measured.name, measured.unit && `(${measured.unit})`].filter(Boolean).join(" "), ticks: ends };
}

function short(value: number): string {
  return withMinus(String(Number(value.toPrecision(DIGITS))));
}

/** The axes of a person's own data, of a built-in data set that was measured, or of the plane. */
export function axesOf(own: OwnDataFact | null, catalog: Catalog, dataset: string): AxisPair {
  if (own !== null) {
    const across = own.columns[own.across];
    const up = own.up === null ? undefined : own.columns[own.up];
    return {
      across: across === undefined ? PLANE : axisOf(across),
      up: up === undefined ? { name: "", ticks: [] } : axisOf(up),
    };
  }
  const measured = catalog.datasets.find(({ name }) => name === dataset)?.axes ?? [];
  const [across, up] = measured;
  return { across: across === undefined ? PLANE : axisOf(across), up: up === undefined ? PLANE : axisOf(up) };
}
