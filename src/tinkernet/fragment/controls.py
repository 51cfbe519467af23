"""What of the page a link can hide from a class: one entry each in CONTROLS."""

from dataclasses import dataclass
from typing import Literal

from tinkernet.network import FEATURES


@dataclass(frozen=True)
class Control:
    """Something on the page that a link can hide from a class, by its name and `_hide`.

    `in_original` says what such a link does there: it hides the control, or that stays, or is absent there.
    """

    name: str
    label: str
    hint: str
    in_original: Literal["hidden", "stays", "absent"] = "hidden"


CONTROLS = {
    control.name: control
    for control in (
        Control("showTestData", "Show test data", "The switch that shows the points held back for testing."),
        Control("discretize", "Discretize", "The switch that shows only the predicted class."),
        Control("playButton", "Play", "The button that trains."),
        Control("stepButton", "Step", "The button that trains one epoch."),
        Control("resetButton", "Reset", "The buttons that start again."),
        Control("speed", "Speed", "The choice of how fast training goes.", "absent"),
        Control("learningRate", "Learning rate", "The choice of the learning rate."),
        Control("activation", "Activation", "The choice of the activation."),
        Control("regularization", "Regularization", "The choice of the regularization."),
        Control("regularizationRate", "Regularization rate", "The choice of the regularization rate."),
        Control("problem", "Problem", "The choice between classification and regression."),
        Control("dataset", "Dataset", "The choice of the data set."),
        Control("newPoints", "New points", "The button that draws other points.", "stays"),
        Control("percTrainData", "Training data", "The share of points used for training."),
        Control("noise", "Noise", "How noisy the points are."),
        Control("batchSize", "Batch size", "How many points are averaged for one update."),
        Control("numHiddenLayers", "Hidden layers", "The buttons that add and remove layers and neurons."),
        Control("moreSettings", "More settings", "The panel with optimizer, loss and others, and its chips.", "absent"),
        Control("pins", "Pins", "Keeping runs, to compare them.", "absent"),
        Control("manyStarts", "Many starts", "Training from many initial weights at once.", "absent"),
        Control("diagnosis", "Diagnosis", "The line that says what is wrong, and what to try.", "absent"),
        Control("formulas", "Inputs by formula", "The button that adds an input by formula.", "absent"),
        Control("painting", "Paint points", "The button that opens the tools for painting points.", "absent"),
        *(Control(entry.name, f"Feature {entry.label}", "Removes this input.") for entry in FEATURES.values()),
    )
}
