// The page's script comes from the kernel, once for all widgets of a document: it is too large to be in every saved notebook.

import type { Model, TakeMessage } from "./comm";
import type { PageModule } from "./notebook-page";
import { bytesOf, send } from "./comm";
import { loadPacked } from "./packed-script";

type Loaded = Map<string, Promise<PageModule>>;

/** Where all widgets of a document find the scripts that were loaded, by what they contain. */
const SHARED = Symbol.for("tinkernet.pages");

export function loadPage(model: Model, digest: string): Promise<PageModule> {
  const shared = globalThis as unknown as Record<symbol, Loaded | undefined>;
  const loaded = (shared[SHARED] ??= new Map<string, Promise<PageModule>>());
  let page = loaded.get(digest);
  if (page === undefined) {
    page = request(model).then((packed) => loadPacked(packed) as Promise<PageModule>);
    loaded.set(digest, page);
    page.catch(() => loaded.delete(digest));
  }
  return page;
}

function request(model: Model): Promise<ArrayBuffer> {
  return new Promise((resolve) => {
    const take: TakeMessage = (content, buffers) => {
      if (content.kind !== "script" || buffers[0] === undefined) return;
      model.off("msg:custom", take);
      resolve(bytesOf(buffers[0]));
    };
    model.on("msg:custom", take);
    send(model, { kind: "script" });
  });
}
