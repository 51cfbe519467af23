// How a page reaches its session in a notebook: by the messages of a widget's model.

import type { FromPage, ToPage } from "../protocol/messages";
import type { OpenTransport, Transport, TransportEvents } from "../protocol/transport";

/** The model of a widget, as anywidget gives it to us. */
export interface Model {
  get(name: string): unknown;
  on(event: string, callback: (...args: never[]) => void): void;
  off(event: string, callback: (...args: never[]) => void): void;
  send(content: unknown, callbacks?: unknown, buffers?: readonly (ArrayBuffer | ArrayBufferView)[]): void;
}

/** What Python sends. */
export interface FromKernel {
  kind: "opened" | "gone" | "fact" | "frame" | "pong" | "script";
  channel?: string;
  text?: string;
  digest?: string;
}

export type TakeMessage = (content: FromKernel, buffers: readonly DataView[]) => void;

/** The kernel may have forgotten a page from which nothing has come for long; in milliseconds. */
const HEARTBEAT = 60_000;

/** Sends a message; whether there was somebody to send it to. Without a kernel some notebooks throw, others do nothing. */
export function send(model: Model, content: unknown, buffers: readonly Uint8Array<ArrayBuffer>[] = []): boolean {
  try {
    model.send(content, undefined, buffers);
    return true;
  } catch {
    return false;
  }
}

/** Calls a function whenever the page comes into sight or leaves it; returns the function that ends it. */
export type Sight = (seen: (now: boolean) => void) => () => void;

/** Opens channels over this model. Several live beside each other, each with a separate name. */
export function commTransport(model: Model, sight: Sight): OpenTransport {
  return (events) => new Channel(model, sight, events);
}

class Channel implements Transport {
  #name = "";
  #open = false;
  readonly #heartbeat: ReturnType<typeof setInterval>;
  readonly #unsee: () => void;

  constructor(
    private readonly model: Model,
    sight: Sight,
    private readonly events: TransportEvents,
  ) {
    model.on("msg:custom", this.#take);
    this.#heartbeat = setInterval(() => this.#say({ kind: "here" }), HEARTBEAT);
    this.#begin();
    this.#unsee = sight((seen) => this.#say({ kind: "seen", seen }));
  }

  send(intention: FromPage): void {
    if (this.#open) this.#say({ kind: "message", text: JSON.stringify(intention) });
  }

  sendBytes(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#open) this.#say({ kind: "bytes" }, [bytes]);
  }

  close(): void {
    clearInterval(this.#heartbeat);
    this.#unsee();
    this.model.off("msg:custom", this.#take);
    this.#say({ kind: "close" });
    this.#open = false;
  }

  #begin(): void {
    this.#name = crypto.getRandomValues(new Uint32Array(4)).join("-");
    this.#say({ kind: "open" });
  }

  #say(content: { kind: string; text?: string; seen?: boolean }, buffers: Uint8Array<ArrayBuffer>[] = []): void {
    send(this.model, { ...content, channel: this.#name }, buffers);
  }

  readonly #take: TakeMessage = (content, buffers) => {
    if (content.channel !== this.#name) return;
    switch (content.kind) {
      case "opened":
        this.#open = true;
        this.events.status("open");
        break;
      case "gone":
        this.#open = false;
        this.events.status("broken");
        this.#begin();
        break;
      case "fact":
        this.events.message(JSON.parse(content.text ?? "") as ToPage);
        break;
      case "frame":
        if (buffers[0] !== undefined) this.events.frame(bytesOf(buffers[0]));
        break;
      case "pong":
      case "script":
        break; // of no channel
    }
  };
}

/** A copy of what a message carries: the message may be a part of something larger. */
export function bytesOf(view: ArrayBufferView): ArrayBuffer {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice().buffer;
}
