// What a view of a sweep shows, as signals.

import type { Theme } from "../color/ink";
import type { SweepProgress } from "../protocol/messages";

export class ShownSweep {
  progress: SweepProgress | null = $state.raw(null);
  /** Whether a kernel answers; null while that is not known. */
  connected: boolean | null = $state(null);
  theme: Theme = $state("light");
}
