// What a person takes along: the Python that makes the run, its points, and its network for other libraries.

import type { AskCode, AskExport, AskPoints, Exported, PointsText, PythonCode } from "../protocol/messages";

export class Exports {
  /** The code; null until it has come. */
  code = $state<string | null>(null);
  #waitsForCode = false;
  /** The network for the library or format that was asked for last; null until it has come. */
  network = $state.raw<Exported | null>(null);
  #asked: { target: string; training: boolean } | null = null;
  #savePoints: ((csv: string) => void) | null = null;

  constructor(private readonly send: (message: AskCode | AskExport | AskPoints) => void) {}

  askCode = (): void => {
    this.code = null;
    this.#waitsForCode = true;
    this.send({ type: "ask-code" });
  };

  /** Asks once more what the last connection has not answered. */
  askAgain(): void {
    if (this.#waitsForCode) this.askCode();
    if (this.#asked !== null && this.network === null) this.askNetwork(this.#asked.target, this.#asked.training);
  }

  askNetwork(target: string, training: boolean): void {
    this.network = null;
    this.#asked = { target, training };
    this.send({ type: "ask-export", target, training });
  }

  /** Keeps the answer to the last question, not to one before it. */
  takeNetwork(answer: Exported): void {
    if (answer.target === this.#asked?.target && answer.training === this.#asked.training) this.network = answer;
  }

  /** Asks for the points as CSV, and hands them over once they are here. */
  askPoints(save: (csv: string) => void): void {
    this.#savePoints = save;
    this.send({ type: "ask-points" });
  }

  take(text: PythonCode | PointsText): void {
    if (text.type === "python-code") {
      this.code = text.code;
      this.#waitsForCode = false;
      return;
    }
    this.#savePoints?.(text.csv);
    this.#savePoints = null;
  }
}
