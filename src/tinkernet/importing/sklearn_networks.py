"""The networks of scikit-learn: MLPClassifier and MLPRegressor."""

from typing import Any

import numpy as np

from tinkernet.errors import ExperimentError
from tinkernet.importing.activations import checked_activation
from tinkernet.importing.data import Given
from tinkernet.importing.making import run_of
from tinkernet.importing.stack import Stack, StackBuilder
from tinkernet.run import Run


def from_sklearn(mlp: Any, data: Given = None, **settings: Any) -> Run:
    """A run at epoch 0 with the network of a fitted `MLPClassifier` or `MLPRegressor` of scikit-learn.

    Args:
        mlp: the fitted estimator. Of a pipeline give its last step, and data as the steps before it make it.
        data: as in `from_torch`. The names of columns and classes are those that the estimator has seen.
        settings: other settings of the experiment.

    Raises:
        ExperimentError: it is another estimator, or not fitted, or the data does not fit.

    Example:
        >>> from sklearn.neural_network import MLPRegressor
        >>> points, numbers = [[0, 0], [1, 0], [0, 1], [1, 1]], [0, 1, 1, 2]
        >>> mlp = MLPRegressor(hidden_layer_sizes=(3,), solver="lbfgs", random_state=0).fit(points, numbers)
        >>> from_sklearn(mlp, (points, numbers)).layout.sizes
        (2, 3, 1)
    """
    return run_of(stack_of(mlp), data, settings)


def stack_of(mlp: Any) -> Stack:
    """The layers of a fitted estimator.

    Raises:
        ExperimentError: it is not one, or not fitted, or has an output that tinkernet does not have.
    """
    kind = type(mlp).__name__
    if not (hasattr(mlp, "hidden_layer_sizes") and hasattr(mlp, "activation")):
        also = "; of a pipeline give its last step" if hasattr(mlp, "steps") else ""
        raise ExperimentError("mlp", kind, f"a fitted MLPClassifier or MLPRegressor{also}")
    if not hasattr(mlp, "coefs_"):
        raise ExperimentError("mlp", f"{kind}, not fitted", f"a fitted {kind}: call fit first")
    builder, last = StackBuilder("mlp"), len(mlp.coefs_) - 1
    for k, (weights, biases) in enumerate(zip(mlp.coefs_, mlp.intercepts_, strict=True)):
        name = f"coefs_[{k}]"
        builder.dense(name, np.asarray(weights).T, biases)
        builder.activation(name, checked_activation(name, mlp.out_activation_ if k == last else mlp.activation))
    classes = [str(one) for one in getattr(mlp, "classes_", ())]
    return builder.stack([str(name) for name in getattr(mlp, "feature_names_in_", ())], classes)
