// What a person prefers, and what the window is like: nothing of it changes a result.

import type { Theme } from "../color/ink";
import { type Arrangement, type Panel, type Room, type Size, arrange } from "./arrangement";

export type ThemeChoice = "system" | Theme;

/** What a first visit is shown, each until it has been used. */
export const CLUES = ["play", "neuron", "weight", "output"] as const;
export type Clue = (typeof CLUES)[number];

/** What is kept between visits. */
export interface KeptPreferences {
  theme: ThemeChoice;
  size: Size;
  logLoss: boolean;
  /** The clues that have been used: they do not come back. */
  used: readonly Clue[];
}

export class Preferences {
  theme = $state<ThemeChoice>("system");
  size = $state<Size>("automatic");
  logLoss = $state(true);
  used = $state.raw<readonly Clue[]>([]);
  systemTheme = $state<Theme>("light");
  /** Less motion is preferred. */
  calm = $state(false);
  /** More contrast is preferred, or the system's own colours are forced. */
  contrast = $state(false);
  forced = $state(false);
  room = $state.raw<Room>({ width: 1440, height: 900, text: 1, density: 1, touch: false });
  /** What the panel for reading takes of the room. */
  panel = $state<Panel>("none");
  /** Forced colours are the system's, light or dark: what is drawn must stand on them. */
  readonly shownTheme: Theme = $derived(this.theme === "system" || this.forced ? this.systemTheme : this.theme);
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

  /** Shows what a first visit is shown again. */
  showCluesAgain(): void {
    this.used = [];
    this.#keep();
  }

  #keep(): void {
    this.keep({ theme: this.theme, size: this.size, logLoss: this.logLoss, used: this.used });
  }
}
