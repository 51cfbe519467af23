// What differs between two runs, as each side of a comparison says it.

/** "3 neurons"; of more layers "4 + 2 neurons". */
function neurons(sizes: string): string {
  const each = sizes.match(/\d+/g) ?? [];
  if (each.length === 0) return "no hidden layer";
  return `${each.join(" + ")} ${each.length === 1 && each[0] === "1" ? "neuron" : "neurons"}`;
}

/**
 * What differs on each side, for a comparison: of "activation: tanh → relu" it is "tanh" and "relu".
 * Of differences that do not say from what to what, both sides have the same words.
 */
export function sides(differences: readonly string[]): [before: string, now: string] {
  const parts = differences.map((text) => {
    const cut = text.indexOf(": ");
    const [from, to] = (cut < 0 ? text : text.slice(cut + 2)).split(" → ");
    if (from === undefined || to === undefined) return ["before", text];
    if (text.startsWith("hidden: ")) return [neurons(from), neurons(to)];
    const plain = /^[\d\s.,[\]()−-]+$/.test(from) && cut >= 0;
    const name = text.slice(0, cut);
    return plain ? [`${name} ${from}`, `${name} ${to}`] : [from, to];
  });
  return [parts.map((p) => p[0]).join(", ") || "before", parts.map((p) => p[1]).join(", ") || "now"];
}
