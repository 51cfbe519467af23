// What can be passed on: each with what it is for, so that nobody is sent what does not open for them.

import type { State } from "../protocol/messages";
import type { Host } from "./host";
import { count } from "../numbers/format";
import * as SHARING from "../words/sharing";

export interface Share {
  name: string;
  /** What is copied. */
  text: string;
  /** Who can open it, and how. */
  use: string;
  /** What is said once it is copied. */
  copied: string;
}

/** Whether the points of own data are in the link, and how long it is then; "" for other data. */
export function pointsInLink({ data, link }: Pick<State, "data" | "link">): string {
  if (data === null) return "";
  return data.in_link ? SHARING.withPoints(count(link.length)) : SHARING.withoutPoints;
}

/** All ways to share what the page shows, the one that opens for most people first. */
export function sharesOf(state: State, host: Host): Share[] {
  const { sharing, link } = state;
  const points = pointsInLink(state);
  const shares: Share[] = [
    {
      name: SHARING.command,
      text: sharing.command,
      use: `${SHARING.commandUse} ${points}`.trim(),
      copied: SHARING.commandCopied,
    },
  ];
  const address = host.addressOf(link);
  if (address !== null)
    shares.push({
      name: SHARING.bookmark,
      text: address,
      use: `${SHARING.bookmarkUse} ${points}`.trim(),
      copied: SHARING.bookmarkCopied,
    });
  if (sharing.original_link !== null)
    shares.unshift({
      name: SHARING.original,
      text: sharing.original_link,
      use: SHARING.originalUse,
      copied: SHARING.originalCopied,
    });
  return shares;
}
