// A shadow root with the page's styles.

/** The page's whole CSS: the build puts it in here, because a widget has a single file. */
const STYLES = "PAGE-STYLES";

const sheets = new WeakMap<Document, CSSStyleSheet>();

/** A host in `element` with a shadow root, and the element in it that a page is mounted in. It can have the focus. */
export function shadowRootIn(element: HTMLElement): { host: HTMLElement; surface: HTMLElement } {
  const host = element.ownerDocument.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [styles()];
  const surface = element.ownerDocument.createElement("div");
  surface.className = "surface";
  surface.tabIndex = -1;
  root.append(surface);
  element.append(host);
  return { host, surface };
}

/** One for all pages of a document. */
function styles(): CSSStyleSheet {
  let sheet = sheets.get(document);
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    sheets.set(document, sheet);
  }
  return sheet;
}
