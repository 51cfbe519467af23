// Preferences as this browser keeps them, and the window as it is.

import { type KeptPreferences, Preferences } from "../model/preferences.svelte";

const KEY = "tinkernet-preferences";

/** The person's preferences, which follow the system and the window's size until `stop` is called. */
export function followBrowser(): { preferences: Preferences; stop: () => void } {
  const preferences = new Preferences(keep);
  const { theme, logLoss } = read();
  if (theme !== undefined) preferences.theme = theme;
  if (logLoss !== undefined) preferences.logLoss = logLoss;
  const stops = [
    follow("(prefers-color-scheme: dark)", (on) => (preferences.systemTheme = on ? "dark" : "light")),
    follow("(prefers-reduced-motion: reduce)", (on) => (preferences.calm = on)),
    follow("(max-width: 1180px)", (on) => (preferences.narrow = on)),
    follow("(max-width: 960px)", (on) => (preferences.phone = on)),
  ];
  return {
    preferences,
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

function keep(preferences: KeptPreferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // Storage may be forbidden: then they hold until the page closes.
  }
}

function read(): Partial<KeptPreferences> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<KeptPreferences>;
  } catch {
    return {};
  }
}

function follow(query: string, take: (matches: boolean) => void): () => void {
  const media = matchMedia(query);
  const change = (): void => {
    take(media.matches);
  };
  change();
  media.addEventListener("change", change);
  return () => {
    media.removeEventListener("change", change);
  };
}
