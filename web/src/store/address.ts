// The address holds the experiment and the view at every moment.

import type { State } from "../wire/messages";

/** Puts the state's link after '#': a new step in the history when the experiment is another one. */
export function showLink(state: State, before: State | null, dragging: boolean): void {
  const now = location.hash.slice(1);
  if (now === state.link) return;
  const address = `${location.pathname}${location.search}#${state.link}`;
  const same = before === null || dragging || JSON.stringify(before.experiment) === JSON.stringify(state.experiment);
  if (same) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
}

/** Calls `open` when a person goes back, forward, or types another address after '#'. */
export function followAddress(open: (link: string) => void): void {
  // A step back fires both events where the '#' differs: the second finds nothing new.
  let last = "";
  let when = 0;
  const follow = (event: Event): void => {
    const link = location.hash.slice(1);
    if (link === last && event.timeStamp - when < 100) return;
    last = link;
    when = event.timeStamp;
    open(link);
  };
  addEventListener("popstate", follow);
  addEventListener("hashchange", follow);
}
