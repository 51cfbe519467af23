// How the page and its session reach each other. A WebSocket is one way; a test or a notebook has another.

import type { FromPage, ToPage } from "./messages";

export type Connection = "connecting" | "open" | "broken";

/** What a transport reports. It may call these before the function that opens it returns. */
export interface TransportEvents {
  /** A message of the server. */
  message(message: ToPage): void;
  /** A binary message, as frames.ts reads it. */
  frame(bytes: ArrayBuffer): void;
  /** "open" comes each time that a connection is made, also after a broken one. */
  status(status: Connection): void;
}

export interface Transport {
  /** Sends an intention now. While there is no connection it is dropped: nothing is carried out later. */
  send(intention: FromPage): void;
  /** The same for a binary message: a part of a file. */
  sendBytes(bytes: Uint8Array<ArrayBuffer>): void;
  /** Ends the connection permanently. No event follows. */
  close(): void;
}

/** Opens a transport. */
export type OpenTransport = (events: TransportEvents) => Transport;
