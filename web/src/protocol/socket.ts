import type { FromPage, ToPage } from "./messages";

export type Connection = "connecting" | "open" | "broken";

export interface Listener {
  /** The socket is open: the page should say hello. */
  opened(): void;
  said(message: ToPage): void;
  sent(bytes: ArrayBuffer): void;
  connection(state: Connection): void;
}

const FIRST_WAIT = 400;
const LONGEST_WAIT = 8000;

/** A WebSocket that comes back by itself, each time after a longer wait. */
export class Socket {
  #socket: WebSocket | null = null;
  #wait = FIRST_WAIT;
  #retry = 0;

  constructor(
    private readonly address: string,
    private readonly listener: Listener,
  ) {
    // A person who comes back to the page, or whose network does, should not wait for the timer.
    addEventListener("online", () => this.#hurry());
    document.addEventListener("visibilitychange", () => this.#hurry());
    this.#connect();
  }

  /** Sends now, or forgets it: an intention made while there was nobody to hear it is not carried out later. */
  send(message: FromPage): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  #connect(): void {
    const socket = new WebSocket(this.address);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.onopen = () => {
      this.#wait = FIRST_WAIT;
      this.listener.opened();
      this.listener.connection("open");
    };
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
      if (typeof event.data === "string") this.listener.said(JSON.parse(event.data) as ToPage);
      else this.listener.sent(event.data);
    };
    socket.onclose = () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.listener.connection("broken");
      this.#retry = window.setTimeout(() => this.#connect(), this.#wait * (0.8 + 0.4 * Math.random()));
      this.#wait = Math.min(LONGEST_WAIT, this.#wait * 1.7);
    };
  }

  #hurry(): void {
    if (this.#socket !== null || document.hidden) return;
    clearTimeout(this.#retry);
    this.#connect();
  }
}

/** The address of the server's socket, beside the page's own. */
export function socketAddress(page: URL): string {
  return `${page.protocol === "https:" ? "wss" : "ws"}://${page.host}/socket`;
}
