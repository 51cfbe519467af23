"""Estimators for scikit-learn: networks that are trained by the engine, for any number of columns and classes."""

from tinkernet.extras import extra

extra("sklearn", "sklearn")

from tinkernet.estimators.classifier import TinkerClassifier  # noqa: E402 (after what says that scikit-learn is missing)
from tinkernet.estimators.regressor import TinkerRegressor  # noqa: E402 (the same)

__all__ = ["TinkerClassifier", "TinkerRegressor"]
