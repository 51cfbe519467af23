// Where each start stands on the wall. Pure: a width and an order in, places out.

export interface WallTile {
  /** Which start. */
  start: number;
  x: number;
  y: number;
}

export interface WallHeading {
  text: string;
  y: number;
}

export interface WallLayout {
  size: number;
  height: number;
  tiles: WallTile[];
  headings: WallHeading[];
}

export interface WallRoom {
  width: number;
  perRow: number;
  gap: number;
  /** Room for the loss under each slide. */
  caption: number;
}

const HEADING = 28;

/** Sections one below the other, each with its heading where it has one. */
export function layoutWall(
  room: WallRoom,
  sections: readonly { heading: string; starts: readonly number[] }[],
): WallLayout {
  const size = Math.max(8, (room.width - room.gap * (room.perRow - 1)) / room.perRow);
  const tiles: WallTile[] = [];
  const headings: WallHeading[] = [];
  let y = 0;
  for (const { heading, starts } of sections) {
    if (heading !== "") {
      headings.push({ text: heading, y });
      y += HEADING;
    }
    starts.forEach((start, i) => {
      tiles.push({
        start,
        x: (i % room.perRow) * (size + room.gap),
        y: y + Math.floor(i / room.perRow) * (size + room.caption),
      });
    });
    y += Math.ceil(starts.length / room.perRow) * (size + room.caption);
  }
  return { size, height: y, tiles, headings };
}
