"""The numbers that an experiment begins with, as the original does: a link says only what differs from them."""

NOISE = 0.0
TRAIN_PERCENT = 50.0
HIDDEN = (4, 2)
LEARNING_RATE = 0.03
BATCH_SIZE = 10
REGULARIZATION_RATE = 0.0
START = 0
