"""Experiment and View, to and from the address after '#': the original's names, and some of our own that it ignores."""

from tinkernet.link.address import Reading, parse, read, write
from tinkernet.link.text import LONGEST, fragment
from tinkernet.link.view import CONTROLS, Control, View

__all__ = ["CONTROLS", "LONGEST", "Control", "Reading", "View", "fragment", "parse", "read", "write"]
