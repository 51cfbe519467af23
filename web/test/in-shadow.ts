// For the tests of the page in a browser: puts pages into shadow roots of elements in a document that is hostile to them.

import { MemoryHost } from "../src/model/host";
import { socketAddress, webSocketTransport } from "../src/shell/connecting";
import { embed } from "../src/shell/embed";
import { bytesOf } from "../src/field/strip";
import type { Theme } from "../src/color/ink";
import { parseSaved } from "../src/still/saved-picture";
import { showStill } from "../src/still/still";

const pages = new Map<string, { destroy(): void }>();

function mountPage(id: string, link: string): void {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`There is no element "${id}".`);
  const transport = webSocketTransport(socketAddress(new URL(location.href)));
  pages.set(id, embed(element, { transport, host: new MemoryHost(link) }));
}

function destroyPage(id: string): void {
  pages.get(id)?.destroy();
  pages.delete(id);
}

/** Shows a saved state, whose bytes are written as base64; gives whether there was a picture in it. */
async function showSaved(id: string, saved: Record<string, unknown>, bytes: string[], theme: Theme): Promise<boolean> {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`There is no element "${id}".`);
  const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
  const surface = document.createElement("div");
  surface.style.cssText = "all:initial;direction:ltr;display:block";
  root.replaceChildren(surface);
  const state = Object.fromEntries(
    Object.entries(saved).map(([name, value]) => [name, bytes.includes(name) ? bytesOf(value as string) : value]),
  );
  const picture = await parseSaved(state);
  showStill(surface, picture, theme, "Run the cell to play.");
  return picture !== null;
}

Object.assign(window, { mountPage, destroyPage, showSaved });
