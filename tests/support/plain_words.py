"""Phrases that are not plain English, or not the field's term, and what to say instead."""

import re
from collections.abc import Iterator

INSTEAD = {
    # Terms; docs/glossary.md lists all of them.
    r"first weights": "initial weights",
    r"by heart": "memorizes the training points, overfitting",
    r"ran away|runs away|numbers out of bounds": "diverged",
    r"(?:come|comes|came|coming) to rest|at rest in|in a hollow": "has stopped improving, local minimum",
    r"makes it|(?<!starts\.)made it|(?:none|all|some) make it": "succeeds, fails",
    r"tells? it right|told right": "classifies correctly",
    r"folds?": "neuron boundary",
    r"let(?:s|ting)? (?:it |them |layer \w+ |neuron \w+ )?go": "unfreeze",
    r"(?:take|takes|took|taken|taking) back": "undo",
    r"backstage": "background",
    r"cut off": "truncated, clipped",
    r"passed over": "ignored",
    r"polite kill": "SIGTERM",
    r"what is the matter": "what is wrong",
    r"like no other": "unique",
    r"fairly sure": "confidence",
    r"(?:has|have) been let in": "has access",
    r"the run on the table": "the current run",
    r"takes? root": "needs root access",
    # Plain English.
    r"(?:the|this|these|that|those) very|very same": "the same, this",
    r"any more": "no longer",
    r"of (?:one's|its|his|her|their|our|your|my) own": "separate, independent, custom",
    r"at all": "leave it out",
    r"all but": "almost, all except",
    r"(?<!multiplied\x20)by (?:itself|themselves|himself)": "automatically",
    r"stands? in for": "replaces, represents",
    r"house rules": "conventions",
    r", save (?:that|for)": "except",
    r"for good": "permanently",
    r"(?:left|leaves|leave) out": "omitted, skipped, not applied",
    r"taken out": "removed",
    r"told": "sent, reported",
    r"heard": "received",
    r"tells": "shows, says, sends",
    r"(?:go|goes|went|going|gone) on": "continues",
    r"anew": "again, from the beginning",
    r"nothing had been": "bit for bit, unchanged",
    r"whoever|whomever": "name it: the user, the caller, other processes",
    r"for want of": "without, because there is no",
    r"of late": "recently",
    r"in vain": "without effect",
    r"beforehand": "in advance",
    r"is no (?:port|error|file|picture|number|place|reason|session|text|neuron|wheel)": "is not a …",
    r"not for everyone": "needs administrator rights",
}
"""Regular expressions for phrases of whole words, in any case, and what to say instead."""

SPACE = r"\\s+(?:(?:#|//|\\*)\\s+)?"
"""Between two words of a phrase there may be a line break, and the mark of a comment."""
PATTERN = re.compile(
    "|".join(rf"(?P<phrase{k}>\b(?:{re.sub(' ', SPACE, phrase)})\b)" for k, phrase in enumerate(INSTEAD)),
    re.IGNORECASE,
)


def phrases_in(text: str) -> Iterator[tuple[int, str, str]]:
    """The line, the phrase, and what to say instead, for each phrase in a text; names are words joined by `_`."""
    words = text.replace("_", " ")
    instead = list(INSTEAD.values())
    for match in PATTERN.finditer(words):
        number = int((match.lastgroup or "").removeprefix("phrase"))
        yield words.count("\n", 0, match.start()) + 1, " ".join(match[0].split()), instead[number]
