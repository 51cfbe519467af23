// The one line that says what could not be done, or is worth knowing.

export interface Remark {
  kind: "trouble" | "notice";
  text: string;
}

/** Milliseconds until a notice goes. A passing one stays only as long as reading it takes. */
const NOTICE = 12_000;
const PASSING = 4_000;

export class Remarks {
  current = $state.raw<Remark | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Stays until it is dismissed. */
  trouble(text: string): void {
    this.#show({ kind: "trouble", text });
  }

  /** Stays until the person does something else, or some seconds. */
  notice(text: string, passing = false): void {
    this.#show({ kind: "notice", text });
    this.#timer = setTimeout(this.dismiss, passing ? PASSING : NOTICE);
  }

  dismiss = (): void => {
    clearTimeout(this.#timer);
    this.current = null;
  };

  /** The person did something: a notice has been read. */
  acted(): void {
    if (this.current?.kind === "notice") this.dismiss();
  }

  #show(remark: Remark): void {
    clearTimeout(this.#timer);
    this.current = remark;
  }
}
