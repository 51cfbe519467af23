"""The fragment of an address, after '#': parsed into plain settings and a View, and written from them."""

from tinkernet.fragment.address import FragmentReading, name_of, read, write
from tinkernet.fragment.found import LONGEST
from tinkernet.fragment.remarks import Remark
from tinkernet.fragment.view import CONTROLS, Control, View

__all__ = ["CONTROLS", "LONGEST", "Control", "FragmentReading", "Remark", "View", "name_of", "read", "write"]
