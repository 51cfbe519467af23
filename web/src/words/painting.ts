// Painting points on the output.

export const paintPoints = "Paint points";
export const paintPointsHint = "Add, erase and move points on the output. Training continues.";
export const done = "Done";
export const tool = "Tool";
export const tools = {
  spray: { name: "Spray", hint: "Adds points around the pointer as long as you press (S)" },
  dot: { name: "Single point", hint: "Adds one point where you press (P)" },
  erase: { name: "Erase", hint: "Removes all points under the brush (E)" },
  move: { name: "Move", hint: "Drag a circle around some points, then drag the circle (M)" },
};
export const classOfPoints = "Class of the points";
export const valueOfPoints = "Value";
export const brush = "Brush";
export const brushHint = "The radius of the brush ([ and ])";
export const removeAll = "Remove all points";
/** Where there is little room. */
export const removeAllShort = "Remove all";

export const surface = "Plane to paint on";
export const keys =
  "Arrow keys move the brush, with Shift further. Space or Enter uses the tool: S sprays, P places a single point, E erases, M selects and moves. A digit picks the class, [ and ] change the brush, Escape ends painting.";
const points = (n: number) => (n === 1 ? "1 point" : `${n} points`);
export const at = (x: string, y: string, under: number) => `${x}, ${y}: ${points(under)} under the brush`;
export const selected = (n: number) => `${points(n)} selected`;
export const moving = (n: number) => `${points(n)} selected. Arrow keys move them, Space puts them down.`;
export const inAll = (n: number) => `${points(n)} in all`;
export const brushOf = (radius: string) => `Brush ${radius}`;
