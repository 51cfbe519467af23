// A WebSocket for a page in a browser's window.

import type { OpenTransport } from "../protocol/transport";
import { WebSocketTransport } from "../protocol/web-socket";

/** A WebSocket to this address. It does not wait with reconnecting when the person or the network comes back. */
export function webSocketTransport(address: string): OpenTransport {
  return (events) => {
    const transport = new WebSocketTransport(address, events);
    const controller = new AbortController();
    const { signal } = controller;
    const hurry = (): void => {
      if (!document.hidden) transport.hurry();
    };
    addEventListener("online", hurry, { signal });
    document.addEventListener("visibilitychange", hurry, { signal });
    return {
      send: (intention) => transport.send(intention),
      sendBytes: (bytes) => transport.sendBytes(bytes),
      close: () => {
        controller.abort();
        transport.close();
      },
    };
  };
}

/** The address of the server's socket, beside the page's own. */
export function socketAddress(page: URL): string {
  return `${page.protocol === "https:" ? "wss" : "ws"}://${page.host}/socket`;
}
