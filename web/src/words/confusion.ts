// The confusion matrix: how many points of each class are put into each class.

export const title = "Confusion matrix";
/** After the accuracy, for screen readers. */
export const open = ", show the confusion matrix";
export const means = "Rows are the actual classes, columns the predicted ones. Point at a cell to see its points.";
export const points = "Points";
export const sets = { training: "Training points", test: "Test points" };
export const caption = "Number of points by actual class (rows) and predicted class (columns)";
export const actual = "Actual";
export const predicted = "Predicted";
export const cell = (count: string, actual: string, predicted: string) =>
  `${count} points of ${actual}, predicted ${predicted}`;
export const unknown = "–";
