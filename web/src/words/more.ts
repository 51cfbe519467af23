// The panel "More settings", and the chips for what is chosen there.

export const title = "More settings";
export const hint =
  "Optimizer, learning rate schedule, loss, initial weights, dropout, and an activation for each layer.";
/** The settings of the panel, in order. */
export const names = {
  optimizer: "Optimizer",
  schedule: "Learning rate schedule",
  loss: "Loss",
  initializer: "Initial weights",
};
export const dropout = "Dropout";
export const dropoutHint =
  "The share of hidden neurons that are switched off at random in each update, so that none is relied on alone.";
export const noHiddenLayers = "Only for networks with hidden layers.";
export const dropoutByLayer = (shares: string) => `By layer: ${shares}. The slider sets all layers.`;
export const percent = (share: number) => `${Math.round(100 * share)} %`;
export const activationByLayer = "Activation by layer";
export const layer = (n: number) => `Layer ${n}`;
export const activationOf = (n: number) => `Activation of layer ${n}`;
export const defaults = "Defaults";
export const defaultsOf = (name: string) => `${name}: parameters back to their defaults`;
export const parameterOf = (parameter: string, name: string) => `${name}: ${parameter}`;
export const rateCurve = (epochs: string, first: string, highest: string, last: string) =>
  `Learning rate over ${epochs} epochs: first ${first}, highest ${highest}, last ${last}`;
export const toEpoch = (epoch: string) => `epoch ${epoch}`;
export const rateNow = (rate: string, epoch: string) => `Rate after epoch ${epoch}: ${rate}`;

export const chips = "Further settings";
export const chip = (name: string, value: string) => `${name}: ${value}`;
export const chipOf = (name: string, value: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)} ${value}`;
export const remove = (name: string) => `Remove ${name}`;
export const settingsAnd = (settings: string, n: number) => `${settings}, ${n} further`;
