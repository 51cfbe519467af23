import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Connectable, Connections, KEPT_MILLISECONDS, MOST_CONNECTED } from "./connections";

class Figure implements Connectable {
  connected = false;
  connections = 0;

  connect = (): void => {
    this.connected = true;
    this.connections++;
  };

  disconnect = (): void => {
    this.connected = false;
  };
}

let connections: Connections;
let figures: Figure[];

const connected = (): number[] => figures.flatMap((figure, i) => (figure.connected ? [i] : []));
const enter = (i: number): void => connections.enter(figures[i] as Figure);
const leave = (i: number): void => connections.leave(figures[i] as Figure);

beforeEach(() => {
  vi.useFakeTimers();
  connections = new Connections();
  figures = Array.from({ length: 6 }, () => new Figure());
});

afterEach(() => {
  vi.useRealTimers();
});

describe("figures that are scrolled through", () => {
  it("are connected while they are in sight, and a little longer", () => {
    enter(0);
    expect(connected()).toEqual([0]);
    leave(0);
    vi.advanceTimersByTime(KEPT_MILLISECONDS - 1);
    expect(connected()).toEqual([0]);
    vi.advanceTimersByTime(1);
    expect(connected()).toEqual([]);
  });

  it("keep their connection when they come back soon", () => {
    enter(0);
    leave(0);
    vi.advanceTimersByTime(KEPT_MILLISECONDS / 2);
    enter(0);
    vi.advanceTimersByTime(2 * KEPT_MILLISECONDS);
    expect(connected()).toEqual([0]);
    expect(figures[0]?.connections).toBe(1);
  });

  it("are connected again when they come back late", () => {
    enter(0);
    leave(0);
    vi.advanceTimersByTime(KEPT_MILLISECONDS);
    enter(0);
    expect(figures[0]?.connections).toBe(2);
  });

  it("are never more than a few at once, and the next waits for its turn", () => {
    for (let i = 0; i < 5; i++) enter(i);
    expect(connected()).toEqual([0, 1, 2]);
    leave(1);
    expect(connected()).toEqual([0, 2, 3]);
    leave(0);
    expect(connected()).toEqual([2, 3, 4]);
    expect(connected()).toHaveLength(MOST_CONNECTED);
  });

  it("that are out of sight make room at once", () => {
    for (let i = 0; i < 3; i++) enter(i);
    leave(0);
    expect(connected()).toEqual([0, 1, 2]);
    enter(3);
    expect(connected()).toEqual([1, 2, 3]);
  });

  it("that have passed while they waited are not connected", () => {
    for (let i = 0; i < 4; i++) enter(i);
    leave(3);
    leave(0);
    vi.advanceTimersByTime(KEPT_MILLISECONDS);
    expect(connected()).toEqual([1, 2]);
  });

  it("are all disconnected when they end, and leave no timer", () => {
    for (let i = 0; i < 5; i++) enter(i);
    leave(0);
    for (const figure of figures) connections.end(figure);
    expect(connected()).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
