import { svelte } from "@sveltejs/vite-plugin-svelte";
import { type Plugin, build } from "vite";
import { stylesAsText } from "./styles-as-text.ts";

const PREFIX = "packed:";

/** Gives `import text from "packed:src/…"`: a script with all that it imports, made smaller (gzip) and written as base64. */
export function packed(): Plugin {
  return {
    name: "packed",
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    async load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined;
      const built = await build({
        configFile: false,
        logLevel: "warn",
        plugins: [svelte({ configFile: false }), stylesAsText()],
        build: {
          write: false,
          target: "es2022",
          lib: { entry: id.slice(PREFIX.length + 1), formats: ["es"], fileName: "packed" },
          rolldownOptions: { output: { minify: true } },
        },
      });
      const [first] = Array.isArray(built) ? built : [];
      if (first === undefined) throw new Error(`${id} was not built.`);
      return `export default ${JSON.stringify(await pack(first.output[0].code))};`;
    },
  };
}

async function pack(code: string): Promise<string> {
  const stream = new Blob([code]).stream().pipeThrough(new CompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
