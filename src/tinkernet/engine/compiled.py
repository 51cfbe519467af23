"""Where and when the kernels are compiled: never where somebody waits.

A helper process compiles into a cache folder; a background thread then loads from it, in a fraction of a second. The
folder's name is made of all that the compiled code depends on, so a stale cache is never found.
"""

import contextlib
import hashlib
import importlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import ModuleType

PACKAGE = Path(__file__).parent.parent
SOURCES = ("arithmetic", "network", "engine")
MARK = "complete"

_lock = threading.Lock()
_thread: threading.Thread | None = None
_kernels: ModuleType | None = None
_failure: Exception | None = None


def fast_engine() -> ModuleType | None:
    """The compiled kernels, or None while there are none yet. The first call begins to prepare them."""
    if _kernels is None and _thread is None:
        prepare()
    return _kernels


def compiled_ready() -> bool:
    """Whether the compiled kernels have taken over."""
    return _kernels is not None


def prepare() -> None:
    """Begin to load the kernels in the background, and before that to compile them if no cache has them."""
    global _thread  # noqa: PLW0603 (the one place where it is set, under the lock)
    with _lock:
        if _thread is None:
            _thread = threading.Thread(target=_load, name="tinkernet-kernels", daemon=True)
            _thread.start()


def wait_until_compiled() -> None:
    """Return when the compiled kernels are there.

    Raises:
        RuntimeError: they can't be compiled here; the reference goes on serving.
    """
    prepare()
    if _thread is not None:
        _thread.join()
    if _failure is not None:
        message = f"the engine could not be compiled: {_failure}"
        raise RuntimeError(message) from _failure


def _load() -> None:
    global _kernels, _failure  # noqa: PLW0603 (set once, by the one thread)
    try:
        folder = cache_folder()
        if not (folder / MARK).exists():
            environment = {**os.environ, "TINKERNET_CACHE": str(folder.parent)}
            command = [sys.executable, "-m", "tinkernet.engine"]
            subprocess.run(  # noqa: S603 (this very Python and this very module)
                command,
                env=environment,
                check=True,
                capture_output=True,
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the run, not for what the next start will be glad of
            )
        _kernels = _imported(folder)
    except Exception as error:  # noqa: BLE001 (whatever it is, the reference serves and whoever waits is told)
        _failure = error


def fill_cache() -> None:
    """Compile the kernels into the cache, if they are not there yet."""
    folder = cache_folder()
    if not (folder / MARK).exists():
        _imported(folder)
        (folder / MARK).touch()


def _imported(folder: Path) -> ModuleType:
    """The kernels' module, compiled into this folder or found there. Numba asks for the folder while it decorates."""
    import numba

    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(folder)
    try:
        return importlib.import_module("tinkernet.engine.entries")
    finally:
        numba.config.CACHE_DIR = before


def cache_folder() -> Path:
    """The folder for the code compiled from just these sources for just this machine; it exists and can be written.

    `TINKERNET_CACHE` says where it is made; else it is where this system keeps caches. Numba's caches are pickles, so a
    folder that others could fill would let them run code here: where there is no folder of one's own, it is a fresh
    private one, which goes when this process ends.
    """
    name = _fingerprint()
    for parent in _cache_parents():
        folder = parent / name
        with contextlib.suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
    private = Path(tempfile.mkdtemp(prefix="tinkernet-"))
    import atexit

    atexit.register(shutil.rmtree, private, ignore_errors=True)
    folder = private / name
    folder.mkdir(mode=0o700)
    return folder


def _cache_parents() -> list[Path]:
    if chosen := os.environ.get("TINKERNET_CACHE"):
        return [Path(chosen)]
    try:
        home = Path.home()
    except RuntimeError:  # nobody's home: a container without a user entry
        return []
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return [base / "tinkernet"]


def _fingerprint() -> str:
    """A short name for everything that the compiled code depends on."""
    import llvmlite.binding
    import numba

    digest = hashlib.sha256()
    for part in SOURCES:
        for file in sorted((PACKAGE / part).glob("*.py")):
            digest.update(file.read_bytes())
    for fact in (
        str(PACKAGE),
        numba.__version__,
        platform.python_version(),
        llvmlite.binding.get_host_cpu_name(),
        llvmlite.binding.get_host_cpu_features().flatten(),
    ):
        digest.update(fact.encode())
    return digest.hexdigest()[:16]
