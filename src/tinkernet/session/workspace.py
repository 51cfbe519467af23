"""Workspace: what all features of a session share: the run that is shown, its view, and the page that looks at it."""

import time
from collections.abc import Callable

from tinkernet import link
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.formatting import count
from tinkernet.fragment import View
from tinkernet.protocol import facts
from tinkernet.run import Run
from tinkernet.session.page import IntentionError, Page

MOST_PARAMETERS_ON_A_PAGE = 100_000
"""Larger networks are for Python: a page could not draw them, nor a frame carry them."""


class Workspace:
    """One run under way, shown in the present or as it was at some moment of its past."""

    def __init__(self, run: Run, view: View, clock: Callable[[], float] = time.perf_counter) -> None:
        self.run = run
        """The run that is shown: the present one, or a copy of it as it was at some moment of its past."""
        self.run_number = 1
        """One more each time that the run starts anew."""
        self.view = view
        self.playing = False
        self.clock = clock
        self.page: Page | None = None
        """The page that is connected. Changed in turns of the session only."""
        self.changed = True
        """Whether something that is drawn has changed since the last frame."""
        self.state_due = False
        """Whether the page has to be sent the state."""
        self.urgent = True
        """Whether a person waits for the next frame."""
        self.diagnosis_due = True
        """Whether something has happened since the last diagnosis."""
        self._resting: Run | None = None

    def copy(self) -> "Workspace":
        """Another workspace, just as far as this one, that no page looks at."""
        twin = Workspace(self.run.copy(), self.view, self.clock)
        twin.run_number, twin.playing = self.run_number, self.playing
        twin._resting = None if self._resting is None else self._resting.copy()
        return twin

    @property
    def link(self) -> str:
        """The text after '#' that brings this experiment and view back."""
        return link.write(self.run.experiment, self.view)

    def post(self, fact: facts.ToPage) -> None:
        """Send this to the page, if there is one."""
        if self.page is not None:
            self.page.post(facts.text(fact))

    # --- Which run is shown ----------------------------------------------------

    @property
    def present(self) -> Run:
        """The present run, whether it is shown or rests while its past is."""
        return self._resting or self.run

    @property
    def in_past(self) -> bool:
        """Whether a moment of the past is shown."""
        return self._resting is not None

    def begin(self, run: Run) -> None:
        """Go on with another run, or with this one from elsewhere."""
        self.run = run
        self._resting = None
        self.run_number += 1

    def show_past(self, run: Run) -> None:
        """Show the present run as it was at an earlier moment; the present rests."""
        self._resting = self.present
        self.run = run
        self.mark_changed()

    def come_back(self) -> None:
        """Show the present again, if the past was shown."""
        if self._resting is not None:
            self.run, self._resting = self._resting, None
            self.mark_changed()

    # --- What has changed ------------------------------------------------------

    def pause(self) -> None:
        """Stop training."""
        if self.playing:
            self.playing = False
            self.mark_changed()

    def mark_trained(self) -> None:
        """The run has been trained further."""
        self.changed = self.diagnosis_due = True

    def mark_changed(self) -> None:
        """Something that the page shows has changed, and a person waits to see it."""
        self.mark_trained()
        self.state_due = self.urgent = True


def page_run(experiment: Experiment) -> Run:
    """A run of this experiment, if a page can draw it.

    Raises:
        ExperimentError: its network is too large for a page.
    """
    parameters = experiment.layout.count
    if parameters > MOST_PARAMETERS_ON_A_PAGE:
        most, this = count(MOST_PARAMETERS_ON_A_PAGE), count(parameters)
        allowed = f"a network of at most {most} weights and biases on the page; this one has {this} (use Python)"
        raise ExperimentError("hidden", experiment.hidden, allowed)
    return Run(experiment)


def check_neuron(run: Run, layer: int, neuron: int) -> None:
    """Make sure that there is such a neuron; layer 0 is the first after the inputs."""
    sizes = run.layout.sizes
    if layer >= run.layout.layers or neuron >= sizes[layer + 1]:
        raise IntentionError("This neuron no longer exists.")
