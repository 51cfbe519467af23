// The choice of what is drawn of data with more columns than the two that the picture shows.

import type { State } from "../protocol/messages";
import { PictureTools } from "./picture-tools.svelte";

export class Slicing extends PictureTools {
  settle({ data }: State): void {
    this.allow(data !== null && data.columns.length > 2);
  }
}
