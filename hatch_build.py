"""Builds the page into wheels and sdists, but not for an editable install, where a copy could become stale."""

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PAGE = "src/tinkernet/server/page"
WIDGET = "src/tinkernet/notebook/scripts"
LICENCES = "licences"


class PageHook(BuildHookInterface[Any]):
    """Builds the page and gathers the licences of its packages before the files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page for a regular wheel or an sdist; an unpacked sdist already contains it."""
        if version != "standard":
            return
        root = Path(self.root)
        if not (root / "PKG-INFO").exists():
            tool = _load(root / "tools" / "build_page.py")
            tool.build()
            tool.gather_licences(root / LICENCES)
        elif not (root / PAGE / "index.html").exists():
            raise FileNotFoundError(f"{PAGE}/index.html, which every sdist contains")
        # The metadata may have been read before the licences were gathered.
        listed = self.metadata.core.license_files
        gathered = sorted(f"{LICENCES}/{path.name}" for path in (root / LICENCES).iterdir())
        listed += [name for name in gathered if name not in listed]
        # The built files are ignored by Git but must be in wheels and sdists.
        build_data["artifacts"] += [f"/{PAGE}/", f"/{WIDGET}/", f"/{LICENCES}/"]

    def clean(self, versions: list[str]) -> None:
        """Remove the gathered licences."""
        del versions
        shutil.rmtree(Path(self.root, LICENCES), ignore_errors=True)


def _load(script: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(script.stem, script)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
