"""What a session says to its page, each sentence once: notices, refusals, and the names of what Undo undoes.

Settings and events in words are in `wording.py`, hints in `protocol/hints.py`, labels in the tables of options, what
the diagnosis says in `insight/diagnosis/`, and everything else that the page says in `web/src/words/`.
"""

from collections.abc import Sequence

from tinkernet.data.drawing import Clear, Dot, Erase, Move, Spray
from tinkernet.formatting import count, figure

EXPORT_TOO_LARGE = "This network is too large for the page. Save the run in Python, and use “tinkernet export”."
WATCHED_DIVERGED = "Training diverged: a weight or the loss is infinite or not a number."
NO_MAP = "There is no map."
NO_RUN_TO_OPEN = "A cell of this map is not a network of the page."
TRAINED_ELSEWHERE = "This network is trained from Python. Change it there; here you can only look."


def no_longer_watched(reason: str) -> str:
    """The network that a program trains can no longer be shown."""
    return f"This is the last step that can be shown: {reason}. Call watch again in Python."


# --- What Undo undoes, as a continuation of "Undo: " ---------------------------

EDIT_WEIGHT = "edit weight"
EDIT_BIAS = "edit bias"
NEW_POINTS = "new points"
USE_DATA = "use your own data"
SAME_DATA = "This is the data of the link, which is open now."
OTHER_DATA = "This is other data than that of the link, so the link was not opened."
OPEN_LINK = "open a link"
OPEN_PINNED = "open a pinned run"
OPEN_MAP_CELL = "open a run of the map"
RESET = "reset"
REWIND = "rewind"
SET_FROM_PYTHON = "run set in Python"
OPEN_LESSON = "open a lesson"
LEAVE_LESSON = "leave the lesson"
UNPIN = "unpin"
PAINT = {
    Spray: "spray points",
    Dot: "paint a point",
    Erase: "erase points",
    Move: "move points",
    Clear: "remove all points",
}
"""By the kind of a stroke."""


def place(layer: int, neuron: int | None) -> str:
    """A neuron or a layer, numbered from 1."""
    return f"layer {layer + 1}" if neuron is None else f"neuron {neuron + 1} of layer {layer + 1}"


def freeze(what: str, *, frozen: bool) -> str:
    return f"{'freeze' if frozen else 'unfreeze'} {what}"


def switch(what: str, *, on: bool) -> str:
    return f"switch {what} {'on' if on else 'off'}"


def pin(epoch: int) -> str:
    return f"pin at epoch {count(epoch)}"


def change_view(fields: Sequence[str]) -> str:
    if set(fields) <= {"axes", "held"}:
        return "change what is drawn"
    return f"change view: {', '.join(fields).replace('_', ' ')}"


def open_start(index: int) -> str:
    return f"open start {index}"


def try_out(words: str) -> str:
    return f"try {words}"


def go_to_step(step: int) -> str:
    return f"go to step {step} of the lesson"


# --- What pinned runs are called ----------------------------------------------


def pinned(epoch: int) -> str:
    return f"pinned at epoch {count(epoch)}"


def branched(epoch: int) -> str:
    return f"branched at epoch {count(epoch)}"


def present_until(epoch: int) -> str:
    return f"present until epoch {count(epoch)}"


def before(words: str) -> str:
    return f"before: {words}"


# --- Training and limits ----------------------------------------------------


def play_from(epoch: int) -> str:
    return f"Play from epoch {count(epoch)}"


def step_from(epoch: int) -> str:
    return f"Step from epoch {count(epoch)}"


def epoch_reached(epoch: int) -> str:
    return f"epoch {count(epoch)} is reached"


def loss_reached(loss: float) -> str:
    return f"the training loss is down to {figure(loss, 3)}"


def paused(reached: str) -> str:
    return f"Paused: {reached}."


def still_paused(reached: str) -> str:
    return f"Paused: {reached}. Clear the limit or press Reset to train."


def diverged(what: str) -> str:
    """`what` is the button that does nothing for that reason, as a verb."""
    return f"Did not {what}: training has diverged. Lower the learning rate, then press Reset."


# --- Refusals -----------------------------------------------------------------

ANIMATION_UNDER_WAY = "Another animation is being drawn. Cancel it first."
ANIMATION_TOOK_TOO_LONG = "Drawing the animation took too long. A smaller network is faster."
ANIMATION_TOO_LARGE = "The animation is too large. MP4 files are smaller."
ALREADY_AN_INPUT = "This is an input already."
INPUT_HIDDEN = "This input is hidden here."
INTERNAL_ERROR = "Internal error in tinkernet: this was not applied. The run is unchanged."
NO_ANSWER = "This question has no such answer."
NO_LESSON = "No lesson is open."
NEURON_GONE = "This neuron no longer exists."
NO_STROKE = "There is no stroke to paint."
NO_STARTS = "There are no starts."
NOT_FINITE = "A weight must be a finite number."
OUTPUT_STAYS_ON = "The output neuron cannot be switched off."
PIN_GONE = "This pinned run no longer exists."
WEIGHT_GONE = "This weight no longer exists."
WEIGHTS_FAILED = "The initial weights could not be generated."
WEIGHTS_PENDING = "The initial weights are still being generated. Try again in a moment."


def drawing_full(most: str) -> str:
    """`most` is the limit that was reached, as “at most 1 000 strokes”."""
    return f"This was not painted: a drawing has {most}. Undo something, or remove all points."


def too_many_formulas(most: int) -> str:
    return f"There are already {most} inputs by formula."


def not_finite_at(where: str) -> str:
    return f"At {where}. An input must be finite at every training and test point."


def too_many_pins(most: int) -> str:
    return f"There are already {most} pinned runs. Unpin one first."


def too_many_starts(network: str, most: int) -> str:
    return f"{network} allows at most {count(most)} starts at once."


def no_such_start(index: int, last: int) -> str:
    return f"There is no start {index}: they are numbered from 0 to {last}."


def not_reached_yet(epoch: int) -> str:
    return f"This run has not reached epoch {count(epoch)} yet."


def no_such_lesson(name: str) -> str:
    return f"There is no lesson “{name}”."


def epoch_failed(epoch: int) -> str:
    return f"Epoch {count(epoch)} could not be computed. The run is unchanged."


def view_refused(error: Exception) -> str:
    return f"The view cannot be changed: {error}"


# --- After a restart of the server -----------------------------------------------

LOST = "Reconnected, but tinkernet no longer has this run: it starts again at epoch 0."


def restored(epoch: int) -> str:
    return f"The server was restarted. The run was restored at epoch {count(epoch)}."


def not_restored(epoch: int) -> str:
    return f"The run could not be restored at epoch {count(epoch)}; it starts again."


# --- A person's own data ----------------------------------------------------------

FILE_GONE = "This file is no longer here. Choose it again."
NO_ROOM = "Other pages are reading large files at the moment. Try again in a few minutes."
NO_TARGET = "No column can be the target, which has numbers or a few texts, while another column of numbers is left."
ONE_COLUMN = "Each row is read as one column: choose another separator."
NO_NUMBERS = (
    "No column has numbers that can be an input: check the separator and the decimal mark, or choose a column of texts "
    "with few different values as an input."
)
PASTED = "the pasted table"
READING_FAILED = "This file could not be read, because of an internal error in tinkernet."
STILL_READING = "The file is still being read."
TARGET_FIELD = "the target "


def file_too_large(size: int, most: int) -> str:
    return (
        f"This file has {count(size / 1e6)} MB. At most {most // 1_000_000} MB can be read: "
        "use a part of its rows or columns."
    )


def too_many_rows(rows: int, most: int) -> str:
    return f"This table has {count(rows)} rows. The page can use up to {count(most)}: use a part of them, or Python."


def data_problem(field: str, value: object, allowed: str) -> str:
    """An error about a file or a choice, as a sentence: what is wrong, or what is needed."""
    found = allowed.partition("; ")[2]
    if (field, value) == ("columns", "empty"):
        text = "choose at least one column of numbers as an input, apart from the target"
    elif field == "file":
        text = found if found.startswith("this ") else f"this needs to be {allowed}"
    elif field.startswith(TARGET_FIELD):
        text = f"“{field.removeprefix(TARGET_FIELD)}” cannot be the target, which needs {allowed}"
    elif field == "names" and isinstance(value, str):
        text = f"“{value}” cannot be the name of a column: choose {allowed}"
    elif field in {"columns", "target", "kinds"}:
        text = f"“{value}” cannot be used here: choose {allowed}"
    else:
        what = field if field.startswith(("the ", "a ")) else f"the {field.replace('_', ' ')}"
        text = f"{what} needs to be {allowed}"
    return sentence(text)


def sentence(text: str) -> str:
    """A text with a capital letter and a full stop."""
    return f"{text[0].upper()}{text[1:].rstrip('.')}."


# --- Sharing ----------------------------------------------------------------------


def no_such_export(target: str) -> str:
    return f"There is no export to {target!r}."


def export_refused(reason: str) -> str:
    return f"Not possible: {reason}."


def original_cannot_open(setting: str, value: str) -> str:
    return f"TensorFlow Playground cannot open the {setting} “{value}”."


def original_cannot_hide(labels: Sequence[str]) -> str:
    return f"TensorFlow Playground cannot hide: {', '.join(labels)}."


def missing_for_video(missing: str) -> str:
    """`missing` says what is not installed, and how to install it."""
    return f"{missing}. GIF and WebP need nothing else."
