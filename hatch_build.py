"""Builds the page into a wheel. An editable install gets none, so that no stale copy can stand in for web/."""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PageHook(BuildHookInterface[Any]):
    """Runs tools/build_page.py before the files of a wheel are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page for a real wheel, and only for that."""
        if version != "standard":
            return
        script = Path(self.root, "tools", "build_page.py")
        spec = importlib.util.spec_from_file_location("build_page", script)
        if spec is None or spec.loader is None:
            raise FileNotFoundError(script)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.build()
        # Git ignores the built page; the wheel must not.
        build_data["artifacts"].append("src/tinkernet/server/page/")
