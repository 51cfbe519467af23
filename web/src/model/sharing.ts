// What can be passed on: each with what it is for, so that nobody is sent what does not open for them.

import type { State } from "../protocol/messages";
import type { Host } from "./host";

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
      name: "Command",
      text: sharing.command,
      use: "For anyone who has tinkernet: run it in a terminal. It opens exactly this page.",
      copied: "Command copied. It opens this experiment for anyone who has tinkernet.",
    },
    {
      name: "Bookmark",
      text: host.addressOf(link),
      use: "For yourself: it opens on this computer, in this browser, while tinkernet is running.",
      copied: "Address copied. It opens on this computer while tinkernet is running.",
    },
  ];
  if (sharing.original_link !== null)
    shares.unshift({
      name: "TensorFlow Playground link",
      text: sharing.original_link,
      use: "For everyone: it opens this experiment on playground.tensorflow.org, with nothing to install.",
      copied: "Link copied. It opens this experiment on playground.tensorflow.org.",
    });
  return shares;
}
