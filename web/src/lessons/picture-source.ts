/** Whether an image of a lesson is in the message itself: the page asks for nothing elsewhere. */
export function isPicture(source: string): boolean {
  return /^data:image\/(?:png|jpeg|gif|webp);base64,/.test(source);
}
