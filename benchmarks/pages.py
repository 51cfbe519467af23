"""Frames and epochs per second of many pages on one server, and the delay of user input.

    python benchmarks/pages.py [SECONDS]    needs the built page (`make page`)

The pages here draw nothing: each reports 60 times a second that it has drawn, like the page in a browser. The table has
the frames and epochs of the slowest page, and the 95th percentile of the time from editing a weight to the frame that
shows it.
"""

import asyncio
import http.cookiejar
import json
import re
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from tinkernet.protocol.frames import Frame

SMALL = "seed=0.5"
LARGE = "&".join([SMALL, "networkShape=8,8,8,8,8,8", *(f"{name}=true" for name in ("xSquared", "ySquared", "xTimesY"))])
CASES = [
    ("one page, default network, normal speed", 1, SMALL, "epoch"),
    ("one page, default network, full speed", 1, SMALL, "max"),
    ("one page, six layers of 8, full speed", 1, LARGE + "&sinX=true&sinY=true", "max"),
    ("50 pages, default network, normal speed", 50, SMALL, "epoch"),
    ("50 pages, default network, full speed", 50, SMALL, "max"),
]
REFRESH = 1 / 60
WARM_UP = 1.0
EVERY = 10


@dataclass
class Page:
    """The measurements of one page."""

    began: float = 0.0
    ended: float = 0.0
    frames: int = -1
    first_epoch: float = 0.0
    last_epoch: float = 0.0
    effects: list[float] = field(default_factory=list)

    def saw(self, epoch: float, now: float) -> None:
        """Record a frame."""
        self.frames += 1
        if self.frames == 0:
            self.began, self.first_epoch = now, epoch
        self.ended, self.last_epoch = now, epoch

    @property
    def frames_per_second(self) -> float:
        """Frames per second."""
        return self.frames / (self.ended - self.began)

    @property
    def epochs_per_second(self) -> float:
        """Epochs per second."""
        return (self.last_epoch - self.first_epoch) / (self.ended - self.began)


async def play(url: str, cookie: str, link: str, speed: str, seconds: float) -> Page:
    """Open a page, play, and edit a weight from time to time."""
    page, start = Page(), time.perf_counter()
    origin, host = Origin(url.rstrip("/")), url.removeprefix("http://")
    async with connect(
        f"ws://{host}socket", origin=origin, additional_headers={"Cookie": cookie}, compression=None
    ) as socket:
        await say(socket, "hello", session="", link=link)
        await say(socket, "watch", neuron_cells=32, output_cells=100)
        await say(socket, "set-speed", speed=speed)
        await say(socket, "play")
        waiting: tuple[float, float] | None = None
        while (now := time.perf_counter()) - start < WARM_UP + seconds:
            message = await socket.recv()
            if isinstance(message, str) or message[0] != Frame.kind:
                continue
            now = time.perf_counter()
            frame = Frame.unpack(message)
            if waiting is not None and abs(frame.parameters[0] - waiting[0]) < 1:
                page.effects.append(now - waiting[1])
                waiting = None
            if now - start > WARM_UP:
                page.saw(frame.epoch, now)
            await asyncio.sleep(REFRESH - (now - start) % REFRESH)
            await say(socket, "drawn", frame=frame.frame)
            if waiting is None and page.frames % EVERY == 0:
                # At a different moment between two frames each time.
                await asyncio.sleep(REFRESH * (page.frames * 0.618 % 1))
                waiting = 50.0 + page.frames % 100 * 5, time.perf_counter()
                await say(socket, "set-weight", layer=0, to=0, value=waiting[0], done=False, **{"from": 0})
    return page


async def say(socket: ClientConnection, kind: str, **values: object) -> None:
    """Send an intention."""
    await socket.send(json.dumps({"type": kind, **values}))


async def measure(pages: int, link: str, speed: str, seconds: float) -> list[Page]:
    """Measure this many pages on a new server."""
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tinkernet", "--no-browser", "--port", "0", stdout=subprocess.PIPE
    )
    try:
        line = (await server.stdout.readline()).decode() if server.stdout else ""
        found = re.search(r"http://\S+", line)
        if found is None:
            raise RuntimeError("the server did not start: is the page built? (make page)")
        jar = http.cookiejar.CookieJar()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        await asyncio.to_thread(lambda: opener.open(found[0]).close())
        cookie = "; ".join(f"{one.name}={one.value}" for one in jar)
        url = found[0].partition("?")[0]
        return await asyncio.gather(*(play(url, cookie, link, speed, seconds) for _ in range(pages)))
    finally:
        server.terminate()
        await server.wait()


def main() -> int:
    """Print the table."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    print(f"{'':44}{'frames/s':>10}{'epochs/s':>12}{'effect ms':>11}")
    for words, pages, link, speed in CASES:
        seen = asyncio.run(measure(pages, link, speed, seconds))
        effects = sorted(effect for page in seen for effect in page.effects)
        slowest = 1000 * effects[int(0.95 * len(effects))] if effects else float("nan")
        frames = min(page.frames_per_second for page in seen)
        epochs = min(page.epochs_per_second for page in seen)
        print(f"{words:44}{frames:10.1f}{epochs:12,.0f}{slowest:11.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
