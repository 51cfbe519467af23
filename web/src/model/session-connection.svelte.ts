// The connection to the page's session, which outlives it: the session's name and the link find it again.

import type { FromPage, ToPage } from "../protocol/messages";
import type { Connection, OpenTransport, Transport } from "../protocol/transport";
import type { Host } from "./host";

/** What comes of a connection. */
export interface ConnectionEvents {
  message: (message: ToPage) => void;
  frame: (bytes: ArrayBuffer) => void;
  /** The session has been asked for: messages can be sent to it. */
  opened: () => void;
  /** Nothing that was sent will be answered. */
  lost: () => void;
}

export class SessionConnection {
  status = $state<Connection>("connecting");
  #transport: Transport | null = null;

  /** The session of a `passing` page ends with its connection. */
  constructor(
    private readonly openTransport: OpenTransport,
    private readonly host: Host,
    private readonly passing: boolean,
    private readonly events: ConnectionEvents,
  ) {}

  /** Connects, also again after `close`. */
  open(): void {
    if (this.#transport !== null) return;
    const { message, frame } = this.events;
    this.#transport = this.openTransport({ message, frame, status: (status) => this.#change(status) });
    if (this.status === "open") this.#hello();
  }

  /** Ends the connection; what was drawn last stays. */
  close(): void {
    this.#transport?.close();
    this.#transport = null;
    this.status = "connecting";
    this.events.lost();
  }

  send(message: FromPage): void {
    this.#transport?.send(message);
  }

  sendBytes(bytes: Uint8Array<ArrayBuffer>): void {
    this.#transport?.sendBytes(bytes);
  }

  #change(status: Connection): void {
    this.status = status;
    if (status !== "open") this.events.lost();
    // A transport may be open before it is here.
    else if (this.#transport !== null) this.#hello();
  }

  #hello(): void {
    const link = this.host.link();
    this.send(
      this.passing
        ? { type: "hello", session: "", link, passing: true }
        : { type: "hello", session: this.host.session(), link },
    );
    this.events.opened();
  }
}
