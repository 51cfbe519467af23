// The entry of the script that draws a saved picture.

export { parseSaved } from "./saved-picture";
export { showStill } from "./still";
