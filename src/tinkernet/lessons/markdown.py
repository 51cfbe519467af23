"""The text of a lesson: Markdown to blocks. What docs/lessons.md does not allow is an error, and HTML is plain text."""

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tinkernet.checks import suggestion
from tinkernet.lessons.errors import LessonError, Place
from tinkernet.protocol.lesson import Block, CodeBlock, Image, Inline, Listing, Paragraph, TermWords, Words
from tinkernet.protocol.terms import TERMS

TERM = "term:"
LoadImage = Callable[[str, str], Image]
"""The picture with this address and this description. Raises ValueError where there is none."""

_STYLES = {"strong_open": "strong", "em_open": "emphasis", "strong_close": "plain", "em_close": "plain"}
_PARSER = MarkdownIt("commonmark", {"html": False})


class Markdown:
    """A text in Markdown; errors say where in its file something is, which begins `lines_before` lines before it."""

    def __init__(self, text: str, lines_before: int, load_image: LoadImage) -> None:
        self.lines = text.split("\n")
        self.tokens = _PARSER.parse(text)
        self._lines_before, self._load_image = lines_before, load_image

    def place(self, token: Token, text: str = "") -> Place:
        """Where this token begins, or, if that is found, this text in it."""
        first, last = token.map or (0, 1)
        for line in range(first, min(last, len(self.lines))):
            column = self.lines[line].find(text)
            if text and column >= 0:
                return Place(self._lines_before + line + 1, column + 1)
        start = self.lines[first] if first < len(self.lines) else ""
        return Place(self._lines_before + first + 1, len(start) - len(start.lstrip()) + 1)

    def blocks(self, tokens: Sequence[Token]) -> list[Block]:
        """The blocks that these tokens stand for."""
        found: list[Block] = []
        rest = iter(tokens)
        for token in rest:
            match token.type:
                case "paragraph_open":
                    found += self._paragraph(next(rest))
                    next(rest)
                case "bullet_list_open" | "ordered_list_open":
                    items = self._items(rest, token)
                    found.append(Listing(ordered=token.type == "ordered_list_open", items=items))
                case "fence" | "code_block":
                    found.append(CodeBlock(text=token.content.rstrip("\n")))
                case _:
                    what = "a heading; only ## for a new step can be used" if token.type == "heading_open" else "this"
                    raise LessonError(self.place(token), f"a lesson cannot show {what}")
        return found

    def inline(self, token: Token) -> list[Inline]:
        """The words in this token, without images."""
        words = self._words(token, token.children or [])
        if any(isinstance(word, Image) for word in words):
            raise LessonError(self.place(token), "an image must be in a separate paragraph")
        return [word for word in words if not isinstance(word, Image)]

    def _paragraph(self, token: Token) -> list[Block]:
        """A paragraph, with the images in it after it."""
        words = self._words(token, token.children or [])
        text = [word for word in words if not isinstance(word, Image)]
        images = [word for word in words if isinstance(word, Image)]
        shown = any(not isinstance(word, Words) or word.text.strip() for word in text)
        return [*([Paragraph(words=text)] if shown else []), *images]

    def _items(self, rest: Iterator[Token], opened: Token) -> list[list[Inline]]:
        items: list[list[Inline]] = []
        for token in rest:
            match token.type:
                case "bullet_list_close" | "ordered_list_close":
                    return items
                case "inline":
                    if items and items[-1]:
                        raise LessonError(self.place(token), "an item of a list can have one paragraph only")
                    items[-1] = self.inline(token)
                case "list_item_open":
                    items.append([])
                case "list_item_close" | "paragraph_open" | "paragraph_close":
                    pass
                case _:
                    raise LessonError(self.place(token), "an item of a list can have one paragraph only")
        raise LessonError(self.place(opened), "this list does not end")

    def _words(self, token: Token, children: Sequence[Token]) -> list[Inline | Image]:
        found: list[Inline | Image] = []
        style, term = "plain", None
        for child in children:
            match child.type:
                case "text" | "softbreak" | "hardbreak" | "code_inline":
                    text = child.content if child.type in ("text", "code_inline") else " "
                    if term is not None:
                        found.append(TermWords(text=text, term=term))  # type: ignore[arg-type]
                    elif text:
                        kind = "code" if child.type == "code_inline" else style
                        found.append(Words(text=text, style=kind))  # type: ignore[arg-type]
                case "strong_open" | "em_open" | "strong_close" | "em_close":
                    style = _STYLES[child.type]
                case "link_open":
                    term = self._term(token, str(child.attrs["href"]))
                case "link_close":
                    term = None
                case "image":
                    found.append(self._image(token, child))
                case _:
                    raise LessonError(self.place(token), f"a lesson cannot show “{child.content}”")
        return found

    def _term(self, token: Token, address: str) -> str:
        name = address.removeprefix(TERM)
        if address.startswith(TERM) and name in TERMS:
            return name
        place = self.place(token, address)
        if address.startswith(TERM):
            raise LessonError(place, f"there is no term “{name}”{suggestion(name, TERMS)}: {', '.join(TERMS)}")
        raise LessonError(place, "links can lead to terms only, as [words](term:loss)")

    def _image(self, token: Token, child: Token) -> Image:
        address = str(child.attrs["src"])
        try:
            return self._load_image(address, child.content)
        except ValueError as error:
            raise LessonError(self.place(token, address), str(error)) from error


def inline_of(text: str, place: Place) -> list[Inline]:
    """The words of one line of Markdown, as for an answer."""

    def no_image(_address: str, _alt: str) -> Image:
        raise ValueError("there can be no image here")

    markdown = Markdown(text, place.line - 1, no_image)
    kinds = [token.type for token in markdown.tokens]
    if kinds != ["paragraph_open", "inline", "paragraph_close"]:
        raise LessonError(place, "this must be one paragraph")
    return markdown.inline(markdown.tokens[1])


def plain(words: Sequence[Inline]) -> str:
    """The words without their styles."""
    return re.sub(r"\s+", " ", "".join(word.text for word in words)).strip()
