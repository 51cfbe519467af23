// The inks of everything that is drawn on a canvas or into a picture, by theme.

export type Theme = "light" | "dark";

/** The colours of canvas drawings. Those that the page around them has too are the same as in tokens.css. */
export interface Ink {
  ink: string;
  ink2: string;
  line: string;
  line2: string;
  table: string;
  lit: string;
  negative: string;
  positive: string;
  pointNegative: string;
  pointPositive: string;
  pointMinus: string;
  ring: string;
  zero: string;
  half: string;
  edge: string;
}

export const INKS: Record<Theme, Ink> = {
  light: {
    ink: "#16181B",
    ink2: "#5A5E64",
    line: "rgba(22,24,27,.11)",
    line2: "rgba(22,24,27,.22)",
    table: "#EFEFEB",
    lit: "#FFFFFF",
    negative: "#B9500A",
    positive: "#0C5BAE",
    pointNegative: "#A4470A",
    pointPositive: "#0B4F9A",
    pointMinus: "#FFFFFF",
    ring: "#FFFFFF",
    zero: "rgba(22,24,27,.42)",
    half: "rgba(22,24,27,.13)",
    edge: "rgba(22,24,27,.10)",
  },
  dark: {
    ink: "#ECEDEF",
    ink2: "#9B9FA6",
    line: "rgba(255,255,255,.10)",
    line2: "rgba(255,255,255,.22)",
    table: "#0A0B0D",
    lit: "#131519",
    negative: "#FFB066",
    positive: "#7CC0FF",
    pointNegative: "#FFD3A3",
    pointPositive: "#BFE0FF",
    pointMinus: "#3A1D04",
    ring: "#0A0B0D",
    zero: "rgba(255,255,255,.5)",
    half: "rgba(255,255,255,.16)",
    edge: "rgba(255,255,255,.10)",
  },
};

/** The same where more contrast is preferred: nothing is faint. */
export const STRONG_INKS: Record<Theme, Ink> = {
  light: {
    ...INKS.light,
    ink: "#000000",
    ink2: "#2B2D31",
    line: "rgba(0,0,0,.45)",
    line2: "rgba(0,0,0,.7)",
    negative: "#8A3600",
    positive: "#003F85",
    zero: "#000000",
    half: "rgba(0,0,0,.4)",
    edge: "rgba(0,0,0,.7)",
  },
  dark: {
    ...INKS.dark,
    ink: "#FFFFFF",
    ink2: "#D6D8DC",
    line: "rgba(255,255,255,.45)",
    line2: "rgba(255,255,255,.7)",
    negative: "#FFC48F",
    positive: "#A6D5FF",
    zero: "#FFFFFF",
    half: "rgba(255,255,255,.45)",
    edge: "rgba(255,255,255,.7)",
  },
};

/** The family of type on every canvas. */
export const CANVAS_FONT = "'Inter Variable', system-ui, sans-serif";
