// Which figures are connected: those in sight, and only a few at a time, as a whole class may read on one server.

export const MOST_CONNECTED = 3;
/** Milliseconds for which a figure that was scrolled away stays connected: often it comes back soon. */
export const KEPT_MILLISECONDS = 5_000;

export interface Connectable {
  connect: () => void;
  disconnect: () => void;
}

type Timer = ReturnType<typeof setTimeout>;

export class Connections {
  /** Each connected figure, with the timer that ends it if it is out of sight. */
  readonly #connected = new Map<Connectable, Timer | null>();
  /** In sight, but too many are before them. */
  readonly #waiting = new Set<Connectable>();

  /** A figure has come into sight. */
  enter(figure: Connectable): void {
    const timer = this.#connected.get(figure);
    if (timer === undefined) {
      this.#waiting.add(figure);
      this.#next();
    } else {
      if (timer !== null) clearTimeout(timer);
      this.#connected.set(figure, null);
    }
  }

  /** A figure is out of sight. */
  leave(figure: Connectable): void {
    this.#waiting.delete(figure);
    if (this.#connected.get(figure) !== null) return;
    this.#connected.set(
      figure,
      setTimeout(() => this.end(figure), KEPT_MILLISECONDS),
    );
    this.#next();
  }

  /** A figure is disconnected now. */
  end(figure: Connectable): void {
    this.#waiting.delete(figure);
    const timer = this.#connected.get(figure);
    if (timer === undefined) return;
    if (timer !== null) clearTimeout(timer);
    this.#connected.delete(figure);
    figure.disconnect();
    this.#next();
  }

  /** Connects the figures that wait, as far as there is room: those out of sight make room. */
  #next(): void {
    for (const figure of this.#waiting) {
      if (this.#connected.size >= MOST_CONNECTED) {
        const away = [...this.#connected].find(([, timer]) => timer !== null);
        // Its end calls this again.
        if (away !== undefined) this.end(away[0]);
        return;
      }
      this.#waiting.delete(figure);
      this.#connected.set(figure, null);
      figure.connect();
    }
  }
}
