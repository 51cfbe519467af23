import { describe, expect, it } from "vitest";
import { type Room, arrange } from "./arrangement";

function room(width: number, height: number, more: Partial<Room> = {}): Room {
  return { width, height, text: 1, density: 1, touch: false, ...more };
}

describe("a window", () => {
  it("has a desk where there is room for one", () => {
    for (const [width, height] of [
      [2560, 1440],
      [1920, 1080],
      [1440, 900],
      [1366, 625],
      [1280, 600],
      [1024, 768],
      [1024, 640],
    ] as const)
      expect(arrange(room(width, height), "automatic").layout).toBe("desk");
  });
  it("has network and output beside each other where it is low", () => {
    for (const [width, height] of [
      [844, 390],
      [911, 438],
      [720, 450],
      [640, 360],
      [683, 384],
    ] as const)
      expect(arrange(room(width, height), "automatic").layout).toBe("side");
  });
  it("has everything below each other where it is narrow", () => {
    for (const [width, height] of [
      [820, 1180],
      [390, 844],
      [360, 640],
      [375, 553],
    ] as const)
      expect(arrange(room(width, height), "automatic").layout).toBe("thumb");
  });
  it("keeps the time line closed below 720 pixels of height", () => {
    expect(arrange(room(1280, 720), "automatic").low).toBe(false);
    expect(arrange(room(1280, 719), "automatic").low).toBe(true);
  });
  it("has room for a reason beside a message from 700 pixels of width on", () => {
    expect(arrange(room(700, 450), "automatic").wordy).toBe(true);
    expect(arrange(room(699, 450), "automatic").wordy).toBe(false);
  });
  it("enlarges everything from 1600 pixels on, as far as both sides allow", () => {
    expect(arrange(room(1600, 900), "automatic").zoom).toBe(1);
    expect(arrange(room(1920, 1080), "automatic").zoom).toBeCloseTo(1.2);
    expect(arrange(room(2560, 1440), "automatic").zoom).toBeCloseTo(1.6);
    expect(arrange(room(2560, 800), "automatic").zoom).toBe(1);
  });
  it("enlarges with the text size of the browser and for a projector", () => {
    const text = arrange(room(1366, 768, { text: 1.5 }), "automatic");
    expect([text.zoom, text.layout]).toEqual([1.5, "side"]);
    expect(arrange(room(1440, 900), "projector").zoom).toBeCloseTo(1.4);
  });
  it("never enlarges beyond what the smallest layout needs", () => {
    expect(arrange(room(390, 844), "projector").zoom).toBeCloseTo(390 / 360);
    expect(arrange(room(640, 360), "projector").zoom).toBe(1);
    expect(arrange(room(320, 480), "projector").zoom).toBe(1);
  });
  it("has large targets for fingers, and wherever room is short", () => {
    expect(arrange(room(1440, 900), "automatic").touch).toBe(false);
    expect(arrange(room(1180, 820, { touch: true }), "automatic").touch).toBe(true);
    expect(arrange(room(390, 844), "automatic").touch).toBe(true);
  });
  it("draws no finer than is seen", () => {
    expect(arrange(room(1440, 900), "automatic").pixels).toBe(1);
    expect(arrange(room(1440, 900, { density: 3 }), "automatic").pixels).toBe(2);
    expect(arrange(room(2560, 1440), "automatic").pixels).toBeCloseTo(1.6);
  });
});
