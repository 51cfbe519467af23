import type { Host } from "../model/host";
import type { State } from "../protocol/messages";
import { Address } from "./address";

const SESSION = "tinkernet-session";

/** The tab of a page that is alone in its document: its address shows the link, its storage names the session. */
export class BrowserTab implements Host {
  #address: Address | null = null;

  link(): string {
    return location.hash.slice(1);
  }

  session(): string {
    try {
      return sessionStorage.getItem(SESSION) ?? "";
    } catch {
      return ""; // Storage may be forbidden; then every load is a new run.
    }
  }

  rememberSession(name: string): void {
    try {
      sessionStorage.setItem(SESSION, name);
    } catch {
      // As above.
    }
  }

  show(state: State, dragging: boolean): void {
    this.#address?.show(state, dragging);
  }

  follow(open: (link: string, step: boolean) => void): () => void {
    const address = new Address(open);
    this.#address = address;
    return () => {
      address.destroy();
    };
  }

  addressOf(link: string): string {
    return `${location.origin}${location.pathname}#${link}`;
  }
}
