import { expect, test } from "vitest";
import { parseSaved } from "./saved-picture";

function floats(...values: number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

/** The state as Python writes it: all bytes are one compressed part. */
async function packed(state: Record<string, unknown>): Promise<Record<string, unknown>> {
  const parts = Object.entries(state).filter((entry): entry is [string, Uint8Array<ArrayBuffer>] => {
    return entry[1] instanceof Uint8Array;
  });
  const bytes = new Blob(parts.map(([, part]) => part));
  const stream = bytes.stream().pipeThrough(new CompressionStream("deflate"));
  return {
    ...Object.fromEntries(Object.entries(state).filter(([, value]) => !(value instanceof Uint8Array))),
    lengths: parts.map(([name, part]) => [name, part.length]),
    packed: new Uint8Array(await new Response(stream).arrayBuffer()),
  };
}

async function parsed(changes: Record<string, unknown> = {}): ReturnType<typeof parseSaved> {
  return parseSaved(await packed(state(changes)));
}

/** Two inputs, one hidden neuron, one output; two points; two epochs. */
function state(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    version: 1,
    data: "Circle",
    epoch: 2,
    losses: [0.5, 0.25],
    accuracy: 0.75,
    cells: 2,
    field: new Uint8Array(4),
    winners: new Uint8Array(0),
    classes: [],
    places: Uint8Array.of(0, 254, 255, 3),
    labels: Uint8Array.of(254, 0),
    curve: floats(0, 0.9, 0.8, 2, 0.5, 0.25),
    sizes: [2, 1, 1],
    inputs: ["x₁", "x₂"],
    parameters: floats(1, 2, 3, 4, 5),
    neuron_cells: 1,
    input_fields: new Uint8Array(2),
    neuron_fields: new Uint8Array(2),
    ...changes,
  };
}

test("a saved state holds a picture", async () => {
  const saved = await parsed();
  expect(saved).toMatchObject({ epoch: 2, trainLoss: 0.5, testLoss: 0.25, accuracy: 0.75, regression: false });
  expect([...(saved?.points ?? [])]).toEqual([-6, 6, 1]);
  expect([...(saved?.network?.parameters ?? [])]).toEqual([1, 2, 3, 4, 5]);
});

test("of a network that a program has trained, steps are counted", async () => {
  expect((await parsed())?.watched).toBe(false);
  expect((await parsed({ unit: "step" }))?.watched).toBe(true);
});

test("bytes may be a view of something larger, and may begin anywhere", async () => {
  const saved = await packed(state());
  const bytes = saved["packed"] as Uint8Array;
  const large = new Uint8Array([9, ...bytes, 9]);
  const viewed = await parseSaved({ ...saved, packed: new DataView(large.buffer, 1, bytes.length) });
  expect([...(viewed?.network?.parameters ?? [])]).toEqual([1, 2, 3, 4, 5]);
});

test("a loss that overflowed is kept as none", async () => {
  expect((await parsed({ losses: [null, 0.25] }))?.trainLoss).toBeNaN();
});

test("a large network is kept without its picture", async () => {
  expect(await parsed({ sizes: undefined, parameters: undefined })).toBeNull();
  const { sizes, ...rest } = state();
  expect(sizes).toBeDefined();
  expect((await parseSaved(await packed(rest)))?.network).toBeNull();
});

test("bytes that are not what their lengths say give no picture", async () => {
  const saved = await packed(state());
  const bytes = saved["packed"] as Uint8Array;
  const lengths = saved["lengths"] as [string, number][];
  for (const wrong of [
    { packed: bytes.slice(0, -9) },
    { packed: Uint8Array.of(1, 2, 3) },
    { packed: new Uint8Array(0) },
    { packed: "eJw=" },
    { packed: (await packed({ a: new Uint8Array(1e6) }))["packed"] },
    { lengths: [] },
    { lengths: lengths.slice(1) },
    { lengths: [...lengths, ["more", 1]] },
    { lengths: [...lengths, ["more", 1e6]] },
    { lengths: lengths.map(([name]) => name) },
    { lengths: lengths.map(([name]) => [name, -1]) },
    { lengths: Array.from({ length: 17 }, () => ["field", 0]) },
  ])
    expect(await parseSaved({ ...saved, ...wrong }), JSON.stringify(wrong)).toBeNull();
});

test("values that are not as they must be give no picture", async () => {
  for (const wrong of [
    { version: 2 },
    { data: "x".repeat(201) },
    { data: { toString: () => "x" } },
    { epoch: -1 },
    { epoch: Infinity },
    { epoch: 1.5 },
    { losses: [0.5] },
    { losses: [0.5, "0.25"] },
    { accuracy: 2 },
    { cells: 129, field: new Uint8Array(129 ** 2) },
    { cells: 3 },
    { field: [0, 0, 0, 0] },
    { winners: new Uint8Array(4) },
    { classes: ["a", "b", "c"] },
    { classes: ["a", "b", "c"], winners: Uint8Array.of(0, 1, 2, 3) },
    { places: new Uint8Array(3) },
    { labels: new Uint8Array(5000), places: new Uint8Array(10_000) },
    { curve: floats(0, 1) },
    { curve: floats(NaN, 1, 1) },
    { curve: new Uint8Array(13) },
    { sizes: [2] },
    { sizes: [2, 0, 1] },
    { sizes: [2, 257, 1] },
    { sizes: Array.from({ length: 67 }, () => 1) },
    { inputs: ["x₁"] },
    { parameters: floats(1, 2, 3, 4) },
    { neuron_cells: 1e9 },
    { input_fields: new Uint8Array(3) },
    { neuron_fields: new Uint8Array(1) },
  ])
    expect(await parsed(wrong), JSON.stringify(wrong)).toBeNull();
  for (const wrong of [undefined, null, 1, "saved", [], () => undefined]) expect(await parseSaved(wrong)).toBeNull();
});

test("what an object inherits does not count", async () => {
  expect(await parseSaved(Object.create(await packed(state())))).toBeNull();
});
