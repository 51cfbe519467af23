"""A page for `watching.py`, in a separate process: it asks for frames as a browser does, and draws nothing."""

import json
import struct
import sys
from http.cookiejar import CookieJar
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

from websockets.sync.client import connect
from websockets.typing import Origin

FRAME = 1
"""The kind of a binary message that is a frame; its number follows."""


def page(address: str) -> None:
    """Be a page that is open at this address: ask for frames, and have each drawn at once."""
    parts, opener = urlsplit(address), build_opener(HTTPCookieProcessor(jar := CookieJar()))
    opener.open(address.partition("#")[0]).close()
    cookie = "; ".join(f"{one.name}={one.value}" for one in jar)
    with connect(
        f"ws://{parts.netloc}/socket",
        origin=Origin(f"http://{parts.netloc}"),
        additional_headers={"Cookie": cookie},
        compression=None,
        max_size=None,
    ) as socket:
        socket.send(json.dumps({"type": "hello", "session": "", "link": parts.fragment}))
        socket.send(json.dumps({"type": "watch", "neuron_cells": 40, "output_cells": 160, "focus": None}))
        print("open", flush=True)
        for message in socket:
            if isinstance(message, bytes) and struct.unpack_from("<I", message)[0] == FRAME:
                socket.send(json.dumps({"type": "drawn", "frame": struct.unpack_from("<I", message, 4)[0]}))


if __name__ == "__main__":
    page(sys.argv[1])
