// How numbers are written on the page: a real minus sign, a fixed number of decimals.

import * as NUMBERS from "../words/numbers";

export const MINUS = "\u2212";

export function withMinus(text: string): string {
  return text.startsWith("-") ? MINUS + text.slice(1) : text;
}

/** Between thousands: a narrow space at which no line breaks. A comma is a decimal sign to half of the readers. */
const THIN = "\u202f";
/** Outside of these, a number is written with a power of ten. */
const LEAST_PLAIN = 1e-5;
const MOST_PLAIN = 1e6;
const RATE_DIGITS = 3;

/** A number with fixed decimals; −0.00 is 0.00, what is not a number is said so. */
export function fixed(value: number, decimals: number): string {
  if (Number.isNaN(value)) return NUMBERS.notANumber;
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  if (Math.abs(value) >= MOST_PLAIN) return power(value, 2, " × ");
  const text = grouped(value.toFixed(decimals));
  return withMinus(Number(value.toFixed(decimals)) === 0 ? text.replace("-", "") : text);
}

/** A loss: three decimals while it is ordinary, two significant digits where it is small, so that it never reads as 0. */
export function loss(value: number): string {
  if (Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  if (size >= 1000) return fixed(value, 0);
  if (size >= 0.0995 || size === 0) return fixed(value, 3);
  return size >= LEAST_PLAIN ? fixed(value, decimalsOf(size)) : power(value, 2, " × ");
}

/** A loss where there is room for little: as `loss`, without zeros that say nothing. */
export function shortLoss(value: number): string {
  const text = loss(value);
  return value > 0 && value < 0.01 && value >= LEAST_PLAIN ? text.replace(/0+$/, "") : text;
}

/** A share; one that is not all, or not none, does not read as if it were. */
export function percent(share: number): string {
  if (Number.isNaN(share)) return "–";
  const size = 100 * share;
  return `${(share > 0 && share < 1 ? Math.min(99.9, Math.max(0.1, size)) : size).toFixed(1)} %`;
}

/** A whole number, its thousands apart. */
export function count(value: number): string {
  return grouped(Math.floor(value).toString());
}

/** A number beside an axis: as short as it can be. */
export function axisNumber(value: number): string {
  if (value === 0) return "0";
  if (value >= MOST_PLAIN || value < LEAST_PLAIN * 10 * (1 - 1e-9)) return power(value, 1, "·");
  return grouped(String(Number(value.toPrecision(2))));
}

/** The decimals that show two significant digits. */
function decimalsOf(size: number): number {
  return 1 - Math.floor(Math.log10(Number(size.toPrecision(2))) + 1e-9);
}

/** So many significant digits and a power of ten; a 1 before it is left away. */
function power(value: number, digits: number, times: string): string {
  const [mantissa = "", exponent = ""] = value.toExponential(digits - 1).split("e");
  const raised = Array.from(String(Number(exponent)), (sign) =>
    sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(Number(sign)),
  );
  const ten = `10${raised.join("")}`;
  return withMinus(digits === 1 && mantissa === "1" ? ten : `${mantissa}${times}${ten}`);
}

function grouped(text: string): string {
  const [whole = "", decimals] = text.split(".");
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, THIN);
  return decimals === undefined ? apart : `${apart}.${decimals}`;
}

/** A setting as short as it can be written, and never as 1e-5. */
export function setting(value: number): string {
  if (value === 0) return "0";
  const text = Math.abs(value) < 1e-4 || Math.abs(value) >= 1e7 ? String(value) : value.toString();
  if (!text.includes("e")) return withMinus(text);
  return withMinus(Math.abs(value) < 1 ? value.toFixed(12).replace(/0+$/, "") : text);
}

/** A parameter of an option: as a setting, rounded, and as a power of ten where it is one and that is shorter. */
export function parameter(value: number): string {
  const rounded = Number(value.toPrecision(6));
  const far = rounded !== 0 && (Math.abs(rounded) < LEAST_PLAIN * 10 || Math.abs(rounded) >= MOST_PLAIN);
  return far && rounded === Number(rounded.toPrecision(1)) ? axisNumber(rounded) : setting(rounded);
}

/** A learning rate that a schedule has computed, rounded; a tiny one as a power of ten. */
export function rate(value: number): string {
  return value > 0 && value < LEAST_PLAIN ? axisNumber(value) : setting(Number(value.toPrecision(RATE_DIGITS)));
}

/** A setting with so many significant digits. */
export function rounded(value: number, digits: number): string {
  return setting(Number(value.toPrecision(digits)));
}

/** What a person typed as a number: comma or point, any minus; null when it is none. */
export function parseNumber(text: string): number | null {
  const plain = text
    .trim()
    .replace(/[\u2212\u2013]/g, "-")
    .replace(",", ".");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}
