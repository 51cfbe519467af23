"""The wheel and the sdist: their content, and installing the sdist without Node.js and without a registry."""

import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

import tinkernet

ROOT = Path(__file__).resolve().parent.parent
PAGE = "tinkernet/server/page/"
MEASURED = "tinkernet/data/datasets/measured/"
LICENCES = {"svelte", "clsx", "esm-env", "devalue", "fontsource-variable-inter"}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist built from this clone."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_wheel_contains_the_licences_of_all_its_packages(dist: Path) -> None:
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as wheel:
        texts = {Path(name).stem: wheel.read(name).decode() for name in wheel.namelist() if "/licenses/" in name}
        metadata = wheel.read(next(name for name in wheel.namelist() if name.endswith("/METADATA"))).decode()
    assert set(texts) == {"LICENSE", *LICENCES}
    assert "SIL OPEN FONT LICENSE" in texts["fontsource-variable-inter"].upper()
    assert all("Permission is hereby granted" in texts[name] for name in LICENCES - {"fontsource-variable-inter"})
    assert metadata.count("License-File: ") == len(texts)
    assert "Project-URL: Source, https://github.com/tinkernet/tinkernet" in metadata


def test_the_wheel_contains_the_measured_data_and_its_licence(dist: Path) -> None:
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as wheel:
        names = {name for name in wheel.namelist() if name.startswith(MEASURED)}
    assert names == {MEASURED + path.name for path in (ROOT / "src" / MEASURED).iterdir()}
    assert MEASURED + "SOURCES.md" in names
    assert len(names) == 4


def test_the_sdist_installs_without_node_and_without_a_registry(dist: Path, tmp_path: Path) -> None:
    sdist = next(dist.glob("*.tar.gz"))
    with tarfile.open(sdist) as packed:
        assert any(name.endswith(f"src/{PAGE}index.html") for name in packed.getnames())
    place = tmp_path / "venv"
    venv.create(place, with_pip=True)
    # hatchling is from the environment of these tests; Node.js is not available.
    libraries = next((place / "lib").glob("python3*")) / "site-packages"
    here = next(path for path in sys.path if Path(path, "hatchling").is_dir())
    for name in ("hatchling", "packaging", "pathspec", "pluggy", "trove_classifiers", "tomlkit"):
        (libraries / name).symlink_to(Path(here, name))
    environment = {"PATH": "/nowhere", "HOME": str(tmp_path), "PIP_CONFIG_FILE": "/dev/null"}
    options = ["--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check", "--quiet"]
    python = str(place / "bin" / "python")
    done = subprocess.run(
        [python, "-m", "pip", "install", *options, str(sdist)],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    # --no-deps skips its dependencies, which are installed for these tests.
    version = subprocess.run(
        [str(place / "bin" / "tinkernet"), "--version"],
        env={**environment, "PYTHONPATH": here},
        capture_output=True,
        text=True,
        check=True,
    )
    assert version.stdout == f"tinkernet {tinkernet.__version__}\n"
    assert sorted(path.name for path in (libraries / PAGE).iterdir()) == ["assets", "index.html"]
    assert len(list((libraries / PAGE / "assets").iterdir())) >= 3


def test_the_project_metadata_names_no_registry() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert all(url.startswith("https://github.com/tinkernet/tinkernet") for url in project["urls"].values())


IMPORT_ALL = """
import sys, importlib, pkgutil
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in sys.argv[1:]:
            raise ModuleNotFoundError(f"{name} is not in the plain install")
sys.meta_path.insert(0, Missing())
import tinkernet
from tinkernet import engine
engine.wait_until_compiled()  # from the cache: importing the compiled modules without one takes a minute
for module in pkgutil.walk_packages(tinkernet.__path__, "tinkernet."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""


def test_the_package_does_not_need_development_dependencies() -> None:
    lines = (ROOT / "requirements" / "dev.in").read_text().splitlines()
    tools = [line.replace("-", "_") for line in lines if line and not line.startswith("#")]
    assert "jaxtyping" in tools
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, *tools], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
