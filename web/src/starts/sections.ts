// The sections of the wall when it is ordered by what the starts found.

import type { WallFrame } from "../protocol/frames";
import { succeeded } from "./share";
import { groupsOf, loners } from "./shapes";

export interface WallSection {
  heading: string;
  starts: readonly number[];
}

/** A section for each shape that more than one start found, and one for all others. */
export function sectionsByShape(wall: WallFrame, threshold: number): WallSection[] {
  const { together, alone } = loners(groupsOf(wall));
  const success = (starts: readonly number[]): string => {
    const made = succeeded(
      starts.map((start) => wall.trainLosses[start] ?? NaN),
      threshold,
    );
    return made === starts.length
      ? "all make it"
      : made === 0
        ? "none makes it"
        : `${made} ${made === 1 ? "makes" : "make"} it`;
  };
  const sections = together.map(({ members }) => ({
    heading: `${members.length} alike, ${success(members)}`,
    starts: members,
  }));
  if (alone.length === 0) return sections;
  return [...sections, { heading: `${alone.length} like no other, ${success(alone)}`, starts: alone }];
}
