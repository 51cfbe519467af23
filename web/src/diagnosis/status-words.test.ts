import { describe, expect, it } from "vitest";
import { statusWords } from "./status-words";

const at = { diverged: false, playing: false, epochsPerSecond: 0, position: 0, epoch: 0 };

describe("how the run is", () => {
  it("is said in a few words", () => {
    expect(statusWords(at)).toBe("Ready. Press Play to train.");
    expect(statusWords(at, false)).toBe("Ready.");
    expect(statusWords({ ...at, playing: true, epochsPerSecond: 0.046 })).toBe("Training, 0.046 epochs per second");
    expect(statusWords({ ...at, epoch: 45 })).toBe("Paused at epoch 45");
    expect(statusWords({ ...at, epoch: 4, position: 1 })).toBe("Paused in epoch 5, after 1 point");
    expect(statusWords({ ...at, playing: true, epochsPerSecond: 60.2 })).toBe("Training, 60 epochs per second");
    expect(statusWords({ ...at, diverged: true })).toContain("Try a smaller learning rate");
    expect(statusWords({ ...at, diverged: true }, true, false)).toBe("Training diverged.");
  });
});
