"""A run's network as a program or a file that the page can save: the answer to AskExport."""

from tinkernet.errors import ExperimentError
from tinkernet.export.networks.targets import TARGETS, export
from tinkernet.extras import MissingExtraError
from tinkernet.protocol.facts import Exported
from tinkernet.run import Run
from tinkernet.session import sentences
from tinkernet.session.page import IntentionError

MOST_BYTES = 4_000_000
"""The largest export that is sent: larger messages would keep others waiting."""


def exported(run: Run, target: str, *, training: bool) -> Exported:
    """The export for this target, or why there is none.

    Raises:
        IntentionError: the catalog has no such target.
    """
    if target not in TARGETS:
        raise IntentionError(sentences.no_such_export(target))
    text, data, refusal = "", b"", sentences.EXPORT_TOO_LARGE
    # A number has four bytes or more. Whether it is too large is known before it is made, which would take seconds.
    if 4 * run.layout.count <= MOST_BYTES:
        try:
            made = export(run, target, training=training)
        except (ExperimentError, MissingExtraError) as error:
            refusal = sentences.export_refused(str(error))
        else:
            if len(made) <= MOST_BYTES:
                text, data = (made, b"") if isinstance(made, str) else ("", made)
                refusal = ""
    return Exported(
        target=target,
        training=training,
        epoch=run.epoch,
        file=TARGETS[target].file,
        text=text,
        data=data,
        refusal=refusal,
    )
