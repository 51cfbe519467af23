// What a person prefers, and what the window is like: nothing of it changes a result.

import type { Theme } from "../color/ink";
import { type Arrangement, type Panel, type Room, type Size, arrange } from "./arrangement";

export type ThemeChoice = "system" | Theme;

/** What a first visit is shown, each until it has been used. */
export const CLUES = ["play", "neuron", "weight", "output"] as const;
export type Clue = (typeof CLUES)[number];

/** How far the person has come in a lesson. */
export interface KeptLesson {
  name: string;
  /** The step that was open last, from 0. */
  step: number;
  /** The steps that are done, in order. */
  done: readonly number[];
  /** Whether all of them were done at some time. */
  finished: boolean;
}

/** The lessons that are kept at most: those that were open last. */
const MOST_LESSONS = 100;
/** More steps than a lesson has. */
const MOST_STEPS = 1000;

/** What is kept between visits. */
export interface KeptPreferences {
  theme: ThemeChoice;
  size: Size;
  logLoss: boolean;
  /** The clues that have been used: they do not come back. */
  used: readonly Clue[];
  /** How far the person has come in each lesson; the one that was open last is the last. */
  lessons: readonly KeptLesson[];
}

/** Lessons as they were kept; what this page has not written is ignored. */
export function lessonsFrom(kept: unknown): KeptLesson[] {
  if (!Array.isArray(kept)) return [];
  return (kept as unknown[]).flatMap((one) => {
    if (typeof one !== "object" || one === null) return [];
    const { name, step, done, finished } = one as { [field in keyof KeptLesson]?: unknown };
    if (typeof name !== "string" || name === "" || !isStep(step) || !Array.isArray(done)) return [];
    const steps = (done as unknown[]).filter(isStep).filter((one, i, all) => all.indexOf(one) === i);
    return [{ name, step, done: steps.sort((a, b) => a - b), finished: finished === true }];
  });
}

function isStep(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < MOST_STEPS;
}

export class Preferences {
  theme = $state<ThemeChoice>("system");
  size = $state<Size>("automatic");
  logLoss = $state(true);
  used = $state.raw<readonly Clue[]>([]);
  lessons = $state.raw<readonly KeptLesson[]>([]);
  systemTheme = $state<Theme>("light");
  /** The theme of what is around the page, if that is not the browser's window; null if it does not say. */
  surroundingTheme = $state<Theme | null>(null);
  /** Whether the page is a part of something else, such as a notebook. */
  embedded = $state(false);
  /** Less motion is preferred. */
  calm = $state(false);
  /** More contrast is preferred, or the system's own colours are forced. */
  contrast = $state(false);
  forced = $state(false);
  room = $state.raw<Room>({ width: 1440, height: 900, text: 1, density: 1, touch: false });
  /** What the panel for reading takes of the room. */
  panel = $state<Panel>("none");
  /** Forced colours are the system's, light or dark: what is drawn must stand on them. */
  readonly shownTheme: Theme = $derived.by(() => {
    if (this.forced) return this.systemTheme;
    return this.theme === "system" ? (this.surroundingTheme ?? this.systemTheme) : this.theme;
  });
  readonly arrangement: Arrangement = $derived(arrange(this.room, this.size, this.panel));
  /** Little room: what is needed less often stands in tabs and in the menu. */
  readonly compact: boolean = $derived(this.arrangement.layout !== "desk");

  constructor(private readonly keep: (preferences: KeptPreferences) => void = () => undefined) {}

  chooseTheme(theme: ThemeChoice): void {
    this.theme = theme;
    this.#keep();
  }

  chooseSize(size: Size): void {
    this.size = size;
    this.#keep();
  }

  toggleLogLoss = (): void => {
    this.logLoss = !this.logLoss;
    this.#keep();
  };

  /** Whether a first visit still needs this. */
  needs(clue: Clue): boolean {
    return !this.used.includes(clue);
  }

  use(clue: Clue): void {
    if (!this.needs(clue)) return;
    this.used = [...this.used, clue];
    this.#keep();
  }

  /** Whether anything is kept about a lesson. */
  hasLesson(name: string): boolean {
    return this.lessons.some((lesson) => lesson.name === name);
  }

  keepLesson(lesson: KeptLesson): void {
    this.lessons = [...this.lessons.filter(({ name }) => name !== lesson.name), lesson].slice(-MOST_LESSONS);
    this.#keep();
  }

  /** Shows what a first visit is shown again. */
  showCluesAgain(): void {
    this.used = [];
    this.#keep();
  }

  #keep(): void {
    const { theme, size, logLoss, used, lessons } = this;
    this.keep({ theme, size, logLoss, used, lessons });
  }
}
