import { describe, expect, it } from "vitest";
import { PathGesture, density, dotText, moveText } from "./strokes";

/** The centres of each stroke of a text, in hundredths. */
function centresOf(text: string, head: number): [number, number][][] {
  return text.split("_").map((stroke) => {
    const numbers = stroke.split(",").slice(head).map(Number);
    let [x, y] = [0, 0];
    const centres: [number, number][] = [];
    for (let i = 0; i < numbers.length; i += 2)
      centres.push([(x += numbers[i] as number), (y += numbers[i + 1] as number)]);
    return centres;
  });
}

describe("a gesture", () => {
  it("puts centres evenly along its path, however far the pointer jumps", () => {
    const spray = new PathGesture("spray", 1, 0.5);
    spray.to({ x: -3, y: 0 });
    spray.to({ x: 3, y: 0 });
    const [centres] = centresOf(spray.text, 3);
    expect(centres?.length).toBe(21);
    expect(centres?.[0]).toEqual([-300, 0]);
    expect(centres?.at(-1)).toEqual([300, 0]);
    expect(spray.text.startsWith(`s1,50,${density(0.5)},-300,0,30,0,`)).toBe(true);
  });

  it("only grows: what was sent stays at its beginning", () => {
    const erase = new PathGesture("erase", 1, 0.8);
    let before = "";
    for (let i = 0; i < 50; i++) {
      erase.to({ x: 5 * Math.sin(i / 3), y: 5 * Math.cos(i / 5) });
      expect(erase.text.startsWith(before)).toBe(true);
      before = erase.text;
    }
  });

  it("becomes several strokes where it is long, and stays in the plane", () => {
    const erase = new PathGesture("erase", 1, 0.2);
    for (let i = 0; i < 20; i++) erase.to({ x: i % 2 === 0 ? -9 : 9, y: 0 });
    const strokes = centresOf(erase.text, 1);
    expect(strokes.length).toBeGreaterThan(1);
    expect(strokes.every((stroke) => stroke.length <= 200)).toBe(true);
    expect(strokes.flat().every(([x]) => Math.abs(x) <= 600)).toBe(true);
  });

  it("works again where it stays", () => {
    const spray = new PathGesture("spray", -1, 0.5);
    spray.to({ x: 1, y: 1 });
    spray.again();
    expect(spray.text).toBe(`s-1,50,${density(0.5)},100,100,0,0`);
  });
});

it("a point and a move are written as the server reads them", () => {
  expect(dotText(0.3, { x: 1.234, y: -7 })).toBe("d0.3,123,-600");
  expect(moveText({ x: 1, y: 2, radius: 0.55 }, { x: -1, y: 0.5 })).toBe("m55,100,200,-100,50");
});
