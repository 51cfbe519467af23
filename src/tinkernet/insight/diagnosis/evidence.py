"""The quantities that a finding can have as evidence: what each is called, what it is, and how it is written."""

from collections.abc import Callable
from dataclasses import dataclass

from tinkernet.formatting import count, figure, percent, rounded
from tinkernet.insight.diagnosis.formatting import Number

Written = Callable[[float], str]


@dataclass(frozen=True)
class Quantity:
    """A measured quantity: its label on the page, what it means, and how its value is written, with its unit."""

    label: str
    meaning: str
    written: Written


def _loss(label: str, meaning: str) -> Quantity:
    return Quantity(label, meaning, lambda value: figure(value, 3))


def _figure(label: str, meaning: str) -> Quantity:
    return Quantity(label, meaning, figure)


def _share(label: str, meaning: str) -> Quantity:
    return Quantity(label, f"{meaning}, 0 to 1", percent)


def _count(label: str, meaning: str, noun: str = "") -> Quantity:
    """A whole number, with a noun where the label does not say what is counted."""
    return Quantity(label, meaning, (lambda value: f"{Number(value):{noun}}") if noun else count)


def _epochs(label: str, meaning: str) -> Quantity:
    return _count(label, meaning, "epoch")


def _about_epochs(label: str, meaning: str) -> Quantity:
    return Quantity(label, meaning, lambda value: f"about {rounded(value)}")


EVIDENCE: dict[str, Quantity] = {
    "against": _figure(
        "Direction of the penalty", "cosine of the angle between the loss's gradient and the penalty's pull against it"
    ),
    "batch_size": _count("Batch size", "training points for each update", "point"),
    "best": _loss("Lowest training loss of any start", "lowest training loss of any start"),
    "best_test_loss": _loss("Lowest test loss so far", "lowest test loss so far"),
    "bound": _loss("Lowest possible training loss", "lowest training loss that the network could have"),
    "chance": _loss("Gap that chance explains", "standard error of the gap, as a loss"),
    "constant": _loss("Training loss of a constant output", "that of the best output that is the same for all points"),
    "copies": _count("Identical neurons", "neurons that are identical to another one of their layer"),
    "dead_layers": _count("Dead layers", "hidden layers in which all neurons are dead"),
    "dead_neurons": _count("Dead neurons", "hidden neurons that output 0 for every point"),
    "dead_weights": _count("Weights permanently at 0", "weights that L1 has permanently set to 0"),
    "epoch": _count("Epoch", "epoch at which training diverged"),
    "epochs": _epochs("Measured over", "epochs that the trend is measured over"),
    "epochs_left": _about_epochs("Epochs to go", "epochs to the goal"),
    "epochs_to_move": _about_epochs("Epochs to change a weight by 0.05", "epochs until a typical weight has moved"),
    "factor": _figure("Factor per step", "what a weight is multiplied by at each step"),
    "fall": _loss("Fall of the training loss in a trial", "fall of the training loss in a trial"),
    "fall_faster": _loss(
        "The same at the higher learning rate", "fall of the training loss in a trial with a higher learning rate"
    ),
    "fallen": _share("Recent fall of the training loss", "share of the training loss"),
    "faster": _figure("Learning rate of that trial", "learning rate of a trial with a higher one"),
    "features": _count("Features in use", "features in use"),
    "frequent_share": _share("Share of the most frequent class", "share of the training points"),
    "gap": _loss("Gap between test and training loss", "test loss less training loss"),
    "goal": _loss("Goal for the training loss", "training loss that the forecast is for"),
    "gradient": _figure("Size of the gradient", "length of the gradient of the training loss"),
    "gradient_first": _figure(
        "Gradient in the first layer", "typical gradient of a weight of the first layer (root mean square)"
    ),
    "gradient_last": _figure(
        "Gradient in the last layer", "typical gradient of a weight of the last layer (root mean square)"
    ),
    "hidden_neurons": _count("Hidden neurons", "neurons between the inputs and the output"),
    "highest": _loss("Recent peak of the training loss", "highest training loss of the last epochs"),
    "larger_neurons": _count("Hidden neurons of the larger network", "hidden neurons of the network compared with"),
    "larger_succeeded": _count(
        "Starts of the larger network that reach it", "starts of the larger network that get below the threshold"
    ),
    "layer": Quantity("Layer", "counted from 0, the first one after the inputs", lambda value: count(value + 1)),
    "layer_neurons": _count("Neurons in that layer", "neurons of that layer"),
    "layers": _count("Hidden layers", "hidden layers"),
    "learning_rate": _figure("Learning rate", "size of each update"),
    "learning_rate_now": _figure("Learning rate now", "learning rate of the next epoch, as its schedule changes it"),
    "loss_ahead": _loss("Training loss after a trial", "training loss at the end of a trial"),
    "loss_gentler": _loss(
        "The same at a tenth of the learning rate", "training loss at the end of a trial with a tenth of the rate"
    ),
    "loss_slower": _loss(
        "The same at the lower learning rate", "training loss at the end of a trial with a lower learning rate"
    ),
    "median": _loss("Median training loss", "median training loss of the last epochs"),
    "median_of_starts": _loss("Median training loss of the starts", "median of the starts' lowest training losses"),
    "median_output": _figure("Median output", "median of the output over the training points"),
    "neurons": _count("Neurons", "hidden neurons and the output"),
    "noise": Quantity("Noise", "noise of the points, per cent", lambda value: f"{count(value)} %"),
    "noise_loss": _loss(
        "Loss that the noise explains", "about the loss that noise, or overlapping labels, leave to any network"
    ),
    "output_spread": _figure("Spread of the output", "standard deviation of the output from point to point"),
    "parameters": _count("Weights and biases", "weights and biases"),
    "points": _count("Training points", "training points"),
    "possible": _loss("Training loss that the data allow", "about the lowest training loss that the points allow"),
    "product": _figure("Learning rate × regularization rate", "learning rate × regularization rate × pull on a weight"),
    "pull": _figure("Size of the penalty's gradient", "length of the penalty's gradient"),
    "rare_points": _count("Points of the rarer class", "training points of the rarer class"),
    "rare_share": _share("Share of the rarer class", "share of the training points"),
    "ratio": _figure("First layer's gradient over the last layer's", "first layer's gradient over the last layer's"),
    "regularization_rate": _figure("Regularization rate", "strength of the penalty"),
    "roughness": _share("Typical change per epoch", "typical change of the training loss, as a share of it"),
    "saturated_neurons": _count("Saturated neurons", "neurons at a flat end of their activation"),
    "share_at_ends": _share("Points with a saturated output", "share of the training points"),
    "share_left": _share("Share that it cannot learn", "share of what could be learned"),
    "slower": _figure("Learning rate of that trial", "learning rate of a trial with a lower one"),
    "starts": _count("Starts", "starts that were trained"),
    "succeeded": _count("Starts that succeed", "starts that get below the threshold"),
    "test_accuracy": _share("Test accuracy", "share of the test points that are classified correctly"),
    "test_loss": _loss("Test loss", "mean loss over the test points"),
    "threshold": _loss("Success below a training loss of", "training loss below which a start counts as a success"),
    "times": Quantity(
        "Last layer's gradient over the first layer's", "last layer's gradient over the first layer's", rounded
    ),
    "train_accuracy": _share("Training accuracy", "share of the training points that are classified correctly"),
    "train_loss": _loss("Training loss", "mean loss over the training points"),
    "trial_epochs": _epochs("Length of a trial", "epochs of a trial"),
    "weight_size": _figure("Typical size of a weight", "root mean square of all weights"),
    "weight_size_ahead": _figure("The same after a trial", "root mean square of all weights after a trial"),
    "weights": _count("Weights", "all weights of the network"),
}
