"""Names and texts of a file as they are shown: on one line, without control characters, and different."""

from collections.abc import Sequence

from tinkernet.data.own.limits import LONGEST_NAME

ROOM = 10
"""Characters that are kept free for a number behind a repeated name."""


def one_line(text: str) -> str:
    """The text with single blanks between its words, without characters that cannot be seen or turn others around."""
    words = " ".join(text.split())
    return words if words.isprintable() else " ".join("".join(filter(str.isprintable, words)).split())


def shortened(text: str) -> str:
    """The text, cut off if it is longer than a name may be."""
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - ROOM].rstrip()}…"


def different(names: Sequence[str]) -> list[str]:
    """These names, in which a repeated one gets a number."""
    found: list[str] = []
    taken: set[str] = set()
    times: dict[str, int] = {}
    for name in names:
        unique, again = name, times.get(name, 1)
        while unique in taken:
            again += 1
            unique = f"{name} ({again})"
        times[name] = again
        taken.add(unique)
        found.append(unique)
    return found
