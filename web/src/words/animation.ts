// An animation of the course of training.

export const title = "Save animation";
export const explained =
  "The whole course of training in six seconds, from epoch 0 to now: network, output and losses. Training can continue while it is drawn.";
export const format = "Format";
export const webp = "WebP: small, for web pages";
export const gif = "GIF: for documents and chats";
export const mp4 = "MP4: a film, for slides";
export const make = "Save";
export const cancel = "Cancel";
export const drawing = (done: number, frames: number) => `Drawing frame ${done} of ${frames}`;
export const begins = "Drawing…";
export const saved = "Saved.";
export const nothingYet = "Train for at least one epoch first.";
