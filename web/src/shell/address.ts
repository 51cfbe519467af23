// The address holds the experiment and the view at every moment, and each experiment is a step to go back to.

import type { State } from "../protocol/messages";

/** The state that marks an entry of the browser's history as one of ours. */
const OURS = "tinkernet";

export class Address {
  readonly #unfollow: () => void;
  /** The experiment that the address holds, as text. */
  #shown = "";
  #dragging = false;
  /** A person went to this address: it is made plain in place, without a new step. */
  #following = false;

  /** Calls `open` when a person goes back, forward, or types another address after '#'. */
  constructor(open: (link: string, step: boolean) => void) {
    // A step back fires both events where the '#' differs: the second finds nothing new.
    let last = "";
    let when = 0;
    const follow = (event: Event): void => {
      const link = location.hash.slice(1);
      if (link === last && event.timeStamp - when < 100) return;
      last = link;
      when = event.timeStamp;
      this.#following = true;
      // A step in the history that we made ourselves leads back to it; an address that was typed brings no state.
      open(link, history.state === OURS);
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
    if (location.hash.slice(1) === state.link && history.state === OURS) return;
    const address = `${location.pathname}${location.search}#${state.link}`;
    if (step) history.pushState(OURS, "", address);
    else history.replaceState(OURS, "", address);
  }
}
