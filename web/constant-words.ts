// Puts constant sentences into components before Svelte compiles them. A text that Svelte knows is part of the markup;
// for any other the code has to find its element, and an effect to write it.

import type { Plugin } from "vite";

const IMPORT = /import \* as (\w+) from "(\.\.\/words\/\w+)"/g;
const CONSTANT = /^export const (\w+) =\s*("(?:[^"\\]|\\.)*");$/gm;

/** The constants in the source of a file of words, by their names. */
export function constantsIn(source: string): [string, string][] {
  return [...source.matchAll(CONSTANT)].map(([, name = "", text = ""]) => [name, JSON.parse(text) as string]);
}

function escaped(text: string): string {
  return text.replace(/[&<>"{}]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A component with the sentences in place of their names: as an attribute, as text, or in an expression. */
export function withSentences(component: string, sentences: ReadonlyMap<string, string>): string {
  return component.replace(
    /=\{([A-Z]+\.\w+)\}|(?<!\$)\{([A-Z]+\.\w+)\}|\b[A-Z]+\.\w+\b/g,
    (found, attribute?: string, text?: string) => {
      const sentence = sentences.get(attribute ?? text ?? found);
      if (sentence === undefined) return found;
      if (attribute !== undefined) return `="${escaped(sentence)}"`;
      return text === undefined ? JSON.stringify(sentence) : escaped(sentence);
    },
  );
}

export function constantWords(): Plugin {
  return {
    name: "constant-words",
    enforce: "pre",
    apply: "build",
    async transform(code, id) {
      if (!id.endsWith(".svelte")) return null;
      const sentences = new Map<string, string>();
      for (const [, words = "", file = ""] of code.matchAll(IMPORT)) {
        const resolved = await this.resolve(file, id);
        if (resolved === null) continue;
        this.addWatchFile(resolved.id);
        const source = await this.fs.readFile(resolved.id, { encoding: "utf8" });
        for (const [name, text] of constantsIn(source)) sentences.set(`${words}.${name}`, text);
      }
      return { code: withSentences(code, sentences), map: null };
    },
  };
}
