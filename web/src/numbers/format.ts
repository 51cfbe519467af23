// How numbers are written on the page: a real minus sign, a fixed number of decimals.

export const MINUS = "\u2212";

export function withMinus(text: string): string {
  return text.startsWith("-") ? MINUS + text.slice(1) : text;
}

/** A number with fixed decimals; −0.00 is 0.00, what is not a number is said so. */
export function fixed(value: number, decimals: number): string {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  if (Math.abs(value) >= 1e6) return withMinus(value.toExponential(1).replace("e+", "e"));
  const text = value.toFixed(decimals);
  return withMinus(Number(text) === 0 ? text.replace("-", "") : text);
}

/** A loss: three decimals while it is ordinary, fewer digits when it is huge. */
export function loss(value: number): string {
  if (Number.isNaN(value)) return "–";
  if (Math.abs(value) >= 1000) return fixed(value, 0);
  return fixed(value, 3);
}

/** A loss under a small picture: small ones in two digits that matter, so that 0.0004 and 0.0007 differ. */
export function shortLoss(value: number): string {
  return value > 0 && value < 0.01 ? setting(Math.max(1e-9, Number(value.toPrecision(2)))) : loss(value);
}

export function percent(share: number): string {
  return Number.isNaN(share) ? "–" : `${(100 * share).toFixed(1)} %`;
}

/** A whole number with thin gaps between thousands. */
export function count(value: number): string {
  return Math.floor(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, "\u2009");
}

/** A setting as short as it can be written, and never as 1e-5. */
export function setting(value: number): string {
  if (value === 0) return "0";
  const text = Math.abs(value) < 1e-4 || Math.abs(value) >= 1e7 ? String(value) : value.toString();
  if (!text.includes("e")) return withMinus(text);
  return withMinus(Math.abs(value) < 1 ? value.toFixed(12).replace(/0+$/, "") : text);
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
