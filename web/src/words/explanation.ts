// “What is this?”: each term in a few sentences, in pieces where others of the terms stand in them.

/** A term that has its own section, in the words of the sentence. */
const see = <T extends string>(term: T, words: string) => ({ term, words });

export const contents = "Contents";
export const intro =
  "A neural network is a program that learns from examples. It consists of many simple units, the neurons, that pass numbers to each other. On this page a small network learns to separate blue points from orange ones, and you can watch and change every part of it. tinkernet is modelled on the TensorFlow Playground.";
export const live =
  "The pictures below are small live networks: what you do in them does not change your own run. Press Play, point at a neuron to enlarge it, or click a line or a bar to change a weight or a bias.";

export const groups = {
  network: "The network",
  data: "The data",
  training: "Training",
  trouble: "What can go wrong",
};

export const sections = {
  neuron: {
    title: "Neuron",
    text: [
      "A neuron computes one number. It multiplies each of its ",
      see("input", "inputs"),
      " by a ",
      see("weight", "weight"),
      ", adds the products and a ",
      see("bias", "bias"),
      ", and applies its ",
      see("activation", "activation"),
      " to the sum. On the page a neuron is a small square: its picture shows the neuron’s output at every position. With the inputs x₁ and x₂, a single neuron can only divide the plane along a straight line.",
    ],
  },
  input: {
    title: "Input",
    text: [
      "Inputs, also called features, are the numbers that the network starts from. Each point has two coordinates, x₁ and x₂, between −6 and 6. Other inputs are computed from these two, such as x₁² or sin x₂. For data of your own, the inputs are its columns and formulas over them. With suitable inputs even a very small network can solve a difficult ",
      see("problem", "problem"),
      ".",
    ],
  },
  weight: {
    title: "Weight",
    text: [
      "A weight says how strongly one ",
      see("neuron", "neuron"),
      " influences another, and in which direction. Training changes the weights until the ",
      see("output", "output"),
      " is right at as many points as possible. On the page a weight is a line: a thick line is a large weight, a blue line is positive, a dashed orange line is negative.",
    ],
  },
  bias: {
    title: "Bias",
    text: [
      "A bias is a number that a ",
      see("neuron", "neuron"),
      " adds to its weighted sum. It moves the line where the sum is 0, but does not turn it. The small bar under a neuron is its bias: to the right is positive, to the left is negative. Like a ",
      see("weight", "weight"),
      ", it is learned.",
    ],
  },
  activation: {
    title: "Activation",
    text: [
      "The activation is the function that a ",
      see("neuron", "neuron"),
      " applies to its weighted sum. tanh gives a number between −1 and 1, sigmoid one between 0 and 1; ReLU replaces negative sums by 0; linear changes nothing. Without a nonlinear activation, extra ",
      see("layer", "layers"),
      " add nothing: the network can then do no more than a single neuron.",
    ],
  },
  layer: {
    title: "Layer",
    text: [
      "A layer consists of neurons that get the same inputs. The neurons of the first layer get the ",
      see("input", "inputs"),
      " of the network, those of the next layer get the outputs of the first. The layers between the inputs and the ",
      see("output", "output"),
      " are called hidden layers. Each combines what the layer before it has found.",
    ],
  },
  output: {
    title: "Output",
    text: [
      "The output is the last neuron, and its value is the prediction of the network: blue is positive, orange is negative, and pale is close to 0. In classification its sign is the predicted class; close to −1 or 1 the network is confident. With cross-entropy it is the probability of the blue class, from 0 to 1. With more than two classes there is an output neuron for each, with its probability: the colour at a position is that of the most probable class, and pale is unsure. In regression the value itself is the prediction.",
    ],
  },
  "decision-boundary": {
    title: "Decision boundary",
    text: [
      "The decision boundary is where the ",
      see("output", "output"),
      " is 0, or a probability of 0.5: on one side of it the network predicts blue, on the other side orange. Of more classes it is where two of them are equally probable. Training moves this line until it separates the points as well as the network can.",
    ],
  },
  problem: {
    title: "Problem",
    text: [
      "The problem is what the network has to learn. In classification each point belongs to a class, such as orange (−1) or blue (1), and the network predicts the class. In regression each point has a number as its label, and the network predicts that number.",
    ],
  },
  data: {
    title: "Training data and test data",
    text: [
      "The points are examples for which the right answer is known. The network learns from the training data. The test data are held back: they show how well the network does on points that it has never seen. That is what counts in the end.",
    ],
  },
  noise: {
    title: "Noise",
    text: [
      "Noise moves the points away from their places at random. Real data are noisy, too: measurements are inexact, and classes overlap. With much noise no simple boundary is right for all points, and a network that fits every one of them is ",
      see("overfitting", "overfitting"),
      ".",
    ],
  },
  "initial-weights": {
    title: "Initial weights",
    text: [
      "Before training, the weights are drawn at random: these are the initial weights. If they were all equal, the neurons of a layer would stay equal, and could do no more than one. From other initial weights training can reach another result, sometimes a much better one.",
    ],
  },
  loss: {
    title: "Loss",
    text: [
      "The loss says how wrong the network is, on average over the points; what counts as wrong at one point is the ",
      see("loss-function", "loss function"),
      ". The training loss is computed from the training data, the test loss from the ",
      see("data", "test data"),
      ". Lower is better, and 0 is perfect.",
    ],
  },
  "loss-function": {
    title: "Loss function",
    text: [
      "The loss function measures the error at one point, from the ",
      see("output", "output"),
      " and the right value; training makes its mean, the ",
      see("loss", "loss"),
      ", small. The squared error is half the square of their difference: one large error counts more than several small ones. Cross-entropy makes the output a probability, and is very large where the network is sure of the wrong class. Hinge ignores points that are far on the right side, and with Huber a few points that are far off count less.",
    ],
  },
  accuracy: {
    title: "Accuracy",
    text: [
      "The accuracy is the share of points that are classified correctly. It depends only on which side of the ",
      see("decision-boundary", "decision boundary"),
      " a point lies. The ",
      see("loss", "loss"),
      " can still fall when the accuracy has already reached 100 %: the network then becomes more confident.",
    ],
  },
  epoch: {
    title: "Epoch",
    text: [
      "An epoch is one pass through all training points. The curve shows the ",
      see("loss", "loss"),
      " after each epoch. A network often needs hundreds of epochs.",
    ],
  },
  batch: {
    title: "Batch",
    text: [
      "A batch is a small group of training points. The ",
      see("gradient-descent", "gradients"),
      " of its points are averaged for one update of the weights. A small batch gives many rough updates in each ",
      see("epoch", "epoch"),
      ", a large batch gives few exact ones.",
    ],
  },
  "gradient-descent": {
    title: "Gradient descent",
    text: [
      "The gradient says for each weight how fast the ",
      see("loss", "loss"),
      " rises when that weight is increased a little. Gradient descent changes every weight a little in the opposite direction, so that the loss falls, and repeats this many times. It is like going downhill in fog: you feel only how steep the ground is where you stand. So it can end in a local minimum, a low place that is not the lowest.",
    ],
  },
  "learning-rate": {
    title: "Learning rate",
    text: [
      "The learning rate is the factor for the ",
      see("gradient-descent", "gradient"),
      " in each update: it sets how large the steps are. If it is too small, training takes very long. If it is too large, each step jumps across the valley: the loss jumps up and down and may never get small, and training can even diverge. A schedule changes it from epoch to epoch, mostly to smaller and smaller steps.",
    ],
  },
  optimizer: {
    title: "Optimizer",
    text: [
      "The optimizer is the rule by which ",
      see("gradient-descent", "gradients"),
      " change the weights. The plain rule is a step against the gradient, as large as the ",
      see("learning-rate", "learning rate"),
      " says. With momentum, each step keeps a part of the one before, so that steps gather speed where the direction stays the same. Adam also gives every weight a separate step size: it is often faster, but needs a smaller learning rate.",
    ],
  },
  overfitting: {
    title: "Overfitting",
    text: [
      "A network is overfitting when it memorizes its training points, with their ",
      see("noise", "noise"),
      ", instead of the rule behind them. The sign of it: the training loss falls while the test ",
      see("loss", "loss"),
      " stays higher or rises. Many neurons, few points and noise lead to it. More data, a smaller network or ",
      see("regularization", "regularization"),
      " help.",
    ],
  },
  regularization: {
    title: "Regularization",
    text: [
      "Regularization adds a penalty on large ",
      see("weight", "weights"),
      " to the loss, so that the network finds simpler answers. L1 penalizes absolute values: many weights become exactly 0. L2 penalizes squares: all weights shrink, but few become 0. The regularization rate says how strong the penalty is; if it is too strong, the network learns nothing.",
    ],
  },
  dropout: {
    title: "Dropout",
    text: [
      "With dropout, a share of the hidden ",
      see("neuron", "neurons"),
      " is switched off during training, others for each point, chosen at random; those that stay on are scaled up to make up for it. No neuron can then rely on a few others, which works against ",
      see("overfitting", "overfitting"),
      ". The output and the ",
      see("loss", "losses"),
      " on the page are computed with all neurons. Too much dropout, or a small network, and it learns little.",
    ],
  },
} as const;

/** Below each miniature: what to look at and what to try. */
export const captions = {
  neuron:
    "One neuron with two inputs. Change its weights, and the line between blue and orange turns; change its bias, and the line moves. Or press Play, and training finds the line.",
  activation:
    "The same network with different activations. tanh and sigmoid give round boundaries, ReLU gives boundaries with corners, and linear cannot enclose the blue points.",
  layer:
    "Each of the four neurons divides the plane along a straight line. The output adds what they find, and together they enclose the blue points.",
  initial:
    "Three ReLU neurons. Try other initial weights several times: most starts reach a loss of almost 0, some are stuck at about 0.2.",
  loss: "While the loss falls, epoch by epoch, the boundary takes shape. Drag along the curve to see an earlier epoch.",
  rate: "The same network from the same initial weights with three learning rates. Only with the one in the middle does the loss become small.",
  optimizer:
    "The same network from the same initial weights, with a small learning rate. After 100 epochs gradient descent is still at a loss of about 0.3, momentum and Adam are at about 0.02.",
  overfitting:
    "50 noisy points to learn from, and the test data around them. With 16 neurons the boundary bends around single points: the training loss falls while the test loss rises.",
  regularization:
    "Five inputs, of which x₁² and x₂² are enough. With L1 most of the other weights become 0; with L2 the lines become thinner.",
};

/** What a control does, and in which picture. */
export const playIn = (control: string, title: string) => `${control}: ${title}`;
export const startAgain = "Start again";
export const otherWeights = "Other initial weights";
export const weightOf = (input: string) => `Weight of ${input}`;
export const rate = (rate: string, judged: string) => `${rate}: ${judged}`;
export const tooSmall = "too small";
export const goodRate = "good";
export const tooLarge = "too large";
export const neurons = (n: number) => `${n} neurons`;
/** Until the first picture has come. */
export const unknown = "–";
export const notConnected = "Connection lost: this picture stands still. Reconnecting…";
