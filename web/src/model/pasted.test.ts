import { expect, it } from "vitest";
import { isTable, pastedFile } from "./pasted";

it("a text is a table if it has two lines or more, with a separator in each", () => {
  expect(isTable("a\tb\n1\t2\n")).toBe(true);
  expect(isTable("a,b\r\n1,2")).toBe(true);
  expect(isTable("seed=0.5&dataset=xor,1")).toBe(false);
  expect(isTable("Dear all\nthis, however, is a letter")).toBe(false);
});

it("a pasted text is a file without a name", async () => {
  const { name, content } = pastedFile("é,b\n");
  expect(name).toBe("");
  expect(await content.text()).toBe("é,b\n");
});
