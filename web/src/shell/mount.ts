// Puts a page into an element of a document. Several can live in one document, each with a separate session.

import "./tokens.css";
import "./base.css";
import "./controls.css";
import "./media.css";
import { mount as mountComponent, unmount } from "svelte";
import type { Theme } from "../color/ink";
import { type Host, MemoryHost } from "../model/host";
import { Playground } from "../model/playground.svelte";
import type { OpenTransport } from "../protocol/transport";
import App from "./App.svelte";
import { followBrowser } from "./browser-preferences";

export interface PageOptions {
  /** How the page reaches its session. */
  transport: OpenTransport;
  /** The address and the memory around the page; without one it keeps to itself. */
  host?: Host;
  /** Called with the theme that the page has, at once and after each change. */
  onTheme?: (theme: Theme) => void;
  /**
   * Calls `take` with the theme of what is around the page, at once and after each change, null where it cannot be seen;
   * returns the function that ends it. Without it the page matches the system.
   */
  followTheme?: (take: (theme: Theme | null) => void) => () => void;
}

export interface MountedPage {
  /** Removes the page with everything that it started. */
  destroy(): void;
  /** Says whether anybody can see the page. Out of sight it draws nothing, and asks for no frame. */
  setVisible(visible: boolean): void;
}

export function mount(
  target: Element,
  { transport, host = new MemoryHost(), onTheme, followTheme }: PageOptions,
): MountedPage {
  const { preferences, stop } = followBrowser(target);
  preferences.embedded = followTheme !== undefined;
  const unfollow = followTheme?.((theme) => (preferences.surroundingTheme = theme));
  const playground = new Playground(transport, host, preferences);
  const app = mountComponent(App, { target, props: { playground, onTheme } });
  return {
    destroy() {
      void unmount(app);
      playground.destroy();
      unfollow?.();
      stop();
    },
    setVisible: (visible) => playground.live.hide(!visible),
  };
}
