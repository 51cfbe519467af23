// What could not be done, or is worth knowing: one line at a time, each for as long as it takes to read.

export interface Remark {
  kind: "trouble" | "notice";
  text: string;
  /** Milliseconds that it is shown where nothing else waits. */
  most: number;
}

/** Milliseconds until a notice goes. A passing one stays only as long as reading it takes. */
const NOTICE = 12_000;
const PASSING = 4_000;
/** Beyond so many that wait the oldest notice is dropped: nobody reads on for minutes. */
const MOST_WAITING = 12;

export class Remarks {
  current = $state.raw<Remark | null>(null);
  /** How many come after the current one. */
  waiting = $state(0);
  #queue: Remark[] = [];
  #shownAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Is shown at once, and stays until it is dismissed or something else has waited while it was read. */
  trouble(text: string): void {
    const { current } = this;
    if (current?.kind === "notice" && !this.#isRead(current)) this.#queue.unshift(current);
    // Troubles come in their order, before the notices.
    const troubles = this.#queue.filter((remark) => remark.kind === "trouble");
    const notices = this.#queue.filter((remark) => remark.kind === "notice");
    this.#queue = [...troubles, { kind: "trouble", text, most: Infinity }, ...notices];
    if (current?.kind === "trouble" && current.text !== text) this.#wait();
    else this.#next();
  }

  /** Is shown after what is there, until the person does something else, or for some seconds. */
  notice(text: string, passing = false): void {
    if (text === this.current?.text || this.#queue.some((remark) => remark.text === text)) return;
    this.#queue.push({ kind: "notice", text, most: passing ? PASSING : NOTICE });
    if (this.#queue.length > MOST_WAITING) {
      const oldest = this.#queue.findIndex((remark) => remark.kind === "notice");
      this.#queue.splice(oldest, 1);
    }
    if (this.current === null) this.#next();
    else this.#wait();
  }

  /** The current one goes, and the next one comes. */
  dismiss = (): void => {
    this.#next();
  };

  /** Forgets them all. */
  clear(): void {
    this.#queue = [];
    this.#next();
  }

  /** The person did something: a notice that was there long enough has been read. */
  acted(): void {
    if (this.current?.kind === "notice" && this.#isRead(this.current)) this.#next();
  }

  #isRead(remark: Remark): boolean {
    return Date.now() - this.#shownAt >= readingTime(remark.text);
  }

  #next(): void {
    this.current = this.#queue.shift() ?? null;
    this.#shownAt = Date.now();
    this.#wait();
  }

  /** Lets the current one go at its time, which is sooner where others wait. */
  #wait(): void {
    clearTimeout(this.#timer);
    this.waiting = this.#queue.length;
    if (this.current === null) return;
    const { most, text } = this.current;
    const stays = this.waiting === 0 ? most : Math.min(most, readingTime(text));
    if (stays !== Infinity) this.#timer = setTimeout(this.dismiss, stays - (Date.now() - this.#shownAt));
  }
}

/** Milliseconds that reading a line takes, with a moment to notice it. */
export function readingTime(text: string): number {
  return 1_500 + 50 * text.length;
}
