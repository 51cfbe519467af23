"""Settings: changes of the experiment and the view, opening links, Reset, resampling data, and trying cures."""

from typing import Any, Self

import msgspec

from tinkernet import link
from tinkernet.data.own.dataset import Dataset
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment, changed_fields, fresh_seed
from tinkernet.fragment import View
from tinkernet.protocol import facts, intentions
from tinkernet.run.events import KEEPS_WEIGHTS
from tinkernet.session import sentences
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.page import IntentionError
from tinkernet.session.pins.pinned import PinnedRuns
from tinkernet.session.training import Training
from tinkernet.session.undo import UndoHistory
from tinkernet.session.wording import change_in_words, ignored_address, link_notices, refusal, restart_in_words
from tinkernet.session.workspace import Workspace, page_run


class SettingsFeature(SessionFeature):
    """Handles changes of the experiment and of its view."""

    def __init__(self, workspace: Workspace, pinned: PinnedRuns, undo: UndoHistory, training: Training) -> None:
        self._workspace, self._pinned, self._undo, self._training = workspace, pinned, undo, training
        self._wanted = ""
        """The link that was opened last and names data that is not known."""

    def handlers(self) -> Handlers:
        return {
            intentions.Change: self._change,
            intentions.ChangeView: self._change_view,
            intentions.Open: self._open,
            intentions.Reset: self._reset,
            intentions.Rewind: self._rewind,
            intentions.NewPoints: self._new_points,
            intentions.Branch: self._branch,
        }

    def copy_state(self, original: Self) -> None:
        """Nothing to copy: settings are part of the workspace."""

    def _change(self, message: intentions.Change) -> None:
        workspace = self._workspace
        settings = decoded(message.settings)
        if settings.get("data") is not None:
            raise ExperimentError("data", settings["data"], "read from a file or a table on the page")
        old = workspace.run.experiment
        new = old.replace(**settings)
        changed = changed_fields(old, new)
        if changed:
            words = change_in_words(old, new, changed, settings)
            drag = ("change", *sorted(settings))
            fits = set(changed) <= set(KEEPS_WEIGHTS) and new.layout == old.layout
            if changed == ["learning_rate"] or (message.keep_weights and fits):
                with self._undo.edit(words, drag, done=message.done):
                    workspace.run.change(**{name: getattr(new, name) for name in changed})
            else:
                run, lost = page_run(new), workspace.present.epoch > 0 or workspace.present.events
                with self._undo.edit(words, drag, done=message.done):
                    workspace.begin(run)
                if message.keep_weights and lost:
                    workspace.post(facts.Notice(message=restart_in_words(changed), passing=True))
        elif message.done:
            self._undo.end_drag()

    def _change_view(self, message: intentions.ChangeView) -> None:
        values = msgspec.structs.asdict(self._workspace.view)
        for name, value in decoded(message.view).items():
            if name not in values:
                raise ExperimentError("the view", name, f"one of {', '.join(values)}")
            values[name] = value
        try:
            view = msgspec.convert(values, View)
        except msgspec.ValidationError as error:
            raise IntentionError(sentences.view_refused(error)) from error
        words, drag = sentences.change_view(list(message.view)), ("view", *sorted(message.view))
        self._show(view, self._workspace.run.experiment, words, drag, done=message.done)

    def _open(self, message: intentions.Open) -> None:
        try:
            self._open_link(message.link, step=message.step)
        except link.DataMissingError as error:
            self._wanted = message.link
            self._workspace.post(facts.DataWanted(request=message.request, digest=error.digest))
        except (ExperimentError, IntentionError) as error:
            if message.request:
                self._workspace.post(facts.LinkOpened(request=message.request, refusal=refusal(error)))
            else:
                self._workspace.post(ignored_address(error))
        else:
            if message.request:
                self._workspace.post(facts.LinkOpened(request=message.request, refusal=None))

    def _open_link(self, text: str, *, step: bool) -> None:
        opened = link.read(text, self._workspace.known.find)
        self._wanted = ""
        self._show(opened.view, opened.experiment, sentences.OPEN_LINK)
        if not step:
            self._training.use_normal_speed()
        for notice in link_notices(opened.notices):
            self._workspace.post(notice)

    def use_data(self, data: Dataset) -> None:
        """Use a person's own data: with the link that wants it, if there is one."""
        self._workspace.known.remember(data)
        wanted, self._wanted = self._wanted, ""
        if wanted:
            try:
                self._open_link(wanted, step=False)
            except link.DataMissingError:
                self._workspace.post(facts.Notice(message=sentences.OTHER_DATA))
            else:
                self._workspace.post(facts.Notice(message=sentences.SAME_DATA))
                return
        view = msgspec.structs.replace(self._workspace.view, axes=None, held=())
        self._show(view, self._workspace.present.experiment.replace(data=data), sentences.USE_DATA)

    def _show(self, view: View, experiment: Experiment, words: str, drag: object = None, *, done: bool = True) -> None:
        """Show this view, and this experiment if it differs from the current one."""
        # A feature whose control is hidden is not used, as in the original.
        features = tuple(name for name in experiment.features if name not in view.hidden_controls)
        experiment = experiment.replace(features=features)
        if experiment != self._workspace.run.experiment:
            self._undo.restart(words, page_run(experiment), view)
        elif view != self._workspace.view:
            self._undo.change_view(words, view, drag, done=done)
        elif done:
            self._undo.end_drag()

    def _reset(self, _message: intentions.Reset) -> None:
        self._undo.restart(sentences.RESET, self._workspace.present.copy().reset())

    def _rewind(self, _message: intentions.Rewind) -> None:
        self._undo.restart(sentences.REWIND, self._workspace.present.copy().rewind())

    def _new_points(self, _message: intentions.NewPoints) -> None:
        experiment = self._workspace.present.experiment.replace(seed=fresh_seed(), start=0)
        self._undo.restart(sentences.NEW_POINTS, page_run(experiment))

    def _branch(self, message: intentions.Branch) -> None:
        """Try a cure, and keep the current run as a pin."""
        old = self._workspace.run.experiment
        settings = decoded(message.settings)
        new = old.replace(**settings)
        words = change_in_words(old, new, changed_fields(old, new), settings) or "the same settings again"
        run = page_run(new)
        self._pinned.check_room()
        with self._undo.change_pins(sentences.try_out(words), run):
            self._pinned.add(self._workspace.present, sentences.before(words))
        self._training.play()


def decoded(values: dict[str, msgspec.Raw]) -> dict[str, Any]:
    """Decodes the values, each of which is JSON text."""
    return {name: _value(name, raw) for name, raw in values.items()}


def _value(name: str, raw: msgspec.Raw) -> Any:
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ExperimentError(name, bytes(raw).decode(errors="replace"), "a plain JSON value") from error
