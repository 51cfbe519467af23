import { describe, expect, it } from "vitest";
import type { AskCode, AskExport, AskPoints, Exported } from "../protocol/messages";
import { Exports } from "./exports.svelte";

const answer = (target: string): Exported =>
  ({ type: "exported", target, training: false, text: target, data: "", file: "", refusal: "" }) as Exported;

function asked(): { exports: Exports; sent: (AskCode | AskExport | AskPoints)[] } {
  const sent: (AskCode | AskExport | AskPoints)[] = [];
  return { exports: new Exports((message) => sent.push(message)), sent };
}

describe("what is taken along", () => {
  it("is the answer to the last question", () => {
    const { exports } = asked();
    exports.askNetwork("one", false);
    exports.askNetwork("other", false);
    exports.takeNetwork(answer("one"));
    expect(exports.network).toBeNull();
    exports.takeNetwork(answer("other"));
    expect(exports.network?.text).toBe("other");
  });

  it("is asked for once more where the connection was lost before the answer", () => {
    const { exports, sent } = asked();
    exports.askAgain();
    expect(sent).toEqual([]);
    exports.askCode();
    exports.askNetwork("one", true);
    exports.askAgain();
    expect(sent.slice(2)).toEqual([{ type: "ask-code" }, { type: "ask-export", target: "one", training: true }]);
    exports.take({ type: "python-code", code: "run" });
    exports.takeNetwork({ ...answer("one"), training: true });
    exports.askAgain();
    expect(sent).toHaveLength(4);
  });
});
