import { parse } from "svelte/compiler";
import { describe, expect, it } from "vitest";

/** The page's sources, by their path from web/src. */
const SOURCES = Object.entries(
  import.meta.glob<string>(["../**/*.svelte", "../**/*.ts", "!../**/*.test.ts"], {
    query: "?raw",
    import: "default",
    eager: true,
  }),
).map(([path, source]) => [path.replace(/^\.\.\//, "").replace(/^\.\//, "words/"), source] as const);
const WORDS = SOURCES.filter(([path]) => path.startsWith("words/"));
const OTHERS = SOURCES.filter(([path]) => !/^(words|protocol)\//.test(path));

/** Attributes and properties of components that a person reads or hears. */
const READ = /^(aria-(label|description|valuetext|roledescription)|title|placeholder|label|alt|group|fewer|more)$/;
/** What is not for people: selectors, and errors that only a developer sees. */
const OF_CODE = /^(matches|closest|querySelector|querySelectorAll|Error)$/;
const KEYS = /^(Escape|Enter|Tab|Home|End|Page\w+|Arrow\w*)$/;
const FONTS = "'Inter Variable', system-ui, sans-serif";

type Node = { type: string; start: number; [key: string]: unknown };

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}

/** Whether a string of code has words: two of them, or one that begins as a sentence does. */
function isSentence(text: string): boolean {
  if (/^<|="/.test(text) || KEYS.test(text) || text === FONTS) return false;
  return /\p{L}{2,},? \p{L}{2,}/u.test(text) || /^\p{Lu}\p{Ll}{2,}/u.test(text);
}

/** Whether a part of a template string has a word between its values. */
function hasWord(part: string): boolean {
  return isSentence(part) || (!/^<|="/.test(part) && /(^|\s)\p{L}{3,}(?=$|[\s.,;:…])/u.test(part));
}

function calls(node: Node): string {
  const callee = node["callee"] as { name?: string; property?: { name?: string } } | undefined;
  return callee?.property?.name ?? callee?.name ?? "";
}

/** The sentences in a component or module, each with its line. */
function sentencesIn(path: string, source: string): string[] {
  const markup = path.endsWith(".svelte") ? source : `<script lang="ts">${source}</script>`;
  const found: string[] = [];
  const say = (node: Node, text: string): void => {
    found.push(`${path}:${markup.slice(0, node.start).split("\n").length}: ${text.trim()}`);
  };

  function look(node: Node, attribute: string | null): void {
    switch (node.type) {
      case "Text": {
        const text = (node["data"] as string).replace("tinkernet", "");
        if ((attribute === null || READ.test(attribute)) && /\p{L}{3}/u.test(text)) say(node, text);
        return;
      }
      case "Literal":
        if (typeof node["value"] === "string" && isSentence(node["value"])) say(node, node["value"]);
        return;
      case "TemplateElement": {
        const { cooked } = node["value"] as { cooked: string };
        if (hasWord(cooked)) say(node, cooked);
        return;
      }
      case "Attribute":
        if (node["name"] === "class" || node["name"] === "d") return;
        attribute = node["name"] as string;
        break;
      case "ImportDeclaration":
      case "StyleSheet":
      case "Comment":
        return;
      case "CallExpression":
      case "NewExpression":
        if (OF_CODE.test(calls(node))) return;
    }
    if (/^TS(?!As|NonNull|Satisfies)/.test(node.type)) return;
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? (value as unknown[]) : [value])
        if (isNode(child)) look(child, attribute);
    }
  }

  const root = parse(markup, { modern: true });
  for (const part of [root.instance?.content, root.module?.content, root.fragment])
    if (part !== undefined) look(part as unknown as Node, null);
  return found;
}

/** Milliseconds: reading every source takes seconds on a busy machine. */
const PATIENCE = 60_000;

describe("the sentences of the page", () => {
  it("stand in web/src/words and nowhere else", { timeout: PATIENCE }, () => {
    expect(OTHERS.length).toBeGreaterThan(100);
    expect(OTHERS.flatMap(([path, source]) => sentencesIn(path, source))).toEqual([]);
  });

  it.each([
    ["text", "<p>Press Play</p>", "Press Play"],
    ["one word", "<h2>Inputs</h2>", "Inputs"],
    ["an attribute", '<button aria-label="Close"></button>', "Close"],
    ["a property", '<Stepper fewer="Remove neuron from layer {l}" />', "Remove neuron from layer"],
    ["a hint", '<i {@attach hint("Click to edit it")}></i>', "Click to edit it"],
    ["a choice", '<b>{on ? "Pause" : x}</b>', "Pause"],
    ["a number with its unit", "<b>{`${n} more`}</b>", "more"],
  ])("are found as %s", (_, component, sentence) => {
    expect(sentencesIn("A.svelte", component)).toEqual([`A.svelte:1: ${sentence}`]);
  });

  it("are found in a module, and what is of code is not", () => {
    const module = 'const a = 1;\nthrow new Error("No such place.");\nconst b = "Copied.";\nx.matches("form input");';
    expect(sentencesIn("a.ts", module)).toEqual(["a.ts:3: Copied."]);
  });

  it("are all used", () => {
    const unused = WORDS.flatMap(([path, source]) =>
      [...source.matchAll(/^export const (\w+)/gm)].flatMap(([, name = ""]) => {
        const full = new RegExp(`\\b${topicOf(path)}\\.${name}\\b`);
        return SOURCES.some(([, other]) => full.test(other)) ? [] : [`${path}: ${name}`];
      }),
    );
    expect(unused).toEqual([]);
  });

  it("are imported under the name of their topic", () => {
    const others = SOURCES.flatMap(([path, source]) =>
      [...source.matchAll(/import (.*) from "(?:\.\.\/words|\.)\/(\w+)";/g)]
        .filter(([line]) => line.includes("/words/") || path.startsWith("words/"))
        .filter(([, imported, file = ""]) => imported !== `* as ${file.toUpperCase()}`)
        .map(([line]) => `${path}: ${line}`),
    );
    expect(others).toEqual([]);
  });
});

function topicOf(path: string): string {
  return path.replace(/^words\/|\.ts$/g, "").toUpperCase();
}
