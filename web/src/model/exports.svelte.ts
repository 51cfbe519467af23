// What a person takes along as text: the Python that makes the run, and its points.

import type { AskCode, AskPoints, PointsText, PythonCode } from "../protocol/messages";

export class Exports {
  /** The code; null until it has come. */
  code = $state<string | null>(null);
  #savePoints: ((csv: string) => void) | null = null;

  constructor(private readonly send: (message: AskCode | AskPoints) => void) {}

  askCode = (): void => {
    this.code = null;
    this.send({ type: "ask-code" });
  };

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
