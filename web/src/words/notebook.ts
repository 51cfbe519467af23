// The widget in a notebook where no kernel answers: its last picture.

export const runCell = "Run the cell to play.";
export const tooOld = "This browser is too old to show the page.";
