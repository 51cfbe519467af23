import { describe, expect, it } from "vitest";
import { type Room, arrange, heightFor } from "./arrangement";

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

describe("the panel for reading", () => {
  it("takes nothing where there is none", () => {
    const alone = arrange(room(1440, 900), "automatic");
    expect(alone.panel).toBeNull();
    expect(alone.whole).toEqual({ width: 1440, height: 900 });
  });
  it("stands at the side of what is wide, and at the bottom of what is high", () => {
    for (const [width, height, at] of [
      [2560, 1440, "side"],
      [1024, 768, "side"],
      [640, 360, "side"],
      [820, 1180, "bottom"],
      [360, 640, "bottom"],
    ] as const)
      expect(arrange(room(width, height), "automatic", "open").panel?.at).toBe(at);
  });
  it("shares the room with the page, without a rest and without covering it", () => {
    for (const panel of ["open", "folded"] as const)
      for (const [width, height] of [
        [2560, 1440],
        [1366, 625],
        [844, 390],
        [390, 844],
      ] as const) {
        const all = arrange(room(width, height), "automatic", panel);
        const [across, down] = all.panel?.at === "side" ? [all.panel.width, 0] : [0, all.panel?.height ?? 0];
        expect(all.width + across).toBeCloseTo(all.whole.width);
        expect(all.height + down).toBeCloseTo(all.whole.height);
        expect(all.whole.width * all.zoom).toBeCloseTo(width);
        expect(all.whole.height * all.zoom).toBeCloseTo(height);
      }
  });
  it("leaves a desk a desk where it can", () => {
    for (const [width, height] of [
      [2560, 1440],
      [1440, 900],
      [1366, 625],
      [1280, 600],
    ] as const)
      expect(arrange(room(width, height), "automatic", "open").layout).toBe("desk");
    expect(arrange(room(1440, 900), "automatic", "open").panel?.width).toBe(360);
    expect(arrange(room(1920, 1080), "automatic", "open").panel?.width).toBe(380);
  });
  it("is folded to a strip as wide or as high as a fingertip", () => {
    expect(arrange(room(844, 390), "automatic", "folded").panel?.width).toBe(44);
    expect(arrange(room(640, 360), "automatic", "folded").layout).toBe("side");
    expect(arrange(room(390, 844), "automatic", "folded").panel?.height).toBe(44);
  });
  it("is narrower in a small window, where the page has the rest", () => {
    expect(arrange(room(844, 390), "automatic", "open").panel?.width).toBe(253);
    expect(arrange(room(640, 360), "automatic", "open").panel?.width).toBe(240);
    expect(arrange(room(640, 360), "automatic", "open").layout).toBe("thumb");
  });
  it("grows with the page, from 1600 pixels and the panel on", () => {
    expect(arrange(room(1980, 1440), "automatic", "open").zoom).toBe(1);
    expect(arrange(room(2560, 1440), "automatic", "open").zoom).toBeCloseTo(2560 / 1980);
    expect(arrange(room(2560, 1440), "automatic", "folded").zoom).toBeCloseTo(2560 / 1644);
  });
  it("is never enlarged beyond what page and panel need", () => {
    expect(arrange(room(640, 360), "projector", "open").zoom).toBe(1);
    expect(arrange(room(390, 844), "projector", "open").zoom).toBeCloseTo(390 / 360);
  });
});

it("an element's height follows from its width, and leads to a layout in which little scrolls", () => {
  const layoutOf = (width: number): string => {
    const { layout, low } = arrange(
      { width, height: heightFor(width, 1), text: 1, density: 1, touch: false },
      "automatic",
    );
    return low ? `${layout}, low` : layout;
  };
  expect([1600, 1300, 1181].map(layoutOf)).toEqual(["desk", "desk", "desk"]);
  expect([1180, 1000, 961].map(layoutOf)).toEqual(["desk, low", "desk, low", "desk, low"]);
  expect([960, 700, 600].map(layoutOf)).toEqual(["side, low", "side, low", "side, low"]);
  expect([599, 400, 320].map(layoutOf)).toEqual(["thumb", "thumb", "thumb"]);
});

it("an element's page keeps to the height that is in sight, if that is enough", () => {
  expect(heightFor(689, 1, 578)).toBe(578);
  expect(heightFor(1300, 1, 578.4)).toBe(578);
  expect(heightFor(689, 1, 800)).toBe(heightFor(689, 1));
  expect(heightFor(1300, 1, 312)).toBe(heightFor(1300, 1));
});

it("with larger text an element's page is as it is in a narrower one, enlarged", () => {
  expect(heightFor(1500, 1.5)).toBe(1.5 * heightFor(1000, 1));
  expect(heightFor(1000, 0.8)).toBe(heightFor(1000, 1));
});
