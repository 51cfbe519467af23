import type { FromPage, ToPage } from "./messages";
import type { Transport, TransportEvents } from "./transport";

const FIRST_WAIT = 400;
const LONGEST_WAIT = 8000;

/** A WebSocket that reconnects, each time after a longer wait. */
export class WebSocketTransport implements Transport {
  #socket: WebSocket | null = null;
  #wait = FIRST_WAIT;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(
    private readonly address: string,
    private readonly events: TransportEvents,
  ) {
    this.#connect();
  }

  send(intention: FromPage): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(intention));
  }

  sendBytes(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(bytes);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    // The browser warns of one that is closed before it is open.
    if (socket.readyState === WebSocket.CONNECTING) socket.onopen = () => socket.close();
    else socket.close();
  }

  /** Reconnects now instead of after the wait, where the connection is broken. */
  hurry(): void {
    if (this.#socket !== null || this.#closed) return;
    clearTimeout(this.#retry);
    this.#connect();
  }

  #connect(): void {
    const socket = new WebSocket(this.address);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.onopen = () => {
      this.#wait = FIRST_WAIT;
      this.events.status("open");
    };
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
      if (typeof event.data === "string") this.events.message(JSON.parse(event.data) as ToPage);
      else this.events.frame(event.data);
    };
    socket.onclose = () => {
      this.#socket = null;
      this.events.status("broken");
      this.#retry = setTimeout(() => this.#connect(), this.#wait * (0.8 + 0.4 * Math.random()));
      this.#wait = Math.min(LONGEST_WAIT, this.#wait * 1.7);
    };
  }
}
