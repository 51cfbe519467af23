// The progress of a sweep as a notebook keeps it, which may come from anybody's file: nothing of it is used before it is checked.

import type { SweepProgress } from "../protocol/messages";
import { NotSaved, field, finite, list, text, whole } from "../still/saved-values";

const MOST = { settings: 32, runs: Number.MAX_SAFE_INTEGER };
const PHASES: Record<SweepProgress["phase"], { over: boolean }> = {
  running: { over: false },
  paused: { over: false },
  stopping: { over: false },
  done: { over: true },
  stopped: { over: true },
  failed: { over: true },
};

/** Whether nothing is computed any longer. */
export function isOver({ phase }: SweepProgress): boolean {
  return PHASES[phase].over;
}

/** The progress in a saved state; null if it holds none. */
export function parseProgress(state: unknown): SweepProgress | null {
  try {
    return progress(state);
  } catch (error) {
    if (error instanceof NotSaved) return null;
    throw error;
  }
}

function progress(state: unknown): SweepProgress {
  const get = (name: keyof SweepProgress): unknown => field(state, name);
  const runs = whole(get("runs"), 1, MOST.runs);
  return {
    phase: phase(get("phase")),
    settings: list(get("settings"), MOST.settings).map(text),
    done: whole(get("done"), 0, runs),
    runs,
    kept: whole(get("kept"), 0, runs),
    per_second: atLeastZero(get("per_second")),
    seconds_left: atLeastZero(get("seconds_left")),
    lowest_loss: get("lowest_loss") === null ? null : finite(get("lowest_loss")),
    best: list(get("best"), MOST.settings).map((one) => ({
      name: text(field(one, "name")),
      value: text(field(one, "value")),
    })),
    error: text(get("error")),
  };
}

function phase(value: unknown): SweepProgress["phase"] {
  const said = text(value);
  if (!Object.hasOwn(PHASES, said)) throw new NotSaved();
  return said as SweepProgress["phase"];
}

function atLeastZero(value: unknown): number | null {
  if (value === null) return null;
  const number = finite(value);
  if (number < 0) throw new NotSaved();
  return number;
}
