// Which inputs a network has. Each is a pure change of their names, which are in order.

/** Switches an input on or off; `all` are the inputs that there are, in order. */
export function withToggled(inputs: readonly string[], name: string, all: readonly string[]): string[] {
  const on = inputs.includes(name);
  return all.filter((other) => (other === name ? !on : inputs.includes(other)));
}

/** Adds an input, or puts it in the place of another one. */
export function withAdded(inputs: readonly string[], name: string, replaced: string): string[] {
  const place = inputs.indexOf(replaced);
  return place < 0 ? [...inputs, name] : inputs.with(place, name);
}

export function without(inputs: readonly string[], name: string): string[] {
  return inputs.filter((other) => other !== name);
}
