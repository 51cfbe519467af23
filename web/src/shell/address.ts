// The address holds the experiment and the view at every moment, and each experiment is a step to go back to.

import type { State } from "../protocol/messages";

export class Address {
  readonly #unfollow: () => void;
  /** The experiment that the address holds, as text. */
  #shown = "";
  #dragging = false;
  /** A person went to this address: it is made plain in place, without a new step. */
  #following = false;

  /** Calls `open` when a person goes back, forward, or types another address after '#'. */
  constructor(open: (link: string) => void) {
    // A step back fires both events where the '#' differs: the second finds nothing new.
    let last = "";
    let when = 0;
    const follow = (event: Event): void => {
      const link = location.hash.slice(1);
      if (link === last && event.timeStamp - when < 100) return;
      last = link;
      when = event.timeStamp;
      this.#following = true;
      open(link);
    };
    addEventListener("popstate", follow);
    addEventListener("hashchange", follow);
    this.#unfollow = () => {
      removeEventListener("popstate", follow);
      removeEventListener("hashchange", follow);
    };
  }

  /** Follows nobody any longer. */
  destroy(): void {
    this.#unfollow();
  }

  /** Puts the state's link after '#'. Another experiment is a new step in the history, and a whole drag is one. */
  show(state: State, dragging: boolean): void {
    const experiment = JSON.stringify(state.experiment);
    const first = this.#shown === "";
    const step = !first && !this.#following && experiment !== this.#shown && !this.#dragging;
    this.#dragging = dragging;
    this.#following = false;
    this.#shown = experiment;
    if (location.hash.slice(1) === state.link) return;
    const address = `${location.pathname}${location.search}#${state.link}`;
    if (step) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }
}
