// Files that are dropped anywhere on a page, and tables that are pasted where no field has the focus.

import type { OwnFile } from "../model/own-data.svelte";
import { eventsAround } from "../ui/surrounding-events";
import { isTable, pastedFile } from "../model/pasted";

export interface Incoming {
  /** A file is being dragged over the page, or no longer. */
  dragged: (over: boolean) => void;
  /** It was dropped, or a table was pasted; of several files it is the first. */
  take: (file: OwnFile, several: boolean) => void;
  /** A folder was dropped, which has this name. */
  refuseFolder: (name: string) => void;
  /** Whether the page takes files now. */
  wanted: () => boolean;
  /** Whether a paste is for the page: nothing else is open that could want it. */
  free: () => boolean;
}

const FIELDS = "input:not([type=range], [type=checkbox], [type=radio]), textarea, [contenteditable]";

/** Listens until the function that it returns is called. */
export function followIncoming(page: HTMLElement, incoming: Incoming): () => void {
  const controller = new AbortController();
  const { signal } = controller;

  const hasFiles = (event: DragEvent): boolean =>
    incoming.wanted() &&
    event.dataTransfer !== null &&
    event.dataTransfer.types.some((type) => type.toLowerCase() === "files");

  page.addEventListener(
    "dragover",
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = "copy";
      incoming.dragged(true);
    },
    { signal },
  );
  page.addEventListener(
    "dragleave",
    (event) => {
      if (!(event.relatedTarget instanceof Node) || !page.contains(event.relatedTarget)) incoming.dragged(false);
    },
    { signal },
  );
  page.addEventListener(
    "drop",
    (event) => {
      incoming.dragged(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      const first = Array.from(event.dataTransfer?.items ?? []).find(({ kind }) => kind === "file");
      const entry = first?.webkitGetAsEntry() ?? null;
      if (entry?.isDirectory === true) incoming.refuseFolder(entry.name);
      else give(event.dataTransfer?.files);
    },
    { signal },
  );
  const around = eventsAround(page);
  around.addEventListener(
    "paste",
    (given) => {
      const event = given as ClipboardEvent;
      const target = event.target instanceof Element ? event.target : document.body;
      const mine = around !== window || page.contains(target) || target === document.body;
      if (event.defaultPrevented || !mine || target.matches(FIELDS) || !incoming.wanted() || !incoming.free()) return;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (isTable(text)) incoming.take(pastedFile(text), false);
      else if (!give(event.clipboardData?.files)) return;
      event.preventDefault();
    },
    { signal },
  );

  function give(files: FileList | undefined): boolean {
    const file = files?.[0];
    if (file === undefined || files === undefined) return false;
    incoming.take({ name: file.name, content: file }, files.length > 1);
    return true;
  }

  return () => controller.abort();
}
