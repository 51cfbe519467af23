// The menu "More", and what it opens.

export const more = "More";
export const pinnedRuns = (n: number) => `Pinned runs (${n})…`;
export const linearScale = "Linear loss scale";
export const logarithmicScale = "Logarithmic loss scale";
export const manyStarts = "Many starts…";
export const hideBoundaries = "Hide neuron boundaries";
export const showBoundaries = "Show neuron boundaries";
export const copyAddress = "Copy address";
export const share = "Share…";
export const openLink = "Open a link…";
export const stopAt = "Stop at…";
export const copyPicture = "Copy picture…";
export const saveAnimation = "Save animation…";
export const copyPython = "Copy Python code…";
export const exportNetwork = "Export network…";
export const savePoints = "Save points as CSV";
export const hideControls = "Hide controls for a class…";
export const colours = "tinkernet colours";
export const originalColours = "TensorFlow Playground colours";
export const themeSystem = "Theme: match system";
export const themeNotebook = "Theme: match notebook";
export const themeLight = "Theme: light";
export const themeDark = "Theme: dark";
export const sizeAutomatic = "Size: automatic";
export const sizeProjector = "Size: projector";

export const hideTitle = "Hide controls for a class";
export const untick = "Untick to hide. The page shows at once how it looks for the class.";
export const showAll = "Show all";
export const moveLeft = "Move to the left";
export const moveRight = "Move to the right";
