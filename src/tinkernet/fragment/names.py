"""The names in a link that affect the result: one entry each in NAMES."""

from tinkernet.fragment import data_names as data
from tinkernet.fragment import input_names as inputs
from tinkernet.fragment import network_names as network
from tinkernet.fragment.name import Name
from tinkernet.network import FEATURES
from tinkernet.network.problems import CLASSIFICATION, REGRESSION

NAMES: dict[str, Name] = {
    "activation": network.ACTIVATION,
    "regularization": network.REGULARIZATION,
    "regularizationRate": network.REGULARIZATION_RATE,
    "learningRate": network.LEARNING_RATE,
    "batchSize": network.BATCH_SIZE,
    "problem": data.PROBLEM,
    "dataset": data.dataset("dataset", CLASSIFICATION),
    "regDataset": data.dataset("regDataset", REGRESSION),
    "noise": data.NOISE,
    "percTrainData": data.TRAIN_PERCENT,
    "networkShape": network.SHAPE,
    "initZero": network.INIT_ZERO,
    # Our own names, which the original ignores.
    "data": data.FURTHER_DATASET,
    "points": data.POINTS,
    "pointsDigest": data.POINTS_DIGEST,
    "inputs": inputs.INPUTS,
    "activations": network.ACTIVATION_BY_LAYER,
    "initializer": network.INITIALIZER,
    "optimizer": network.OPTIMIZER,
    "schedule": network.SCHEDULE,
    "loss": network.LOSS,
    "dropout": network.DROPOUT,
    "start": network.START,
    "drawing": data.DRAWING,
    "formulas": inputs.FORMULAS,
    "seedText": data.SEED_TEXT,
    # The original's again: its seed, and a name for each feature.
    "seed": data.SEED,
    **{name: inputs.feature(entry) for name, entry in FEATURES.items()},
}
"""All names, in the order in which a link has them."""
