import { svelte } from "@sveltejs/vite-plugin-svelte";
import { packed } from "./packed.ts";
import { stylesAsText } from "./styles-as-text.ts";
import { defineConfig } from "vitest/config";

/** `vite build --mode in-shadow` builds a script that puts pages into shadow roots, also for tests. */
const IN_SHADOW = "in-shadow";
/** The scripts of notebooks, each a mode of the build with its entry, as none may be in several files. */
const SCRIPTS: Record<string, string> = {
  widget: "src/notebook/widget.ts",
  "widget-page": "src/notebook/notebook-page.ts",
  sweep: "src/notebook/sweep-widget.ts",
};
/** `vite build --mode two-pages` builds a document for the browser's tests: nothing of it is in the package. */
const TWO_PAGES = "two-pages";

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), ...(mode === IN_SHADOW || mode in SCRIPTS ? [stylesAsText()] : []), packed()],
  base: "./",
  build: {
    outDir: "../src/tinkernet/server/page",
    emptyOutDir: true,
    target: "es2022",
    // The page's policy forbids inlined assets as scripts; files are served by us anyway.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    ...(mode === TWO_PAGES && { outDir: "dist/two-pages", rolldownOptions: { input: "test/two-pages.html" } }),
    ...(mode === IN_SHADOW && {
      outDir: "dist/in-shadow",
      lib: { entry: "test/in-shadow.ts", formats: ["es"], fileName: "in-shadow" },
    }),
    ...(mode in SCRIPTS && {
      outDir: "../src/tinkernet/notebook/scripts",
      emptyOutDir: false,
      lib: { entry: SCRIPTS[mode] ?? "", formats: ["es"], fileName: () => `${mode}.js` },
      rolldownOptions: { output: { minify: true } },
    }),
  },
  // Tests run the code that browsers run, not the one that renders on a server.
  ...(mode === "test" && { resolve: { conditions: ["browser"] } }),
  test: { include: ["src/**/*.test.ts"] },
}));
