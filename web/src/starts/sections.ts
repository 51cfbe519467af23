// The sections of the wall when it is ordered by what the starts found.

import type { WallFrame } from "../protocol/frames";
import { succeeded } from "./share";
import { groupsOf, loners } from "./shapes";
import * as STARTS from "../words/starts";

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
    if (made === starts.length) return made === 1 ? STARTS.itSucceeds : STARTS.allSucceed;
    if (made === 0) return STARTS.noneSucceed;
    return STARTS.succeed(made);
  };
  const sections = together.map(({ members }) => ({
    heading: STARTS.similar(members.length, success(members)),
    starts: members,
  }));
  if (alone.length === 0) return sections;
  return [...sections, { heading: STARTS.unique(alone.length, success(alone)), starts: alone }];
}
