// The one hint that is being shown.

export interface ShownHint {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

class HintShown {
  current = $state.raw<ShownHint | null>(null);
}

export const hintShown = new HintShown();
