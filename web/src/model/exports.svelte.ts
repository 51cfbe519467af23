// What a person takes along: the Python that makes the run, its points, and its network for other libraries.

import type { AskCode, AskExport, AskPoints, Exported, PointsText, PythonCode } from "../protocol/messages";

export class Exports {
  /** The code; null until it has come. */
  code = $state<string | null>(null);
  /** The network for the library or format that was asked for last; null until it has come. */
  network = $state.raw<Exported | null>(null);
  #asked: Pick<AskExport, "target" | "training"> | null = null;
  #savePoints: ((csv: string) => void) | null = null;

  constructor(private readonly send: (message: AskCode | AskExport | AskPoints) => void) {}

  askCode = (): void => {
    this.code = null;
    this.send({ type: "ask-code" });
  };

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
      return;
    }
    this.#savePoints?.(text.csv);
    this.#savePoints = null;
  }
}
