// How durations are written on the page.

import * as NUMBERS from "../words/numbers";

const SIXTY = 60;

/** About how long, in its largest unit. */
export function duration(seconds: number): string {
  if (seconds < SIXTY) return NUMBERS.seconds(Math.max(1, Math.round(seconds)));
  const minutes = seconds / SIXTY;
  return minutes < SIXTY ? NUMBERS.minutes(Math.round(minutes)) : NUMBERS.hours(Math.round(minutes / SIXTY));
}
