"""The name of a lesson, under which an address opens it."""

import re
from pathlib import Path


def name_of(path: Path) -> str:
    """The name of the lesson in this file: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:64].strip("-") or "lesson"
