// What a person likes, kept in this browser: nothing of it changes a result.

import type { Theme } from "../color/ink";

export type ThemeChoice = "system" | Theme;

interface Kept {
  theme: ThemeChoice;
  logLoss: boolean;
}

const KEY = "tinkernet-preferences";

export class Preferences {
  theme = $state<ThemeChoice>("system");
  logLoss = $state(true);
  systemTheme = $state<Theme>("light");
  calm = $state(false);
  phone = $state(false);
  /** Too narrow for pinned runs in the time line. */
  narrow = $state(false);
  readonly shownTheme: Theme = $derived(this.theme === "system" ? this.systemTheme : this.theme);

  constructor() {
    const kept = read();
    this.theme = kept.theme ?? "system";
    this.logLoss = kept.logLoss ?? true;
    follow("(prefers-color-scheme: dark)", (on) => (this.systemTheme = on ? "dark" : "light"));
    follow("(prefers-reduced-motion: reduce)", (on) => (this.calm = on));
    follow("(max-width: 1180px)", (on) => (this.narrow = on));
    follow("(max-width: 960px)", (on) => (this.phone = on));
  }

  keep(): void {
    try {
      localStorage.setItem(KEY, JSON.stringify({ theme: this.theme, logLoss: this.logLoss } satisfies Kept));
    } catch {
      // Storage may be forbidden: then it is liked until the page closes.
    }
  }
}

function read(): Partial<Kept> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Kept>;
  } catch {
    return {};
  }
}

function follow(query: string, take: (matches: boolean) => void): void {
  const media = matchMedia(query);
  take(media.matches);
  media.addEventListener("change", (event) => take(event.matches));
}
