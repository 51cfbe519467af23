"""Writing the files that a call asks for: the saved run and the picture."""

from dataclasses import dataclass
from pathlib import Path

from tinkernet.cli.train.task import Task
from tinkernet.errors import ExperimentError


@dataclass(frozen=True)
class Kept:
    """The files that were really written, and what went wrong with others."""

    saved: Path | None = None
    picture: Path | None = None
    points: Path | None = None
    problems: tuple[ExperimentError, ...] = ()


def keep(task: Task) -> Kept:
    """Save and draw what was asked for, each completely; one that fails does not prevent the other."""
    from tinkernet.link import plane_of

    saved, picture, points, problems = None, None, None, []
    if task.save is not None:
        try:
            task.run.save(task.save)
            saved = task.save
        except ExperimentError as error:
            problems.append(error)
    if task.picture is not None:
        view = task.view
        try:
            task.run.picture(
                task.picture,
                show_test_data=view.show_test_data,
                discretize=view.discretize,
                plane=plane_of(task.run.experiment, view),
            )
            picture = task.picture
        except ExperimentError as error:
            problems.append(error)
    if task.points is not None:
        try:
            task.run.save_points(task.points)
            points = task.points
        except ExperimentError as error:
            problems.append(error)
    return Kept(saved, picture, points, tuple(problems))
