"""The messages about maps: what a page asks for, and what it is sent beside the binary tiles."""

from typing import Annotated

from msgspec import Meta, field

from tinkernet.maps import FIRST_LEVEL
from tinkernet.maps.lattice import LAST_LEVEL
from tinkernet.maps.plan import MOST_EPOCHS
from tinkernet.protocol.message import Index, Message, Name

Level = Annotated[int, Meta(ge=FIRST_LEVEL, le=LAST_LEVEL)]
Place = Annotated[int, Meta(ge=0, le=1 << LAST_LEVEL)]
"""Of a cell or a tile, counted from the bottom left."""


Epochs = Annotated[int, Meta(ge=0, le=MOST_EPOCHS)]
"""Of the run in a cell, as in its tile; never more than the map has."""


class MapWeight(Message, frozen=True):
    """One of the weights, as in SetWeight."""

    layer: Index
    to: Index
    source: Index = field(name="from")


class MapAxisFact(Message, frozen=True):
    """A setting that varies along a side of a map; `weight` says which one where the setting is a weight."""

    setting: Name
    low: float
    high: float
    log: bool
    weight: MapWeight | None = None


class OpenMap(Message, frozen=True, tag="open-map"):
    """Show a map; with a `goal`, a run ends at this training loss. The answer is a MapFact.

    It is a map of the experiment of the one before, or with `renew` of the current experiment. What is known of the
    same map is kept, and sent again where it is in sight.
    """

    x: MapAxisFact
    y: MapAxisFact
    epochs: int
    goal: float | None = None
    diagnosed: bool = False
    """Whether each run is diagnosed."""
    renew: bool = False


class OpenEdge(Message, frozen=True, tag="open-edge"):
    """Show the edge of trainability, a map of the two learning rates of a separate network. Answered by a MapFact."""

    width: int
    """The number of inputs and of hidden neurons."""
    steps: int


class LookAtMap(Message, frozen=True, tag="look-at-map"):
    """The part of the map that is in sight: tiles of a level, from `left` and `bottom` to before `right` and `top`."""

    level: Level
    left: Place
    bottom: Place
    right: Place
    top: Place


class PauseMap(Message, frozen=True, tag="pause-map"):
    """Pause computing the map, or continue."""

    on: bool


class CloseMap(Message, frozen=True, tag="close-map"):
    """The map is out of sight: compute no more of it, and keep what there is."""


class AskMapCell(Message, frozen=True, tag="ask-map-cell"):
    """Request the picture of the run in a cell after so many epochs, `cells` wide; the latest request wins.

    The answer is a MapCell, or on the edge of trainability an EdgeCell, for which the last two do not matter.
    """

    request: Index
    level: Level
    column: Place
    row: Place
    epochs: Epochs
    cells: Annotated[int, Meta(ge=1, le=128)]


class OpenMapCell(Message, frozen=True, tag="open-map-cell"):
    """Make the run in a cell the current one, after so many epochs."""

    level: Level
    column: Place
    row: Place
    epochs: Epochs


class EdgeFact(Message, frozen=True):
    """The problem of the edge of trainability: its size, and how long each pair of rates is trained."""

    width: int
    steps: int


class MapFact(Message, frozen=True, tag="map"):
    """A map and its progress, or what was asked for and why there is no such map."""

    number: int
    """Another one for every map; tiles say which one they belong to. 0 if there is none."""
    x: MapAxisFact
    y: MapAxisFact
    epochs: int
    goal: float | None
    diagnosed: bool = False
    """Whether the runs are diagnosed."""
    edge: EdgeFact | None = None
    """Of the edge of trainability, which has neither epochs nor goal."""
    current: bool = True
    """Whether it is a map of the current experiment, or one of its runs is the current one."""
    label: str = ""
    """The experiment in a few words."""
    judged: bool = False
    """Whether classes can be right or wrong, so that there are accuracies."""
    wanted: int = 0
    """How many cells are in sight."""
    done: int = 0
    paused: bool = False
    per_second: float = 0.0
    """How many cells are computed in a second; 0 before the first."""
    refusal: str = ""
    """Why there is no such map."""
