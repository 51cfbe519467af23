import type { State } from "../protocol/messages";

/** What surrounds a page: the address that shows its link, and the memory that finds its session again. */
export interface Host {
  /** The link that the page is to show when it connects: the text after '#'. */
  link(): string;
  /** The name that finds this page's session again, "" at first. */
  session(): string;
  rememberSession(name: string): void;
  /** Shows a new State's link. While a setting is dragged all its States belong to one step. */
  show(state: State, dragging: boolean): void;
  /**
   * Calls `open` when a person goes to another link, and says whether that is a step back or forward to what was open
   * before; returns the function that ends it.
   */
  follow(open: (link: string, step: boolean) => void): () => void;
  /** The address that opens this link; null where there is none, as in a notebook. */
  addressOf(link: string): string | null;
}

/** Remembers everything itself: for a page that does not own the address of its document. */
export class MemoryHost implements Host {
  #session = "";

  constructor(private current = "") {}

  link(): string {
    return this.current;
  }

  session(): string {
    return this.#session;
  }

  rememberSession(name: string): void {
    this.#session = name;
  }

  show(state: State): void {
    this.current = state.link;
  }

  follow(): () => void {
    return () => undefined;
  }

  addressOf(): null {
    return null;
  }
}
