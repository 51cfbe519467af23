"""A server process with a low limit of open files: prints its port, cookie and token, and serves until killed.

Usage: limited_server.py FOLDER FILES
"""

import resource
import sys
from pathlib import Path

from tinkernet.server.address import LOOPBACK_NAMES, listen
from tinkernet.server.keys import make_keys
from tinkernet.server.launch import Launch
from tinkernet.server.serve import serve

folder, files = Path(sys.argv[1]), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
listening = listen("127.0.0.1", 0)
port = listening.getsockname()[1]
keys = make_keys(port, folder / "state")
serve(
    listening,
    LOOPBACK_NAMES,
    keys,
    Launch(),
    lambda: print(port, f"{keys.cookie_name}={keys.cookie}", flush=True),
    folder,
)
