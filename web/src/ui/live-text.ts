// Numbers that change with every frame: written straight into their element, and only where they differ.

/** Writes a text into an element that nothing else writes to. */
export function writeText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Writes a text, and the number that it stands for in full, as `data-value`. */
export function writeNumber(element: HTMLElement, value: number, text: string): void {
  writeText(element, text);
  element.dataset["value"] = String(value);
}
