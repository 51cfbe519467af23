// The symbol of an input as text with sub- and superscripts.

/** A symbol with real sub- and superscripts ("x₁²") taken apart, to be set with <sub> and <sup>. */
export function symbolParts(symbol: string): { text: string; kind: "plain" | "sub" | "sup" }[] {
  const parts: { text: string; kind: "plain" | "sub" | "sup" }[] = [];
  for (const sign of symbol) {
    const below = "₀₁₂₃₄₅₆₇₈₉".indexOf(sign);
    const above = "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(sign);
    const kind = below >= 0 ? "sub" : above >= 0 ? "sup" : "plain";
    const text = below >= 0 ? String(below) : above >= 0 ? String(above) : sign;
    const last = parts.at(-1);
    if (last?.kind === kind) last.text += text;
    else parts.push({ text, kind });
  }
  return parts;
}
