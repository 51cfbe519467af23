import { expect, test } from "vitest";
import { themeSaid } from "./notebook-theme";

/** As much of an element as is asked. */
function element(attributes: Record<string, string>, classes: string[] = []): Element {
  return {
    getAttribute: (name: string) => attributes[name] ?? null,
    classList: Object.assign([...classes], { contains: (name: string) => classes.includes(name) }),
  } as unknown as Element;
}

test("JupyterLab, Notebook and nbconvert say it by an attribute of the body", () => {
  expect(themeSaid(element({ "data-jp-theme-light": "true" }))).toBe("light");
  expect(themeSaid(element({ "data-jp-theme-light": "false", "data-jp-theme-name": "Any name" }))).toBe("dark");
});

test("VS Code says it by an attribute and a class", () => {
  for (const [kind, theme] of [
    ["vscode-light", "light"],
    ["vscode-dark", "dark"],
    ["vscode-high-contrast", "dark"],
    ["vscode-high-contrast-light", "light"],
  ] as const) {
    expect(themeSaid(element({ "data-vscode-theme-kind": kind }))).toBe(theme);
    expect(themeSaid(element({}, ["vscode-body", kind]))).toBe(theme);
  }
});

test("marimo says it by a class", () => {
  expect(themeSaid(element({}, ["antialiased", "dark"]))).toBe("dark");
  expect(themeSaid(element({}, ["light-theme"]))).toBe("light");
});

test("an element may say nothing, or something unknown", () => {
  expect(themeSaid(element({}, ["darkness", "vscode-dark-modern"]))).toBeNull();
  expect(themeSaid(element({ "data-jp-theme-light": "", "data-theme": "sepia" }))).toBeNull();
  expect(themeSaid(element({ "data-theme": "constructor" }))).toBeNull();
});
