// Pictures to copy and to save.

export const title = "Copy picture";
export const pictureOf = "Picture of";
export const wholeNetwork = "Whole network";
export const output = "The output and its points";
export const network = "The whole network";
export const copyPng = "Copy PNG";
export const copySvg = "Copy SVG";
export const savePng = "Save PNG";
export const saveSvg = "Save SVG";
export const failed = "The picture could not be made.";
export const copiedPng = "Copied as PNG.";
export const copiedSvg = "Copied as SVG text.";
export const saveInstead = "The browser did not allow copying: save it instead.";
export const saved = "Saved.";
export const caption = (epoch: string, test: string, training: string) =>
  `tinkernet, epoch ${epoch}, test loss ${test}, training loss ${training}`;
