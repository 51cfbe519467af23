// What a person prefers, and what the window is like: nothing of it changes a result.

import type { Theme } from "../color/ink";

export type ThemeChoice = "system" | Theme;

/** What is kept between visits. */
export interface KeptPreferences {
  theme: ThemeChoice;
  logLoss: boolean;
}

export class Preferences {
  theme = $state<ThemeChoice>("system");
  logLoss = $state(true);
  systemTheme = $state<Theme>("light");
  /** Less motion is preferred. */
  calm = $state(false);
  phone = $state(false);
  /** Too narrow for pinned runs in the time line. */
  narrow = $state(false);
  readonly shownTheme: Theme = $derived(this.theme === "system" ? this.systemTheme : this.theme);

  constructor(private readonly keep: (preferences: KeptPreferences) => void = () => undefined) {}

  chooseTheme(theme: ThemeChoice): void {
    this.theme = theme;
    this.#keep();
  }

  toggleLogLoss = (): void => {
    this.logLoss = !this.logLoss;
    this.#keep();
  };

  #keep(): void {
    this.keep({ theme: this.theme, logLoss: this.logLoss });
  }
}
