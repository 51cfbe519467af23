// The network: its inputs, layers, neurons, weights and biases.

export const inputs = "Inputs";
export const inputsInUse = (used: number, all: number) => `${used} of ${all}`;
export const feature = (label: string) => `Feature ${label}`;
export const showOthers = (n: number) => `Show the other ${n} features`;

export const addInput = "Add an input by formula";
export const addInputHint = "Adds an input that you write as a formula, such as sin(3x).";
export const changeInput = "Change the input";
export const formulaInput = (label: string) => `Input ${label}: change or remove`;
export const formula = "Formula";
export const formulaExample = "sin(3x) · y";
export const formulaExplained = "Use numbers, + − × ÷, ^ for powers, parentheses, and any of these:";
export const formulaNames = "Names in a formula";
export const furtherColumns = (n: number) => (n === 1 ? "1 further column" : `${n} further columns`);
export const chooseColumn = "Choose a column";
export const add = "Add";
export const change = "Change";
export const remove = "Remove";

export const neuronsInLayer = (layer: number) => `Neurons in layer ${layer}`;
export const removeNeuron = (layer: number) => `Remove neuron from layer ${layer}`;
export const addNeuron = (layer: number) => `Add neuron to layer ${layer}`;
export const neurons = (n: number) => (n === 1 ? "neuron" : "neurons");

export const input = (input: number) => `input ${input}`;
export const outputNeuron = "output neuron";
/** Of several outputs: the one of this class. */
export const outputNeuronOf = (of: string) => `output neuron of ${of}`;
export const neuronOfLayer = (neuron: number, layer: number) => `neuron ${neuron} of layer ${layer}`;
export const weight = (from: string, to: string) => `Weight from ${from} to ${to}`;
export const bias = (neuron: string) => `Bias of ${neuron}`;
export const switchedOff = ", switched off";
export const frozen = ", frozen";

/** Beside what is pointed at, where there is little room. */
export const shortNeuron = (neuron: number) => `neuron ${neuron}`;
export const shortOutput = "output";
export const shortWeight = (from: string, to: string) => `${from} → ${to}`;
export const shortBiasOfOutput = "Bias of the output";
export const shortBias = (neuron: number) => `Bias of neuron ${neuron}`;
export const withValue = (name: string, value: string) => `${name}: ${value}`;
export const clickToEdit = "click to edit";

export const biasHint = "What this neuron adds to its weighted sum. To the right is positive. Click to edit it.";
export const value = "Value";
export const valueByDragging = "Value by dragging";
export const typeNumber = "Type a number, for example −0.5.";

/** On a first visit. */
export const clueNeuron = "A neuron:";
export const clueNeuronMeans = "its output at every position. Point at it to enlarge it.";
export const clueNeuronTouch = "its output at every position. Tap it to enlarge it.";
export const clueWeight = "A weight:";
export const clueWeightMeans = "thick is large, blue is positive, dashed orange is negative.";
export const clueOutput = "The output:";
export const clueOutputMeans = "what the network predicts at every position.";
export const cluePlay = "Press Play";
export const cluePlayMeans = "to train the network.";
