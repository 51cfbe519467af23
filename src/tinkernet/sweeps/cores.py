"""How many processor cores a sweep uses."""

import os

from tinkernet import checks

MOST_CORES = 4096


def cores_of(given: object) -> int:
    """How many processor cores to use: as many as given, or as this process may use.

    Raises:
        ExperimentError: it is not a whole number from 1 up.
    """
    return usable_cores() if given is None else checks.whole("cores", given, 1, MOST_CORES)


def usable_cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
