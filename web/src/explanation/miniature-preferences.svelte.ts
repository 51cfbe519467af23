// The preferences of a miniature: those of its page, in a small room.

import { CLUES, Preferences } from "../model/preferences.svelte";

/** A room as narrow as this is arranged as on a phone: everything below each other, nothing beside the inputs. */
const SMALL = { width: 320, height: 640, text: 1 };

/** Preferences that follow those of a page; to be called while a component is made. */
export function followPage(page: Preferences): Preferences {
  const own = new Preferences();
  // The page shows the clues of a first visit.
  own.used = CLUES;
  $effect.pre(() => {
    own.theme = page.theme;
    own.systemTheme = page.systemTheme;
    own.surroundingTheme = page.surroundingTheme;
    own.calm = page.calm;
    own.contrast = page.contrast;
    own.forced = page.forced;
    own.logLoss = page.logLoss;
    own.room = { ...SMALL, density: page.arrangement.pixels, touch: page.arrangement.touch };
  });
  return own;
}
