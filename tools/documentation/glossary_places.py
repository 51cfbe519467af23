"""The place of each term on the page of the glossary, to which lessons lead."""

import re

from tinkernet.protocol.terms import Term

PAGE = "glossary.md"
ROW = re.compile(r"^\| (?!term \||---)([^|]+) \|", re.MULTILINE)
TOGETHER = {"data": "training-data"}
"""Terms that stand in the row of another one."""


def link(term: Term) -> str:
    """The address of a term's row, from the folder of the documentation."""
    return f"{PAGE}#{TOGETHER.get(term, term)}"


def with_places(text: str) -> str:
    """The glossary in Markdown, with a place before each row, named after the row's first term."""
    return ROW.sub(lambda row: f'| <span id="{_place(row[1])}"></span>{row[1]} |', text)


def _place(terms: str) -> str:
    first = re.split(r"[,(]", terms)[0].strip()
    return first.lower().replace(" ", "-")
