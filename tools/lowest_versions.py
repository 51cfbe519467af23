"""Prints the lowest version of each dependency and each extra that pyproject.toml allows, as requirements with `==`.

`make test-lowest` installs them and runs the tests, to verify the lower bounds.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOWER_BOUND = re.compile(r"(?P<name>[A-Za-z0-9._-]+)>=(?P<version>[0-9.]+)")


def lowest(dependencies: list[str]) -> list[str]:
    """Each `name>=version` as `name==version`.

    Raises:
        ValueError: a dependency is not of the form `name>=version`.
    """
    found = []
    for dependency in dependencies:
        bound = LOWER_BOUND.fullmatch(dependency)
        if bound is None:
            raise ValueError(f"{dependency!r} in pyproject.toml must be name>=version")
        found.append(f"{bound['name']}=={bound['version']}")
    return found


def main() -> int:
    """The command line."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [dependency for extra in project["optional-dependencies"].values() for dependency in extra]
    print("\n".join(lowest([*project["dependencies"], *extras])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
