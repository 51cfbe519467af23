// For the tests of the page in a browser: lets a test mount pages and destroy them, several in one document.

import "./two-pages.css";
import { MemoryHost } from "../src/model/host";
import { socketAddress, webSocketTransport } from "../src/shell/connecting";
import { type MountedPage, mount } from "../src/shell/mount";

const pages = new Map<string, MountedPage>();

function mountPage(id: string, link: string): void {
  const target = document.getElementById(id);
  if (target === null) throw new Error(`There is no element "${id}".`);
  const transport = webSocketTransport(socketAddress(new URL(location.href)));
  pages.set(id, mount(target, { transport, host: new MemoryHost(link) }));
}

function destroyPage(id: string): void {
  pages.get(id)?.destroy();
  pages.delete(id);
}

Object.assign(window, { mountPage, destroyPage });
