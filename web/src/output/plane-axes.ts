// What is along the sides of the large picture: numbers of the plane, or a column in its own unit.

import { EDGE, TICKS, across, down } from "../field/plane";
import { withMinus } from "../numbers/format";
import type { Catalog, OwnDataFact } from "../protocol/messages";
import { shownValue } from "./slice";

export interface AxisTick {
  at: number;
  text: string;
}

/** What stands along a side. */
export interface AxisLabels {
  /** What was measured, with its unit; "" for a coordinate of the plane. */
  name: string;
  ticks: AxisTick[];
}

export interface Axis extends AxisLabels {
  /** The values at the two ends. */
  low: number;
  high: number;
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

const PLANE: Axis = {
  name: "",
  ticks: TICKS.map((at) => ({ at, text: withMinus(String(at)) })),
  low: -EDGE,
  high: EDGE,
};
/** Of data with one column there is nothing up. */
const NOTHING: Axis = { ...PLANE, ticks: [] };

/** Significant digits of a number at an axis. */
const DIGITS = 4;

function axisOf(measured: Measured): Axis {
  const ends = [
    { at: -EDGE, text: short(measured.low) },
    { at: EDGE, text: short(measured.high) },
  ];
  const name = [measured.name, measured.unit && `(${measured.unit})`].filter(Boolean).join(" ");
  return { name, ticks: ends, low: measured.low, high: measured.high };
}

function short(value: number): string {
  return withMinus(String(Number(value.toPrecision(DIGITS))));
}

/** The axes of a person's own data, of a built-in data set that was measured, or of the plane. */
export function axesOf(own: OwnDataFact | null, catalog: Catalog, dataset: string): AxisPair {
  if (own !== null) {
    const horizontal = own.columns[own.across];
    const vertical = own.up === null ? undefined : own.columns[own.up];
    return {
      across: horizontal === undefined ? PLANE : axisOf(horizontal),
      up: vertical === undefined ? NOTHING : axisOf(vertical),
    };
  }
  const measured = catalog.datasets.find(({ name }) => name === dataset)?.axes ?? [];
  const [horizontal, vertical] = measured;
  return {
    across: horizontal === undefined ? PLANE : axisOf(horizontal),
    up: vertical === undefined ? PLANE : axisOf(vertical),
  };
}

/** A place of the plane in the units of its axes, as “(4.9, 1.7)”. */
export function placeText(axes: AxisPair, x: number, y: number): string {
  const along = (axis: Axis, share: number): string =>
    withMinus(shownValue(axis, axis.low + share * (axis.high - axis.low)));
  const places = [along(axes.across, across(x))];
  if (axes.up !== NOTHING) places.push(along(axes.up, 1 - down(y)));
  return `(${places.join(", ")})`;
}
