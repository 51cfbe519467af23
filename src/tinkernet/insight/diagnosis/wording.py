"""Every sentence of the diagnosis: for each kind and cause a headline and its reason, with the evidence put in.

A headline is one short sentence that can be read without the reason. Templates take the evidence by its name, and
format it as `Number` describes.
"""

from collections.abc import Mapping
from typing import NamedTuple

from tinkernet.insight.diagnosis.formatting import Number


class Sentences(NamedTuple):
    """A headline of one sentence, and one or two sentences that give the reason."""

    message: str
    reason: str = ""


def sentences(kind: str, cause: str, evidence: Mapping[str, float]) -> Sentences:
    """What to say of a finding."""
    numbers = {name: Number(value) for name, value in evidence.items()}
    return Sentences(*(template.format_map(numbers) for template in SENTENCES[kind][cause]))


_TOO_STRONG = "The regularization rate of {regularization_rate:figure} is too high."
_SHRINKS = "it pulls more strongly than the data can resist."
_TOO_FAST = "The learning rate of {learning_rate:figure} is too large."
_TOO_SLOW = "The learning rate of {learning_rate:figure} is too small."
_OVERSHOOT = " Each step overshoots the minimum."
_ASYMMETRY = "Different initial weights break the symmetry."
_DEAD = "They output 0 for every point and pass no gradient, so nothing"
_FLAT = "for {share_at_ends:percent} of the training points, where its activation is flat, so it hardly learns."
_MEMORIZES = "It memorizes the training points (overfitting)."
_GAP = "The test loss of {test_loss:figure} is far above the training loss of {train_loss:figure}"
_RISEN = "; it was as low as {best_test_loss:figure}"
_WHY_OVERFITTING = {
    "flexible": "With {parameters:count} weights and biases for {points:count} points it can bend around each one.",
    "noise": "With {noise:count} % noise, much of what it learns is noise.",
    "overlap": "Points close together have different labels, so much of what it learns is noise.",
    "sparse": "{points:point} {points:says|say} too little about the positions between them.",
}
_WHY_NO_LOWER = {
    "noise": ("As good as the noise allows.", "the noise", "s"),
    "overlap": ("As good as the data allow.", "points close together with different labels", ""),
}
_LOSSES = {
    "": "Training and test loss are {train_loss:figure} and {test_loss:figure}",
    "-train": "The training loss is {train_loss:figure}",
}
_FAMILIES = {
    "no-hidden-layer": "A network without a hidden layer",
    "linear-neurons": "A network of linear neurons, however many,",
    "single-neurons": "A network with one neuron in each layer",
}
_SHAPES = {
    "line": ("draw one straight line", ""),
    "cut": ("make one straight cut", ", through its features"),
    "lines": ("draw straight lines between classes", ""),
    "cuts": ("make straight cuts between classes", ", through its features"),
}

SENTENCES: dict[str, dict[str, Sentences]] = {
    "diverged": {
        "overflow": Sentences(
            "Training diverged at epoch {epoch:count}.",
            "A weight or the loss has overflowed, so nothing is learned from here on.",
        ),
        "large-loss": Sentences(
            "Training diverged at epoch {epoch:count}.",
            "The training loss has reached {train_loss:figure}, and each step increases it.",
        ),
    },
    "regularization-explodes": {
        "": Sentences(
            "The regularization makes the weights explode.",
            "Each step multiplies every weight by 1 − {product:figure} = {factor:figure}. Learning rate × "
            "regularization rate must stay well below 2.",
        ),
    },
    "no-inputs": {
        "": Sentences("The network has no inputs.", "No feature is selected, so every point gets the same output."),
    },
    "too-few-points": {
        "none": Sentences("There are no training points.", "There is nothing to learn from."),
        "few": Sentences(
            "{points:training point} {points:is|are} too few.",
            "With so few, chance looks like a pattern.",
        ),
        "gap": Sentences(
            "{points:training point} {points:is|are} too few.",
            f"{_GAP}. With so few, chance looks like a pattern.",
        ),
    },
    "class-imbalance": {
        "one-class": Sentences(
            "All training points belong to one class.",
            "Predicting that class everywhere is always right, so nothing else is learned.",
        ),
        "rare": Sentences(
            "One class has only {rare_points:count} of {points:training point}.",
            "That is {rare_share:percent}. Predicting the other class everywhere is right nearly always, so that is "
            "learned first.",
        ),
        "always": Sentences(
            "No better than always guessing the most frequent class.",
            "{frequent_share:percent} of the training points belong to it, and {train_accuracy:percent} are classified "
            "correctly.",
        ),
        "missing": Sentences(
            "One class has no training points.",
            "The network is never shown that class, so it cannot learn to predict it.",
        ),
        "rare-of-several": Sentences(
            "One class has only {rare_points:count} of {points:training point}.",
            "That is {rare_share:percent}. Never predicting this class costs hardly any loss, so the others are "
            "learned first.",
        ),
    },
    "batch-too-large": {
        "": Sentences(
            "The batch is larger than the training set.",
            "The weights are updated after {batch_size:count} points, and an epoch has only {points:count}, so they "
            "never change.",
        ),
    },
    "symmetric": {
        "zeros": Sentences(
            "All weights are 0, so all neurons stay identical.",
            f"Neurons with the same weights get the same gradients. {_ASYMMETRY}",
        ),
        "zeros-one": Sentences(
            "All weights are 0, so every point gets the same output.",
            "With weights of 0, hardly any gradient reaches the hidden neuron.",
        ),
        "copies": Sentences(
            "{copies:count} of {hidden_neurons:hidden neuron} are identical.",
            f"They will stay identical: neurons with the same weights get the same gradients. {_ASYMMETRY}",
        ),
    },
    "over-regularized": {
        "explodes": Sentences(_TOO_STRONG, "At this learning rate it makes the weights larger instead of smaller."),
        "disconnected": Sentences(
            _TOO_STRONG,
            "It has permanently set {dead_weights:count} of {weights:weight} to 0, and no input reaches the output.",
        ),
        "collapsed": Sentences(
            _TOO_STRONG,
            f"It has shrunk all weights to about {{weight_size:figure}}: {_SHRINKS}",
        ),
        "will-collapse": Sentences(
            _TOO_STRONG,
            "Within {trial_epochs:~epoch} it will shrink all weights to about {weight_size_ahead:figure}: "
            f"{_SHRINKS}",
        ),
        "held": Sentences(
            _TOO_STRONG,
            "Its pull towards 0 cancels the gradient of the loss, so training stops at a training loss of "
            "{train_loss:figure}.",
        ),
    },
    "learning-rate-too-large": {
        "overflow": Sentences(_TOO_FAST, f"A weight or the loss has overflowed.{_OVERSHOOT}"),
        "grows": Sentences(
            _TOO_FAST, f"Within {{trial_epochs:~epoch}} the training loss grows without limit.{_OVERSHOOT}"
        ),
        "rises": Sentences(
            _TOO_FAST, f"Within {{trial_epochs:~epoch}} the training loss rises to {{loss_ahead:figure}}.{_OVERSHOOT}"
        ),
        "jumps": Sentences(
            _TOO_FAST,
            "The training loss jumps around {loss_ahead:figure}; a tenth of the rate reaches {loss_gentler:figure} in "
            f"{{trial_epochs:~epoch}}.{_OVERSHOOT}",
        ),
        "stuck": Sentences(
            _TOO_FAST,
            "The training loss stays near {loss_ahead:figure}; a rate of {slower:figure} reaches {loss_slower:figure} "
            f"in {{trial_epochs:~epoch}}.{_OVERSHOOT}",
        ),
        "worse-than-constant": Sentences(
            _TOO_FAST,
            "The training loss of {train_loss:figure} is worse than the {constant:figure} of a constant output."
            f"{_OVERSHOOT}",
        ),
    },
    "schedule-over": {
        "": Sentences(
            "The schedule has lowered the learning rate to {learning_rate_now:figure}.",
            "At the full rate of {learning_rate:figure} the training loss would fall by {fall_faster:figure} in "
            "{trial_epochs:~epoch}.",
        ),
    },
    "stuck-output": {
        "one-end": Sentences("The output is stuck at about {median_output:figure}.", f"It is there {_FLAT}"),
        "both-ends": Sentences(
            "The output is stuck at the ends of its range.",
            f"It is there {_FLAT}",
        ),
    },
    "dead-neurons": {
        "only-neuron": Sentences(
            "The only neuron of layer {layer:position} is dead.",
            "It outputs 0 for every point and passes no gradient, so its layer blocks everything.",
        ),
        "layer": Sentences(
            "All {layer_neurons:neuron} of layer {layer:position} are dead.",
            f"{_DEAD} gets through this layer.",
        ),
        "some": Sentences(
            "{dead_neurons:count} of {hidden_neurons:hidden neuron} {dead_neurons:is|are} dead.",
            f"{_DEAD} can revive them.",
        ),
    },
    "saturated": {
        "": Sentences(
            "{saturated_neurons:count} of {neurons:neuron} {saturated_neurons:is|are} saturated.",
            "The activation is flat there for nearly all points, so almost no gradient gets through.",
        ),
    },
    "learning-rate-too-small": {
        "zero": Sentences("The learning rate is 0, so nothing can change."),
        "slow": Sentences(
            _TOO_SLOW,
            "In {trial_epochs:~epoch} the training loss falls by {fall:figure}; at a rate of {faster:figure} it falls "
            "by {fall_faster:figure}.",
        ),
        "still": Sentences(
            _TOO_SLOW,
            "In {trial_epochs:~epoch} the training loss does not fall; at a rate of {faster:figure} it falls by "
            "{fall_faster:figure}.",
        ),
        "tiny-steps": Sentences(
            _TOO_SLOW, "A typical weight takes {epochs_to_move:~epoch} to change by as little as 0.05."
        ),
    },
    "vanishing-gradients": {
        "backward": Sentences(
            "Almost no gradient reaches the first layer.",
            "It is {times:~time} smaller there than in the last layer, so its weights need about "
            "{epochs_to_move:~epoch} to change by 0.05. Small weights and slopes shrink it in each layer.",
        ),
        "backward-still": Sentences(
            "Almost no gradient reaches the first layer.",
            "It is too small to change the weights there. Small weights and slopes shrink it in each layer.",
        ),
        "forward": Sentences(
            "Almost no signal gets through {layers:hidden layer}.",
            "The output differs by only {output_spread:figure} from point to point. Small weights shrink the signal in "
            "each layer.",
        ),
    },
    "too-small": {
        "inputs": Sentences(
            "These inputs are not enough.",
            "Points with different labels have nearly the same inputs, so no network gets much below a training loss "
            "of {bound:bound}.",
        ),
        **{
            f"{family}-{shape}": Sentences(
                f"This network can only {ability}.",
                f"{subject} can do no more than that{where}, and its training loss stays above {{bound:bound}}.",
            )
            for family, subject in _FAMILIES.items()
            for shape, (ability, where) in _SHAPES.items()
        },
        "starts": Sentences(
            "This network is too small.",
            "None of {starts:start} gets below a training loss of {best:bound} in {trial_epochs:~epoch}. With "
            "{larger_neurons:hidden neuron}, {larger_succeeded:count} of {starts:count} get below {threshold:figure}.",
        ),
    },
    "local-minimum": {
        "": Sentences(
            "Training is stuck at a training loss of {train_loss:figure}.",
            "It has not improved for {epochs:~epoch}, and the data allow about {possible:figure}.",
        ),
    },
    "unlucky-start": {
        "": Sentences(
            "Bad luck with the initial weights.",
            "{succeeded:count} of {starts:start} with other initial weights {succeeded:gets|get} below a training loss "
            "of {threshold:figure} in {trial_epochs:~epoch}.",
        ),
    },
    "overfitting": {
        **{why: Sentences(_MEMORIZES, f"{_GAP}. {reason}") for why, reason in _WHY_OVERFITTING.items()},
        **{f"{why}-rising": Sentences(_MEMORIZES, f"{_GAP}{_RISEN}. {why_}") for why, why_ in _WHY_OVERFITTING.items()},
    },
    "solved": {
        "accuracy": Sentences(
            "Solved.",
            "Classifies {train_accuracy:percent} of training and {test_accuracy:percent} of test points correctly.",
        ),
        "train-accuracy": Sentences("Solved.", "Classifies {train_accuracy:percent} of training points correctly."),
        "losses": Sentences(
            "Solved.", "The training loss is {train_loss:figure}, and the test loss is {test_loss:figure}."
        ),
        "train-loss": Sentences("Solved.", "The training loss is {train_loss:figure}."),
    },
    "noise-floor": {
        f"{why}{tested}": Sentences(headline, f"{losses}; {explained} explain{s} about {{noise_loss:figure}}.")
        for why, (headline, explained, s) in _WHY_NO_LOWER.items()
        for tested, losses in _LOSSES.items()
    },
    "idle-regularization": {
        "": Sentences("Regularization has no effect at a rate of 0.", "The penalty is multiplied by that rate."),
    },
    "not-started": {
        "": Sentences("Not trained yet.", "The training loss is {train_loss:figure} with the initial weights."),
        "no-loss": Sentences("Not trained yet."),
    },
    "falling": {
        "": Sentences(
            "The training loss is falling.",
            "It fell by {fallen:percent} in the last {epochs:~epoch} and is {train_loss:figure} now.",
        ),
        "forecast": Sentences(
            "About {epochs_left:~more epoch} to a training loss of {goal:figure}.",
            "The training loss is falling steadily and is {train_loss:figure} now.",
        ),
    },
    "rising": {"": Sentences("The training loss is rising.", "It is {train_loss:figure} now.")},
    "unsteady": {
        "": Sentences(
            "The training loss goes up and down.",
            "Its recent median is {median:figure}, with a peak of {highest:figure}.",
        ),
        "dropout": Sentences(
            "Dropout makes the training loss go up and down.",
            "Without dropout it would be steadier. Its recent median is {median:figure}, with a peak of "
            "{highest:figure}.",
        ),
    },
    "level": {
        "": Sentences(
            "The training loss stays at about {train_loss:figure}.", "It has hardly changed in {epochs:~epoch}."
        ),
        "schedule": Sentences(
            "The training loss stays at about {train_loss:figure}.",
            "The schedule has lowered the learning rate to {learning_rate_now:figure}.",
        ),
    },
}
"""By kind, then by cause; the cause is "" where a kind has only one."""
