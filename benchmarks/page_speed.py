"""Performance of the page in headless Chromium: frames, epochs, time to the first picture, effect of a control.

    python benchmarks/page_speed.py [--seconds 5]    needs the built page (`make page`) and a Chromium

A frame counts when the page has drawn all of it with a new epoch, so that every neuron's field in it is new. The table
also has the original page's results in the same browser, on two otherwise idle cores, where they are known.
"""

import argparse
import os
import shutil
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from page_visit import Visit, server

from tinkernet import Dataset, Experiment

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FEATURES = "&".join(f"{name}=true" for name in ("xSquared", "ySquared", "xTimesY", "sinX", "sinY"))
DEFAULT = "seed=0.5"
MIDDLE = f"seed=0.5&dataset=spiral&networkShape=8,6&{FEATURES}"
LARGEST = f"seed=0.5&dataset=spiral&networkShape=8,8,8,8,8,8&{FEATURES}"
NETWORKS = [
    ("default network", DEFAULT, 39.5, 55.0, 10_000.0),
    ("layers of 8 and 6, all features", MIDDLE, 16.6, 55.0, None),
    ("six layers of 8, all features", LARGEST, 8.3, 45.0, 1_200.0),
]
"""Name, link, the original's frames per second, the goal, and the goal for epochs per second at full speed."""
MANY_CLASSES = 10
LONGEST_LINK = 2_000
MANY_ROWS = 20_000
"""Points of a person's own data: as many as a link may hold, and as many as must train at 30 frames per second."""
LONG_PLAY = 10.0


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    found: float
    unit: str
    goal: float | None
    more_is_better: bool
    original: float | None = None

    @property
    def reached(self) -> str:
        """Whether the goal is reached, in one word."""
        if self.goal is None:
            return ""
        return "reached" if (self.found >= self.goal) == self.more_is_better else "MISSED"


def late(times: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[-1]


def rows_of_networks(browser: Any, url: str, seconds: float) -> Iterator[Row]:
    """Frames and epochs per second of each network."""
    for name, link, original, goal, goal_at_full_speed in NETWORKS:
        visit = Visit(browser, url, link)
        frames, _, _ = visit.play("Normal", seconds)
        yield Row(f"{name}, normal speed", frames, "frames/s", goal, more_is_better=True, original=original)
        frames, epochs, _ = visit.play("Full speed", seconds)
        yield Row(f"{name}, full speed", frames, "frames/s", None, more_is_better=True)
        yield Row(f"{name}, full speed", epochs, "epochs/s", goal_at_full_speed, more_is_better=True, original=original)
        visit.close()


def clusters(count: int, classes: int) -> Dataset:
    """A person's own data: overlapping clusters on a circle."""
    stream = np.random.default_rng(1)
    kind = np.arange(count) % classes
    angle = 2 * np.pi * kind / classes
    points = 3 * np.stack([np.cos(angle), np.sin(angle)], axis=1) + stream.normal(0, 0.6, (count, 2))
    return Dataset.from_arrays(points.round(2), np.array([f"class {number}" for number in kind]), names=("a", "b"))


def write_csv(data: Dataset, path: Path) -> None:
    """Write the points as a person would have them in a file."""
    rows = (f"{a},{b},{data.classes[int(kind)]}\n" for (a, b), kind in zip(data.points, data.labels, strict=True))
    path.write_text("a,b,kind\n" + "".join(rows))


def rows_of_data(browser: Any, url: str, seconds: float) -> Iterator[Row]:
    """Frames per second with more classes and a person's own data, and a stroke of the brush."""
    own = Experiment(data=clusters(LONGEST_LINK, MANY_CLASSES), hidden=(6, 4), seed="1").to_link()
    for name, link in (
        ("three classes, layers of 6 and 4", "seed=0.5&data=three-spirals&networkShape=6,4"),
        (f"ten classes, {LONGEST_LINK:,} own points", own),
    ):
        visit = Visit(browser, url, link)
        frames, _, _ = visit.play("Normal", seconds)
        yield Row(f"{name}, normal speed", frames, "frames/s", 55.0, more_is_better=True)
        visit.close()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "many.csv"
        write_csv(clusters(MANY_ROWS, 3), path)
        visit = Visit(browser, url, DEFAULT)
        visit.use_file(path)
        for speed in ("Normal", "Full speed"):
            frames, _, _ = visit.play(speed, seconds)
            yield Row(f"{MANY_ROWS:,} own points, {speed.lower()}", frames, "frames/s", 30.0, more_is_better=True)
        visit.close()
    visit = Visit(browser, url, DEFAULT)
    yield Row("longest frame while painting during training", visit.paint(4), "ms", 50.0, more_is_better=False)
    visit.close()


def rows_of_hand(browser: Any, url: str) -> Iterator[Row]:
    """Time to load, response times, and the longest time without a frame."""
    pictures = []
    for _ in range(5):
        visit = Visit(browser, url, DEFAULT)
        pictures.append(visit.first_picture)
        visit.close()
    yield Row("first picture of the network, the slowest of 5", max(pictures), "ms", 1500.0, more_is_better=False)
    visit = Visit(browser, url, DEFAULT)
    _, _, longest = visit.play("Normal", LONG_PLAY)
    yield Row(f"longest frame in {LONG_PLAY:g} s of play", longest, "ms", 50.0, more_is_better=False)
    weights, views = visit.effects()
    yield Row("an edited weight is visible, 95th percentile", late(weights), "ms", 50.0, more_is_better=False)
    yield Row("a switch of the view is seen, 95th percentile", late(views), "ms", 50.0, more_is_better=False)
    visit.close()


def rows_of_map(browser: Any, url: str, seconds: float) -> Iterator[Row]:
    """Frames per second while a complete map of a million runs is moved and zoomed."""
    visit = Visit(browser, url, DEFAULT, pixels=2)
    cells, frames, longest = visit.move_map(seconds)
    yield Row(f"a map of {cells:,} runs, moved and zoomed", frames, "frames/s", 55.0, more_is_better=True)
    yield Row("the longest frame of that", longest, "ms", 50.0, more_is_better=False)
    visit.close()


def show(rows: list[Row]) -> None:
    """Print the table."""
    print(f"| {'':46} | {'found':>16} | {'goal':>10} | {'':7} | {'the original':>12} |")
    print(f"| {'-' * 46} | {'-' * 15}: | {'-' * 9}: | {'-' * 7} | {'-' * 11}: |")
    for row in rows:
        sign = "≥" if row.more_is_better else "≤"
        goal = f"{sign} {row.goal:,.0f}" if row.goal is not None else ""
        original = f"{row.original:.1f}" if row.original is not None else ""
        found = f"{row.found:,.1f} {row.unit}"
        print(f"| {row.what:46} | {found:>16} | {goal:>10} | {row.reached:7} | {original:>12} |")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the page in a real Chromium.")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each network plays at each speed (5)")
    seconds = parser.parse_args().seconds
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        print("chromium not found: the page was not measured; to install it as root:")
        print("apt-get install chromium-headless-shell")
        return 0
    from playwright.sync_api import sync_playwright

    load = os.getloadavg()[0]
    with server() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        Visit(browser, url, DEFAULT).close()  # the first page waits for the engine
        rows = [
            *rows_of_hand(browser, url),
            *rows_of_networks(browser, url, seconds),
            *rows_of_data(browser, url, seconds),
            *rows_of_map(browser, url, seconds),
        ]
        print(f"\nthe page at 1440 x 900 in Chromium {browser.version}, headless, on {os.cpu_count()} processors")
        browser.close()
    print(f"load average {load:.1f} before, {os.getloadavg()[0]:.1f} after: over 1 before means a busy machine\n")
    show(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
