// What draws the last picture is in every saved notebook: it is packed, and unpacked only where a picture is shown.

import PACKED from "packed:src/still/still-script.ts";
import { bytesOf } from "../field/strip";
import type * as Still from "../still/still-script";
import { loadPacked } from "./packed-script";

let loaded: Promise<typeof Still> | null = null;

export function loadStill(): Promise<typeof Still> {
  loaded ??= loadPacked(bytesOf(PACKED) as Uint8Array<ArrayBuffer>) as Promise<typeof Still>;
  return loaded;
}
