"""A session that an earlier server saved: its run is computed again, and the page says so."""

import numpy as np
import pytest
from playing_alone import FakeHost, FakePage

from tinkernet import Run, View
from tinkernet.session.messages import Attached
from tinkernet.session.restoring import Saved
from tinkernet.session.session import Session


@pytest.mark.parametrize("page_first", [True, False])
def test_the_page_reads_that_the_run_was_restored_whichever_of_the_two_comes_first(*, page_first: bool) -> None:
    run, host, page = Run(seed="0.5").train(3), FakeHost(at_once=not page_first), FakePage()
    session = Session.restore("name", Saved.of(run, View()), host)
    session.turn(0.01)
    session.receive(Attached(page))
    session.turn(0.01)
    if page_first:
        host.finish()
        session.turn(0.01)
    notices = [fact["message"] for fact in page.facts if fact["type"] == "notice"]
    assert len([notice for notice in notices if "restored at epoch 3" in notice]) == 1
    assert np.array_equal(session.saved.run().parameters, run.parameters)
