"""Workspace: the state shared by all features of a session: the displayed run, its view, and the page."""

import time
from collections.abc import Callable

import msgspec

from tinkernet import link
from tinkernet.data.slices import Slice
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.formatting import count
from tinkernet.fragment import View
from tinkernet.protocol import facts
from tinkernet.run import Run
from tinkernet.run.state import RunState
from tinkernet.session import sentences
from tinkernet.session.known_data import KnownData
from tinkernet.session.page import IntentionError, Page
from tinkernet.session.source import Source

MOST_PARAMETERS_ON_A_PAGE = 100_000
"""Larger networks can only be used in Python: they are too large for the page and for frames."""


class Workspace:
    """The current run, displayed in its latest state or at an earlier epoch."""

    def __init__(
        self,
        run: Run,
        view: View,
        clock: Callable[[], float] = time.perf_counter,
        known: KnownData | None = None,
        source: Source | None = None,
    ) -> None:
        self.source = source
        """The program that trains the network; None where the session trains it."""
        self.known = known or KnownData()
        """The data of people's own that a link may name."""
        self.run = run
        """The displayed run: the current one, or a copy of it at an earlier epoch."""
        self.run_number = 1
        """Incremented whenever the run restarts."""
        self.view = view
        self.playing = False
        self.clock = clock
        self.page: Page | None = None
        """The connected page. Changed only in turns of the session."""
        self.changes = 1
        """Incremented whenever anything that frames contain has changed."""
        self.state_due = False
        """Whether the state must be sent to the page."""
        self.urgent = True
        """Whether a user waits for the next frame."""
        self.diagnosis_due = True
        """Whether anything has changed since the last diagnosis."""
        self.diagnosed = True
        """Whether the page shows findings."""
        self._latest: Run | None = None

    def copy(self) -> "Workspace":
        """A copy of this workspace, without a page."""
        twin = Workspace(self.run.copy(), self.view, self.clock, self.known, self.source)
        twin.run_number, twin.playing = self.run_number, self.playing
        twin._latest = None if self._latest is None else self._latest.copy()
        return twin

    @property
    def link(self) -> str:
        """The text after '#' for this experiment and view."""
        return link.write(self.run.experiment, self.view)

    @property
    def plane(self) -> Slice:
        """What is drawn of the data."""
        return link.plane_of(self.run.experiment, self.view)

    def view_of(self, experiment: Experiment) -> View:
        """The view for an experiment: what is chosen to be drawn holds for data with the displayed columns only."""
        shown, other = self.run.experiment.data, experiment.data
        if shown is None or other is None or shown.names == other.names:
            return self.view
        return msgspec.structs.replace(self.view, axes=None, held=())

    def plane_of(self, experiment: Experiment) -> Slice:
        """What is drawn of the data of an experiment, which need not be the displayed one."""
        return link.plane_of(experiment, self.view_of(experiment))

    def post(self, fact: facts.ToPage) -> None:
        """Send a fact to the page, if there is one."""
        if self.page is not None:
            self.page.post(facts.text(fact))

    # --- The displayed run -----------------------------------------------------

    @property
    def present(self) -> Run:
        """The current run in its latest state, even while an earlier epoch is displayed."""
        return self._latest or self.run

    @property
    def in_past(self) -> bool:
        """Whether an earlier epoch is displayed."""
        return self._latest is not None

    def begin(self, run: Run) -> None:
        """Replace the current run, or continue it from another state."""
        self.run = run
        self._latest = None
        self.run_number += 1
        if run.experiment.data is not None:
            self.known.remember(run.experiment.data)

    def continue_from(self, state: RunState) -> None:
        """Continue the current run from a state that it has reached elsewhere."""
        self.leave_past()
        before = self.run.epoch
        self.run._commit(state)
        if state.epoch < before or state.epoch == 0:
            self.run_number += 1
        self.mark_changed()

    def show_past(self, run: Run) -> None:
        """Display the current run at an earlier moment, and keep its latest state."""
        self._latest = self.present
        self.run = run
        self.mark_changed()

    def leave_past(self) -> None:
        """Return to the latest state, if an earlier epoch is displayed."""
        if self._latest is not None:
            self.run, self._latest = self._latest, None
            self.mark_changed()

    # --- Changes ---------------------------------------------------------------

    def pause(self) -> None:
        """Stop training."""
        if self.playing:
            self.playing = False
            self.mark_changed()

    def mark_trained(self) -> None:
        """Record that the run has been trained."""
        self.changes += 1
        self.diagnosis_due = True

    def mark_changed(self) -> None:
        """Record a change that a user waits to see."""
        self.mark_trained()
        self.state_due = self.urgent = True


def page_run(experiment: Experiment) -> Run:
    """A run of this experiment, if the page can display it.

    Raises:
        ExperimentError: its network is too large for a page.
    """
    check_size(experiment)
    return Run(experiment)


def check_size(experiment: Experiment) -> None:
    """That the page can display the network of this experiment.

    Raises:
        ExperimentError: it is too large for a page.
    """
    parameters = experiment.layout.count
    if parameters > MOST_PARAMETERS_ON_A_PAGE:
        most, this = count(MOST_PARAMETERS_ON_A_PAGE), count(parameters)
        allowed = f"a network of at most {most} weights and biases on the page; this one has {this} (use Python)"
        raise ExperimentError("hidden", experiment.hidden, allowed)


def check_neuron(run: Run, layer: int, neuron: int) -> None:
    """Check that there is such a neuron; layer 0 is the first after the inputs."""
    sizes = run.layout.sizes
    if layer >= run.layout.layers or neuron >= sizes[layer + 1]:
        raise IntentionError(sentences.NEURON_GONE)
