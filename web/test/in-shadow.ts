// For the tests of the page in a browser: puts pages into shadow roots of elements in a document that is hostile to them.

import { MemoryHost } from "../src/model/host";
import { socketAddress, webSocketTransport } from "../src/shell/connecting";
import { embed } from "../src/shell/embed";

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

Object.assign(window, { mountPage, destroyPage });
