"""Finds the link in pasted text: an address, an email, a PDF, Markdown, HTML or a redirect address.

The link is the part of the text with the most known names. Line breaks and escapes of HTML, Markdown, JSON and URLs are
undone first, and surrounding text is removed.
"""

import re
from functools import cache
from html.entities import html5
from urllib.parse import quote, unquote, urlsplit

from tinkernet.data.own.compact import LONGEST_WORD
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count

LONGEST = 20_000
"""The longest text, without the points of a link."""
MOST_TEXT = LONGEST + LONGEST_WORD
POINTS = re.compile(r"(?<![A-Za-z])points=([A-Za-z0-9_-]+)", re.ASCII)
PLACE = "0"
NO_EXPERIMENT = "a playground link; this text contains no experiment"
"""What the text of a link must be, where nothing in it is one."""
MOST_LEVELS = 6
"""How many layers of escapes are undone at the most."""
PLAYGROUNDS = ("playground.tensorflow.org", "localhost", "127.0.0.1", "[::1]")
"""Hosts whose address without an experiment means the default experiment."""
TRAILING_PUNCTUATION = ".,;:!?)]}>\"'*`»”’"
"""Punctuation that may follow an address in a sentence."""


def find(text: str, names: frozenset[str]) -> str:
    """The link in this text, as a browser would write it after '#'; `names` are the known names.

    Raises:
        ExperimentError: the text is too long, or contains no experiment.
    """
    text, points = _without_points(text)
    if len(text) > LONGEST:
        raise ExperimentError("link", text, f"at most {count(LONGEST)} characters")
    whole = _without_line_breaks(text.strip())
    for _ in range(MOST_LEVELS):
        best = _best_match(whole, names)
        plain = _unescaped(whole, names)
        if plain == whole or (best is not None and _best_match(plain, names) == best):
            break
        whole = plain
    best = _best_match(whole, names)
    if best is None:
        if not _means_default(whole):
            raise ExperimentError("link", text, NO_EXPERIMENT)
        best = ""
    return _as_browsers_write(best).replace(f"points={PLACE}", f"points={points}", 1)


def _without_points(text: str) -> tuple[str, str]:
    """The text without the points of a link, which are many signs that nothing escapes, and these points."""
    if len(text) > MOST_TEXT:
        raise ExperimentError("link", text, f"at most {count(MOST_TEXT)} characters")
    found = POINTS.search(text)
    if found is None:
        return text, ""
    return f"{text[: found.start(1)]}{PLACE}{text[found.end(1) :]}", found[1]


def _without_line_breaks(text: str) -> str:
    """The text without white space that a line break, a PDF or an email has inserted into a link."""
    first, *rest = re.split(r"(\s+)", text)
    joined = first
    for space, chunk in zip(rest[::2], rest[1::2], strict=True):
        continues = (
            joined[-1:] in tuple("=&,#?%")
            or chunk[:1] in tuple("=&,#")
            or re.match(r"[\w.,%()*/+-]*[=&]", chunk, re.ASCII) is not None
            or (space != " " and re.search(r"[#&?]formulas=[^&]*$", joined) is not None)
            or (space != " " and re.fullmatch(r"[\d.,]+|(f?a?l)?s?e|(t?r)?ue", chunk, re.ASCII) is not None)
        )
        joined += chunk if continues and "=" in joined + chunk else " " + chunk
    return joined


def _best_match(text: str, names: frozenset[str]) -> str | None:
    """The part of the text with the most known names; None if no part has one."""
    best, most = None, 0
    for start in re.finditer(r"^|%(?:25)*23|[#?/\s(<\"'`&]", text):
        part = _without_punctuation(re.split(r"[\s<>\"`\\|]", text[start.end() :], maxsplit=1)[0])
        count = sum(1 for pair in part.split("&") if pair.split("=")[0] in names and "=" in pair)
        if count > most:
            best, most = part, count
    return best


def _without_punctuation(part: str) -> str:
    """The part of a text without the punctuation after it; a parenthesis that closes one of the part is kept."""
    while part and part[-1] in TRAILING_PUNCTUATION and not (part[-1] == ")" and part.count("(") >= part.count(")")):
        part = part[:-1]
    return part


def _unescaped(text: str, names: frozenset[str]) -> str:
    """The text with one level of escapes undone."""
    text = re.sub(r"\\([&#_=.,\-()\[\]])", r"\1", text)
    text = re.sub(r"\\u00(26|3[dD]|23)", lambda found: chr(int(found[1], 16)), text)
    text = re.sub(r"&(?:amp|#0*38|#[xX]0*26);", "&", text)
    text = re.sub(r"&(?:equals|#0*61|#[xX]0*3[dD]);", "=", text)
    text = re.sub(r"&(?:num|#0*35|#[xX]0*23);", "#", text)
    text = re.sub(r"&(?:lt|gt|quot|#0*39);", " ", text)
    for sign, written in _damaged_by_html(names).items():
        text = text.replace(sign, written)
    inner = re.search(r"https?%(?:25)*3A[^&\s]*", text, re.IGNORECASE)
    if inner is not None:  # a redirect address, with the link as a parameter
        return unquote(inner[0])
    if re.search(r"%(?:25)*(?:3d|23)", text, re.IGNORECASE) and _best_match(text, names) is None:
        return unquote(text)
    return text


@cache
def _damaged_by_html(names: frozenset[str]) -> dict[str, str]:
    """Characters that HTML makes from '&' and the beginning of a name (`&reg` is ®), with their source text."""
    old = {entity: sign for entity, sign in html5.items() if not entity.endswith(";")}
    return {
        sign: f"&{entity}"
        for entity, sign in old.items()
        if not sign.isascii() and any(name.startswith(entity) for name in names)
    }


def _means_default(text: str) -> bool:
    """Whether a text without known names is empty, or just the address of a playground."""
    if not text:
        return True
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        return parts.netloc.rsplit("@", 1)[-1].rsplit(":", 1)[0] in PLAYGROUNDS and not parts.fragment.strip("#!/")
    except ValueError:
        return False


def _as_browsers_write(text: str) -> str:
    # A browser replaces a lone surrogate, which is not valid in an address, by U+FFFD.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return quote(text, safe="!#$%&'()*+,-./:;=?@[\\]^_{|}~")
