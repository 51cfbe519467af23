// Scripts that travel in a notebook or a message as gzip.

/** Unpacks a script and loads it as a module. */
export async function loadPacked(packed: BlobPart): Promise<unknown> {
  const script = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const code = await new Response(script).arrayBuffer();
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  try {
    return await import(/* @vite-ignore */ address);
  } finally {
    URL.revokeObjectURL(address);
  }
}
