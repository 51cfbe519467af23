"""A block of YAML in a lesson, read node by node, so that every error has its place.

Values stay the text that was written: `on` and `1e3` mean what the field says, not what YAML would make of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml
from yaml.events import AliasEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tinkernet.checks import suggestion
from tinkernet.lessons.errors import LessonError, Place


@dataclass(frozen=True)
class Value:
    """A value with its place in the file."""

    node: Node
    first_line: int
    """The line of the file in which the block begins."""

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.first_line + self.node.start_mark.line, self.node.start_mark.column + 1)

    def fail(self, message: str) -> LessonError:
        """An error at this place."""
        return LessonError(self.place, message)

    @property
    def is_text(self) -> bool:
        """Whether it is one text, not a list or a group of fields."""
        return isinstance(self.node, ScalarNode)

    def text(self, what: str, longest: int = 2_000) -> str:
        """The text, which must not be empty."""
        if not isinstance(self.node, ScalarNode):
            raise self.fail(f"{what} must be one text; put it in quotes if it has a colon or begins with [ or {{")
        if not self.node.value.strip():
            raise self.fail(f"{what} is empty; put it in quotes if it begins with #")
        if len(self.node.value) > longest:
            raise self.fail(f"{what} must have at most {longest} characters")
        return str(self.node.value)

    def items(self, what: str, most: int = 100) -> list["Value"]:
        """The items of a list, which must not be empty."""
        if not isinstance(self.node, SequenceNode):
            raise self.fail(f"{what} must be a list, with a hyphen before each item")
        if not 0 < len(self.node.value) <= most:
            raise self.fail(f"{what} must have from 1 to {most} items")
        return [Value(node, self.first_line) for node in self.node.value]

    def pairs(self, what: str) -> Iterator[tuple["Value", "Value"]]:
        """The keys of a group of fields with their values."""
        if not isinstance(self.node, MappingNode):
            raise self.fail(f"{what} must be of the form “name: value”")
        for key, value in self.node.value:
            yield Value(key, self.first_line), Value(value, self.first_line)

    def fields(self, what: str, known: Mapping[str, bool]) -> dict[str, "Value"]:
        """The values by field: `known` says of each whether it is needed."""
        found: dict[str, Value] = {}
        for key, value in self.pairs(what):
            name = key.text("the name of a field")
            if name not in known:
                raise key.fail(f"{what} has no field “{name}”{suggestion(name, known)}: {', '.join(known)}")
            if name in found:
                raise key.fail(f"“{name}” is there twice")
            found[name] = value
        for name, needed in known.items():
            if needed and name not in found:
                raise self.fail(f"{what} must have “{name}”")
        return found


def read_yaml(text: str, first_line: int) -> Value | None:
    """The block that begins in this line of the file; None where it is empty.

    Raises:
        LessonError: it is not YAML.
    """
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(first_line + mark.line, mark.column + 1) if mark is not None else Place(first_line)
        raise LessonError(*_in_words(error, place)) from error
    except yaml.YAMLError as error:
        raise LessonError(Place(first_line), " ".join(str(error).split())) from error
    finally:
        loader.dispose()
    return None if node is None else Value(node, first_line)


def _in_words(error: yaml.MarkedYAMLError, place: Place) -> tuple[Place, str]:
    """What a YAML error means for somebody who does not know YAML, and where the mistake is."""
    problem = str(error.problem or error.context or "this cannot be read")
    if problem == "mapping values are not allowed here":
        return (
            place,
            "put a text with a colon in it in quotes; below a group there is its list only",
        )
    if "could not find expected ':'" in problem:
        return Place(max(1, place.line - 1)), "this line, or the one after it, needs a colon and a space after its name"
    if "cannot start any token" in problem and "\\t" in problem:
        return place, "indent with spaces, not with tabs"
    if "block end" in problem or "expected <" in problem:
        return place, "this line is indented differently from the lines that it belongs to"
    if "expected ',' or ']'" in problem:
        return place, "the list that began with [ is not closed with ]"
    return place, problem


class _Loader(yaml.SafeLoader):
    """Reads nodes only. References are refused: a few of them can stand for more text than any memory holds."""

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        if self.check_event(AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="references (*) are not allowed", problem_mark=event.start_mark)
        return super().compose_node(parent, index)
