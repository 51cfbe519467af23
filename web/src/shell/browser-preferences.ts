// Preferences as this browser keeps them, and the room that a page has in its document.

import type { Room } from "../model/arrangement";
import { CLUES, type KeptPreferences, Preferences, lessonsFrom } from "../model/preferences.svelte";

const KEY = "tinkernet-preferences";
/** The usual size of text in a browser, in CSS pixels. */
export const USUAL_TEXT = 16;

/** The person's preferences, which follow the system and the room inside `target` until `stop` is called. */
export function followBrowser(target: Element): { preferences: Preferences; stop: () => void } {
  const preferences = new Preferences(keep);
  const { theme, size, logLoss, used, lessons } = read();
  if (theme === "light" || theme === "dark") preferences.theme = theme;
  if (size === "projector") preferences.size = size;
  if (typeof logLoss === "boolean") preferences.logLoss = logLoss;
  if (Array.isArray(used)) preferences.used = CLUES.filter((clue) => used.includes(clue));
  preferences.lessons = lessonsFrom(lessons);
  // As large as text is in this browser: it changes its size when the person changes that of text. The root of a document
  // around a shadow root has a size that somebody chose for that document.
  const ofText = target.getRootNode() instanceof ShadowRoot ? "medium" : "1rem";
  const text = document.createElement("span");
  text.style.cssText = "position:absolute;width:1em;height:1em;visibility:hidden;pointer-events:none";
  text.style.fontSize = ofText;
  target.append(text);
  const measure = (): void => {
    // A sheet of paper is no window: what is printed is what was on the screen.
    if (matchMedia("print").matches) return;
    const now = roomOf(target, text);
    if (now.width > 0 && now.height > 0) preferences.room = now;
  };
  measure();
  const observer = new ResizeObserver(measure);
  observer.observe(target);
  observer.observe(text);
  const stops = [
    follow("(prefers-color-scheme: dark)", (on) => (preferences.systemTheme = on ? "dark" : "light")),
    follow("(prefers-reduced-motion: reduce)", (on) => (preferences.calm = on)),
    follow("(prefers-contrast: more)", (on) => (preferences.contrast = on)),
    follow("(forced-colors: active)", (on) => (preferences.forced = on)),
    follow(COARSE, measure),
  ];
  return {
    preferences,
    stop: () => {
      observer.disconnect();
      text.remove();
      for (const stop of stops) stop();
    },
  };
}

const COARSE = "(pointer: coarse)";

function roomOf(target: Element, text: Element): Room {
  return {
    width: target.clientWidth,
    height: target.clientHeight,
    text: Number.parseFloat(getComputedStyle(text).fontSize) / USUAL_TEXT || 1,
    density: devicePixelRatio,
    touch: matchMedia(COARSE).matches,
  };
}

function keep(preferences: KeptPreferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // Storage may be forbidden: then they hold until the page closes.
  }
}

function read(): { [name in keyof KeptPreferences]?: unknown } {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as { [name in keyof KeptPreferences]?: unknown };
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
