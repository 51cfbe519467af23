// The page as a widget shows it: the larger of the widget's two scripts.

import { MemoryHost } from "../model/host";
import type { OpenTransport } from "../protocol/transport";
import { embed } from "../shell/embed";

/** Puts a page into an element; the link shows what tinkernet's own page would open. */
export function open(element: HTMLElement, transport: OpenTransport): { destroy(): void } {
  return embed(element, { transport, host: new NotebookHost() });
}

export interface PageModule {
  open: typeof open;
}

/** A notebook's address shows the notebook: the link says which experiment it is. */
class NotebookHost extends MemoryHost {
  /** The session is the widget's, whatever the page was before: it opens no link when it connects. */
  override link(): string {
    return "";
  }
}
