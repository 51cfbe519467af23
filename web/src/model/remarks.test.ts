import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Remarks, readingTime } from "./remarks.svelte";

const SIX = ["one", "two", "three", "four", "five", "six"].map((name) => `Ignored unknown setting “${name}”.`);

let remarks: Remarks;

/** What is shown, second by second. */
function shownOver(seconds: number): (string | undefined)[] {
  return Array.from({ length: seconds }, () => {
    const { current } = remarks;
    vi.advanceTimersByTime(1_000);
    return current?.text;
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  remarks = new Remarks();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("remarks", () => {
  it("are all shown, each for as long as it takes to read it", () => {
    for (const text of SIX) remarks.notice(text);
    expect(remarks.waiting).toBe(5);
    const shown = shownOver(30);
    for (const text of SIX)
      expect(shown.filter((one) => one === text).length).toBeGreaterThanOrEqual(Math.floor(readingTime(text) / 1_000));
    expect(shown.filter((text, place) => text !== undefined && text !== shown[place - 1])).toEqual(SIX);
    expect(remarks.current).toBeNull();
  });

  it("are not thrown away by an action that comes before they could be read", () => {
    for (const text of SIX) remarks.notice(text);
    for (let times = 0; times < 10; times++) remarks.acted();
    expect([remarks.current?.text, remarks.waiting]).toEqual([SIX[0], 5]);
    remarks.notice("Undone.", true);
    vi.advanceTimersByTime(readingTime(SIX[0] ?? "") + 100);
    expect(remarks.current?.text).toBe(SIX[1]);
  });

  it("of trouble come first, and the notice that they interrupt comes again", () => {
    remarks.notice("Link copied.");
    remarks.trouble("This was not applied.");
    expect([remarks.current?.kind, remarks.waiting]).toEqual(["trouble", 1]);
    vi.advanceTimersByTime(readingTime("This was not applied."));
    expect(remarks.current?.text).toBe("Link copied.");
  });

  it("of trouble alone stay until they are dismissed", () => {
    remarks.trouble("This was not applied.");
    vi.advanceTimersByTime(600_000);
    remarks.acted();
    expect(remarks.current?.kind).toBe("trouble");
    remarks.dismiss();
    expect(remarks.current).toBeNull();
  });

  it("of the same words are one, and a flood of them is bounded", () => {
    for (let times = 0; times < 3; times++) remarks.notice("Undone.");
    expect(remarks.waiting).toBe(0);
    for (let times = 0; times < 1_000; times++) remarks.trouble(`${String(times)} cannot be.`);
    expect(remarks.waiting).toBeLessThan(20);
  });

  it("leave no timer once they are cleared", () => {
    for (const text of SIX) remarks.notice(text);
    remarks.clear();
    expect([remarks.current, remarks.waiting, vi.getTimerCount()]).toEqual([null, 0, 0]);
  });
});
