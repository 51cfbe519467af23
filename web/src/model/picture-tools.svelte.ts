// Tools for the large picture. While they are open they take the place of what is below it.

export class PictureTools {
  on = $state(false);
  /** Whether there is something to use them on. */
  possible = $state(false);
  #returns = false;

  open = (): void => {
    this.on = this.possible;
  };

  /** Closes them; where a person asked for that, the focus returns to what has opened them. */
  close(byPerson = false): void {
    if (!this.on) return;
    this.on = false;
    this.#returns = byPerson;
  }

  /** Whether the button that opens them takes the focus, now that it is back: asked once. */
  takeReturn(): boolean {
    const returns = this.#returns;
    this.#returns = false;
    return returns;
  }

  protected allow(possible: boolean): void {
    this.possible = possible;
    if (!possible) this.close();
  }
}
