"""Default settings, the same as the original's. A link contains only settings that differ from them."""

NOISE = 0.0
TRAIN_PERCENT = 50.0
HIDDEN = (4, 2)
LEARNING_RATE = 0.03
BATCH_SIZE = 10
REGULARIZATION_RATE = 0.0
START = 0
