import { describe, expect, it } from "vitest";
import { constantsIn, withSentences } from "./constant-words.ts";

const SENTENCES = new Map([
  ["TERMS.close", "Close"],
  ["DATA.less", 'Fewer than {3} & "few"'],
]);

describe("constant sentences", () => {
  it("are read from a file of words, and functions are not", () => {
    const words =
      'export const close = "Close";\nexport const long =\n  "A \\"long\\" one";\nexport const of = (n: number) => `of ${n}`;';
    expect(constantsIn(words)).toEqual([
      ["close", "Close"],
      ["long", 'A "long" one'],
    ]);
  });

  it.each([
    ["text", "<h2>{TERMS.close}</h2>", "<h2>Close</h2>"],
    ["an attribute", "<b title={TERMS.close}>", '<b title="Close">'],
    ["an expression", "{on ? TERMS.close : DATA.of(1)}", '{on ? "Close" : DATA.of(1)}'],
    ["a part of a template string", "{`${TERMS.close}…`}", '{`${"Close"}…`}'],
    ["text with signs of the markup", "<i>{DATA.less}</i>", "<i>Fewer than &#123;3&#125; &#38; &#34;few&#34;</i>"],
  ])("stand in a component as %s", (_, component, built) => {
    expect(withSentences(component, SENTENCES)).toBe(built);
  });
});
