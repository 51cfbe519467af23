// What could not be done, or is worth knowing: one line at a time, each for as long as it takes to read.

export interface Remark {
  kind: "trouble" | "notice";
  text: string;
}

/** A remark with the milliseconds that it is shown where no other waits: infinite for trouble. */
interface Timed extends Remark {
  most: number;
}

/** A notice disappears automatically. A passing one stays only as long as reading it takes. */
const NOTICE = 12_000;
const PASSING = 4_000;
/** Of more than so many that wait the oldest is dropped: nobody reads on for minutes. */
const MOST_WAITING = 12;

export class Remarks {
  current = $state.raw<Remark | null>(null);
  /** How many come after the current one. */
  waiting = $state(0);
  #current: Timed | null = null;
  #rest: Timed[] = [];
  #shownAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Is shown before all notices, and stays until it is dismissed, or is read while another waits. */
  trouble(text: string): void {
    if (this.#has(text)) return;
    const trouble: Timed = { kind: "trouble", text, most: Infinity };
    if (this.#current?.kind === "trouble") {
      const notice = this.#rest.findIndex((remark) => remark.kind === "notice");
      this.#rest.splice(notice < 0 ? this.#rest.length : notice, 0, trouble);
      this.#wait();
    } else {
      if (this.#current !== null && !this.#isRead()) this.#rest.unshift(this.#current);
      this.#rest.unshift(trouble);
      this.dismiss();
    }
  }

  /** Is shown after what is there, until the person does something else, or for some seconds. */
  notice(text: string, passing = false): void {
    if (this.#has(text)) return;
    this.#rest.push({ kind: "notice", text, most: passing ? PASSING : NOTICE });
    if (this.#current === null) this.dismiss();
    else this.#wait();
  }

  /** Shows the next remark. */
  dismiss = (): void => {
    this.#current = this.#rest.shift() ?? null;
    this.current = this.#current && { kind: this.#current.kind, text: this.#current.text };
    this.#shownAt = Date.now();
    this.#wait();
  };

  /** Forgets them all. */
  clear(): void {
    this.#rest = [];
    this.dismiss();
  }

  /** The person did something: a passing notice is out of date then, and another goes if there was time to read it. */
  acted(): void {
    const most = this.#current?.most ?? Infinity;
    if (most === PASSING || (most === NOTICE && this.#isRead())) this.dismiss();
  }

  #has(text: string): boolean {
    return [this.#current, ...this.#rest].some((remark) => remark?.text === text);
  }

  #isRead(): boolean {
    return this.#current !== null && Date.now() - this.#shownAt >= readingTime(this.#current.text);
  }

  /** Lets the current remark go at its time: sooner where others wait. */
  #wait(): void {
    clearTimeout(this.#timer);
    this.#rest.splice(0, this.#rest.length - MOST_WAITING);
    this.waiting = this.#rest.length;
    if (this.#current === null) return;
    const { text, most } = this.#current;
    const shown = this.waiting === 0 ? most : Math.min(most, readingTime(text));
    if (shown !== Infinity) this.#timer = setTimeout(this.dismiss, this.#shownAt + shown - Date.now());
  }
}

/** Milliseconds that noticing and reading a line takes. */
export function readingTime(text: string): number {
  return 1_500 + 50 * text.length;
}
