"""Opening the page in the person's browser without its token on a command line.

Every account of a machine can read the arguments of every process (`ps`). `webbrowser.open` starts the browser with
the address as an argument, so that address must not let anyone in. As Jupyter does, the browser is given a file that
only its owner can read, and the file sends it on to the page.

The token in that file is not the printed one. It is void after its first use, after `VALID_SECONDS`, and when the
server ends, and the file is removed with it: a copy that a backup or the browser's history keeps opens nothing. The
printed token stays valid while the server runs, so that the printed address works in a second browser, after cookies
are cleared, or on another machine of a person who serves on their network. It is in that person's terminal, and on
no command line.
"""

import contextlib
import hmac
import html
import secrets
import shutil
import tempfile
import threading
from pathlib import Path

VALID_SECONDS = 60.0
"""For a browser to start and open the page."""

REDIRECT_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={url}">
<title>Opening tinkernet</title>
<p><a href="{url}">Open tinkernet</a></p>
</html>
"""


class Launch:
    """One opening of the page: a file for the browser and the token in it. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._token: str | None = None
        self._folder: Path | None = None
        self._timer: threading.Timer | None = None

    def prepare(self, address: str, fragment: str = "") -> str:
        """Write the file that leads to this address and fragment; the file's own address, for the browser.

        Raises:
            OSError: The file cannot be written.
        """
        self.close()
        token = secrets.token_urlsafe(24)
        # mkdtemp gives the folder the owner's rights only, whatever the umask; so the file in it is out of reach.
        folder = Path(tempfile.mkdtemp(prefix="tinkernet-"))
        timer = threading.Timer(VALID_SECONDS, self.close)
        timer.daemon = True
        with self._lock:
            self._token, self._folder, self._timer = token, folder, timer
        file = folder / "open.html"
        url = f"{address}?token={token}{'#' + fragment if fragment else ''}"
        file.touch(mode=0o600)
        file.write_text(REDIRECT_PAGE.format(url=html.escape(url)), encoding="utf-8")
        timer.start()
        return file.as_uri()

    def redeem(self, token: str) -> bool:
        """Whether this is the token of the file; it is void from then on."""
        with self._lock:
            valid = self._token is not None and hmac.compare_digest(token.encode(), self._token.encode())
            if valid:
                self._token = None
        if valid:
            self.close()
        return valid

    def close(self) -> None:
        """Make the token void, and remove the file."""
        with self._lock:
            folder, timer = self._folder, self._timer
            self._token = self._folder = self._timer = None
        if timer is not None:
            timer.cancel()
        if folder is not None:
            with contextlib.suppress(OSError):
                shutil.rmtree(folder)
