// What can be passed on: each with what it is for, so that nobody is sent what does not open for them.

import type { State } from "../protocol/messages";
import type { Host } from "./host";
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

/** All ways to share what the page shows, the one that opens for most people first. */
export function sharesOf({ sharing, link }: State, host: Host): Share[] {
  const shares: Share[] = [
    {
      name: SHARING.command,
      text: sharing.command,
      use: SHARING.commandUse,
      copied: SHARING.commandCopied,
    },
    {
      name: SHARING.bookmark,
      text: host.addressOf(link),
      use: SHARING.bookmarkUse,
      copied: SHARING.bookmarkCopied,
    },
  ];
  if (sharing.original_link !== null)
    shares.unshift({
      name: SHARING.original,
      text: sharing.original_link,
      use: SHARING.originalUse,
      copied: SHARING.originalCopied,
    });
  return shares;
}
