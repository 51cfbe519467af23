"""What can be found: one entry per kind in KINDS, the most telling first. To add a kind, add an entry and a rule."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of finding. An alarm says that something stands in the way; a note only says how things are.

    `always` is set for a note that answers the question by itself and so is told unasked. What a kind `explains` is
    but a consequence of it, and not told beside it.
    """

    name: str
    title: str
    hint: str
    alarm: bool = True
    always: bool = False
    explains: tuple[str, ...] = ()


def _note(name: str, title: str, hint: str, *, always: bool = False) -> Kind:
    return Kind(name, title, hint, alarm=False, always=always)


KINDS = {
    kind.name: kind
    for kind in (
        Kind("diverged", "Numbers out of bounds", "A weight or a loss has become infinite or no number at all."),
        Kind(
            "regularization-explodes",
            "Regularization that blows weights up",
            "With L2, learning rate × regularization rate over 2 makes each weight larger at every step.",
        ),
        Kind(
            "no-inputs",
            "No inputs",
            "Without a feature every point looks the same to the network.",
            explains=("symmetric", "over-regularized", "dead-neurons", "saturated", "vanishing-gradients", "too-small"),
        ),
        Kind("too-few-points", "Too few points", "There is too little to learn from."),
        Kind("class-imbalance", "One class is rare", "Nearly all training points belong to one class."),
        Kind(
            "symmetric",
            "Neurons that are copies",
            "Neurons that start alike are moved alike, and stay alike.",
            explains=("vanishing-gradients",),
        ),
        Kind(
            "over-regularized",
            "Too much regularization",
            "Weights are pulled to 0 harder than the points pull back.",
            explains=("vanishing-gradients", "dead-neurons"),
        ),
        Kind(
            "learning-rate-too-large",
            "Learning rate too large",
            "Each step goes past where it should have led.",
            explains=("vanishing-gradients", "local-minimum"),
        ),
        Kind(
            "stuck-output",
            "Output stuck",
            "The output is at its end for nearly all points, where it hardly moves.",
            explains=("vanishing-gradients",),
        ),
        Kind(
            "dead-neurons",
            "Dead neurons",
            "ReLU neurons that give 0 for every point learn nothing any more.",
            explains=("vanishing-gradients", "local-minimum"),
        ),
        Kind("saturated", "Saturated neurons", "Neurons at the flat end of their activation hardly learn."),
        Kind("learning-rate-too-small", "Learning rate too small", "It learns, but each step is tiny."),
        Kind("batch-too-large", "Batch too large", "There are fewer steps than passes through the points."),
        Kind("vanishing-gradients", "Vanishing gradients", "Hardly any of the error arrives at the first layers."),
        Kind(
            "too-small", "Too small a network", "The network, on these features, can't have the shape that is needed."
        ),
        Kind("local-minimum", "At rest in a hollow", "Every small step makes it worse, but far away there is better."),
        Kind("unlucky-start", "An unlucky start", "Other first weights of the same network do much better."),
        Kind("overfitting", "Overfitting", "It learns the training points by heart, and is worse on all others."),
        _note("solved", "Solved", "It tells the points right, those held back as well.", always=True),
        _note("noise-floor", "As good as the noise allows", "What is left of the loss is noise in the points."),
        _note("not-started", "Not started", "It has not been trained yet."),
        _note("unsteady", "Up and down", "The training loss goes up and down from epoch to epoch."),
        _note("falling", "Falling", "The training loss is falling."),
        _note("rising", "Rising", "The training loss is rising."),
        _note("level", "Level", "The training loss has not moved for long."),
    )
}
