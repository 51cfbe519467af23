// Which element has the focus. A document says only which shadow root it is in.

/** The element that has the focus, in whichever shadow root it is; null if nothing in particular has it. */
export function focusedElement(): HTMLElement | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement != null) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement && !element.matches("body") ? element : null;
}
