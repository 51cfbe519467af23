// The entry of the view of a sweep, which every saved notebook with one contains: it is packed, as it is larger than it looks.

import PACKED from "packed:src/notebook/open-sweep.ts";
import { bytesOf } from "../field/strip";
import type { Model } from "./comm";
import type * as Sweeps from "./open-sweep";
import { loadPacked } from "./packed-script";

let loaded: Promise<typeof Sweeps> | null = null;

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  let gone = false;
  let close = (): void => undefined;
  loaded ??= loadPacked(bytesOf(PACKED) as Uint8Array<ArrayBuffer>) as Promise<typeof Sweeps>;
  void loaded.then(({ openSweep }) => {
    if (!gone) close = openSweep(model, el);
  });
  return () => {
    gone = true;
    close();
  };
}

export default { render };
