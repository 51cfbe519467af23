"""The fragment of an address, after '#': parsed into plain settings and a View, and written from them."""

from tinkernet.fragment.address import DataMissingError, FragmentReading, name_of, read, write, write_for_original
from tinkernet.fragment.controls import CONTROLS, Control
from tinkernet.fragment.found import LONGEST, MOST_TEXT, NO_EXPERIMENT
from tinkernet.fragment.remarks import Remark
from tinkernet.fragment.text import shortened
from tinkernet.fragment.view import View
from tinkernet.fragment.view_names import for_original

__all__ = [
    "CONTROLS",
    "LONGEST",
    "MOST_TEXT",
    "NO_EXPERIMENT",
    "Control",
    "DataMissingError",
    "FragmentReading",
    "Remark",
    "View",
    "for_original",
    "name_of",
    "read",
    "shortened",
    "write",
    "write_for_original",
]
