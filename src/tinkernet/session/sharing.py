"""Sharing: what a person can pass on, and what it opens for the recipient, in the sentences that the page shows."""

import re
import shlex

from tinkernet import link
from tinkernet.experiment import Experiment
from tinkernet.fragment import View
from tinkernet.protocol.setting_words import name_of, shown
from tinkernet.protocol.state import Sharing
from tinkernet.session import sentences

SAME_IN_EVERY_SHELL = re.compile(r"[\w@+=:,./&~#?()*;^|<>{}\[\]'-]*", re.ASCII)
"""What stands between double quotes as it is, in Bash, Zsh, PowerShell and the Windows command prompt alike."""


def sharing_fact(experiment: Experiment, view: View, text: str) -> Sharing:
    """The ways to share this experiment and view; `text` is their link after '#'."""
    original = link.for_original(experiment, view)
    return Sharing(
        original_link=None if original.unknown_fields else original.address,
        original_note=_unknown(experiment, original.unknown_fields) or _visible(original.visible_controls),
        command=f"tinkernet {_quoted(text)}",
    )


def _unknown(experiment: Experiment, fields: tuple[str, ...]) -> str:
    """Why the original cannot open the experiment; empty where it can."""
    if not fields:
        return ""
    if fields[0] == "start":
        resets = "a Reset" if experiment.start == 1 else f"{experiment.start:,} Resets"
        return (
            f"TensorFlow Playground only opens the first initial weights of a seed; these come after {resets}. "
            "New points gives an experiment that it can open."
        )
    value = getattr(experiment, fields[0])
    return sentences.original_cannot_open(name_of(fields[0]), shown(fields[0], value))


def _visible(labels: tuple[str, ...]) -> str:
    """Which hidden controls the original has and shows; empty where none."""
    return sentences.original_cannot_hide(labels) if labels else ""


def _quoted(text: str) -> str:
    """The text as one argument in a terminal."""
    return f'"{text}"' if SAME_IN_EVERY_SHELL.fullmatch(text) else shlex.quote(text)
