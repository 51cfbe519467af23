"""Showing a run on the page from Python, by a server in a thread of this process."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from serving import SocketTab
from websockets.typing import Origin

from tinkernet import Dataset, Experiment, ExperimentError, Run
from tinkernet.server import opening as opening_module
from tinkernet.server.opening import Opening, open_run

EXPERIMENT = Experiment(dataset="circle", seed="0.5")


@pytest.fixture
def browsers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser was asked to open, by a browser that exists."""
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: not opened.append(url))  # type: ignore[func-returns-value]
    return opened


@pytest.fixture(scope="module", autouse=True)
def page_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A page, which need not be built, and a folder for the key."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "index.html").write_text("<!doctype html><title>tinkernet</title>")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tinkernet.server.app.PAGE", folder)
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        yield


def tab_of(opening: Opening, **values: object) -> SocketTab:
    """A tab that has opened this address."""
    parts = urlsplit(opening.url)
    keys = opening._server.keys
    return SocketTab(
        url=f"ws://{parts.netloc}/socket",
        origin=Origin(f"http://{parts.netloc}"),
        cookie=f"{keys.cookie_name}={keys.cookie}",
        link=parts.fragment,
        **values,  # type: ignore[arg-type]
    )


def status(address: str) -> int:
    """What the server answers to a browser without a cookie that goes to this address."""
    with build_opener(HTTPCookieProcessor()).open(address.partition("#")[0], timeout=20) as answer:
        return int(answer.status)


def test_the_page_that_opens_its_address_has_the_run_with_its_edits() -> None:
    run = Run(EXPERIMENT).train(30)
    run.set_weight(0, 0, 0, 2.5)
    with open_run(run, browser=False) as opening, tab_of(opening) as tab:
        assert tab.frame.epoch == 30
        assert tab.frame.parameters.tolist() == pytest.approx(run.parameters.tolist(), rel=1e-6)
        tab.train(5)
        assert opening.run.epoch >= 35
        assert run.epoch == 30
        assert tab.state["events"]
    assert opening.closed


def test_a_tab_that_showed_something_else_before_shows_the_run() -> None:
    with open_run(Run(EXPERIMENT).train(3), browser=False) as first, open_run(EXPERIMENT, browser=False) as second:
        with tab_of(first) as tab:
            name = tab.session
        with tab_of(second, session=name) as tab:
            assert tab.frame.epoch == 0
            assert tab.session != name


def test_a_run_with_own_data_is_shown_with_it() -> None:
    data = Dataset.from_arrays([[0, 0, 1], [0, 1, 1], [1, 0, 2], [1, 1, 2]], ["no", "yes", "yes", "no"])
    with open_run(Experiment(data=data), browser=False) as opening, tab_of(opening) as tab:
        assert tab.state["data"] is not None
        assert opening.run.experiment.data == data


def test_the_same_run_in_the_same_state_is_the_same_page() -> None:
    run = Run(EXPERIMENT)
    with open_run(run, browser=False) as opening:
        assert open_run(run, browser=False) is opening
        assert open_run(run.copy(), browser=False) is not opening
        assert open_run(Experiment(seed="0.7"), browser=False) is open_run(Experiment(seed="0.7"), browser=False)
        later = open_run(run.train(1), browser=False)
        assert later is not opening
        assert later.run.epoch == 1
        for _, _, other in tuple(opening_module._PROCESS.shown):
            other.close()


def test_the_last_one_that_is_closed_stops_the_server() -> None:
    run = Run(EXPERIMENT)
    first, second = open_run(run, browser=False), open_run(EXPERIMENT, browser=False)
    assert urlsplit(first.url).netloc == urlsplit(second.url).netloc
    first.close()
    first.close()
    assert status(second.url) == 200
    second.close()
    with pytest.raises(OSError, match="refused"):
        status(second.url)
    with open_run(run, browser=False) as again:
        assert again.run.epoch == 0


def test_only_who_has_the_token_gets_in() -> None:
    with open_run(EXPERIMENT, browser=False) as opening:
        parts = urlsplit(opening.url)
        assert parts.hostname == "127.0.0.1"
        with pytest.raises(OSError, match="403"):
            status(f"http://{parts.netloc}/")
        assert status(opening.url) == 200
        assert parts.query.removeprefix("token=") not in repr(opening)


def test_browsers_are_opened_by_files_that_lead_to_their_runs(browsers: list[str]) -> None:
    run, other = Run(EXPERIMENT), Run(EXPERIMENT)
    with open_run(run) as first, open_run(other) as second:
        files = [Path(urlsplit(url).path) for url in browsers]
        for file, opening in zip(files, (first, second), strict=True):
            text = file.read_text()
            assert urlsplit(opening.url).fragment in text
            address = text.partition("url=")[2].partition('"')[0].partition("#")[0]
            assert "token=" in address
            assert opening.url.partition("#")[0] != address
            assert status(address) == 200
        assert not any(file.exists() for file in files)


def test_no_second_browser_is_opened_while_a_page_shows_the_run(browsers: list[str]) -> None:
    run = Run(EXPERIMENT)
    with open_run(run) as opening:
        with tab_of(opening):
            assert open_run(run) is opening
            assert len(browsers) == 1
        while opening.session.attended:
            pass
        open_run(run)
        assert len(browsers) == 2


def test_where_there_is_no_browser_the_address_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    with EXPERIMENT.open() as opening:
        assert opening.url in capsys.readouterr().out


def test_a_network_that_is_too_large_for_a_page_is_refused() -> None:
    with pytest.raises(ExperimentError, match="weights and biases on the page"):
        open_run(Experiment(hidden=(256, 256, 256)), browser=False)


def test_a_page_that_was_not_built_is_explained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tinkernet.server.app.PAGE", tmp_path)
    with pytest.raises(RuntimeError, match="has not been built"):
        open_run(EXPERIMENT, browser=False)


SCRIPT = """
import webbrowser
webbrowser.open = lambda url: not print(url)
from tinkernet import Run
Run(seed="0.5").train(3).open()
print("done")
"""


def test_a_script_ends_although_a_page_is_open_and_leaves_no_file(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=120, check=True, cwd=tmp_path
    )
    url, said = ended.stdout.split()
    assert said == "done"
    assert ended.stderr == ""
    assert not Path(urlsplit(url).path).exists()
