import type { Plugin } from "vite";

/** What the script has in the place of the text. */
const MARK = /(["'`])PAGE-STYLES\1/;

/** For builds of one script without other files: the CSS becomes a text in the script. */
export function stylesAsText(): Plugin {
  return {
    name: "styles-as-text",
    enforce: "post",
    generateBundle(_options, bundle) {
      let css = "";
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type !== "asset" || !name.endsWith(".css")) continue;
        css += String(file.source);
        Reflect.deleteProperty(bundle, name);
      }
      for (const file of Object.values(bundle))
        if (file.type === "chunk") file.code = file.code.replace(MARK, () => JSON.stringify(css));
    },
  };
}
