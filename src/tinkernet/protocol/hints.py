"""Plain words for each control and quantity on the page, for a person on the first day with neural networks."""

from tinkernet.formatting import shortened
from tinkernet.network import Loss
from tinkernet.network.heads import Draws

LONGEST_CLASS = 24
"""So many characters of the name of a class are in a hint."""

HINTS = {
    "play": "Train: the network goes through the points again and again and adjusts its weights a little each time.",
    "step": "Train for one epoch; in slow motion for one batch or one point.",
    "reset": "New random initial weights on the same points. Luck matters: try a few.",
    "rewind": "Back to the same initial weights, to see the same run again.",
    "new_points": "Draw other points of the same data set, and other initial weights.",
    "undo": "Undo your last change.",
    "redo": "Redo what you undid.",
    "speed": "How fast training goes, from one point at a time to as fast as this machine can.",
    "stop_at": "Pause automatically at an epoch, or once the training loss is low enough.",
    "keep_weights": "Keep the weights when a setting or the data change. Changing inputs, layers or neurons restarts.",
    "epoch": "How many times the network has seen all training points.",
    "position": "How many training points of this epoch it has seen.",
    "test_loss": "How wrong it is on points it has never seen. If only this one rises, it is overfitting.",
    "train_accuracy": "The share of training points that are classified correctly.",
    "test_accuracy": "The share of test points that are classified correctly.",
    "learning_rate": "The size of each weight update. Too small learns slowly, too large overshoots.",
    "activation": "The function applied to the weighted sum. Without a nonlinear one, extra layers add nothing.",
    "optimizer": "How the gradients change the weights.",
    "schedule": "How the learning rate changes from epoch to epoch.",
    "loss": "How the error at one point is measured; training makes its average small.",
    "regularization": "A penalty on large weights, so that the network finds simpler answers.",
    "regularization_rate": "How strong that penalty is.",
    "problem": "Classification predicts a class for every position, regression a number.",
    "dataset": "The points to learn from.",
    "noise": "How far points are randomly displaced, in percent.",
    "train_percent": "The share of points to learn from; the rest is held back for testing.",
    "batch_size": "How many points are averaged for one weight update.",
    "initializer": "How the initial weights are chosen.",
    "seed": "The text that all randomness comes from: the same seed gives the same points and weights.",
    "features": "The inputs of the network, computed from a point. With good inputs a small network is enough.",
    "hidden": "Layers of neurons between the inputs and the output. Each combines what the one before it found.",
    "neuron": "Sums inputs times weights, plus a bias, and applies the activation. Its picture is the output.",
    "weight": "How strongly one neuron influences another. Orange is negative, blue positive, thick is large.",
    "bias": "A number added to the weighted sum: it shifts the neuron's boundary.",
    "dead_weights": "Weights that L1 has set to exactly 0; they stay 0.",
    "show_test_data": "Also show the points that are held back for testing.",
    "discretize": "Show only the predicted class, not the confidence.",
    "loss_curve": "The losses over the epochs. Lower is better.",
}


def output_hint(draws: Draws, classes: tuple[str, ...]) -> str:
    """What the colours of the output mean."""
    if draws == "classes":
        return "The class with the largest probability at every position; pale is unsure."
    if not classes:
        return "The number that the network predicts for every position: blue is high, orange is low."
    first, second = (f"“{shortened(name, LONGEST_CLASS)}”" for name in classes)
    if draws == "probability":
        return f"How probable {second} is at every position: blue is near 1, orange near 0, and pale is unsure."
    return f"What the network predicts for every position: blue is {second}, orange is {first}, and pale is unsure."


def train_loss_hint(loss: Loss) -> str:
    """What the training loss is, which depends on the loss function."""
    return f"How wrong the network is on the points it learns from: {loss.measure}, on average."
