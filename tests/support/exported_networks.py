"""Runs exported programs and files in their libraries, many in one process: `python exported_networks.py FOLDER`.

The folder has exports `<case>.<type>.py` or `<case>.<type>.onnx`, and for each case its points `<case>.npy`. Their
answers are written as `<case>.<type>.npz`: `labels` (none for a regression) and `values`.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy import ndarray

Answers = tuple[Any, Any]


def program(path: Path, points: ndarray) -> Answers:
    """The answers of a program's `predict`."""
    names: dict[str, Any] = {"__name__": "exported"}
    exec(compile(path.read_text(encoding="utf-8"), path.name, "exec"), names)  # noqa: S102 - a program that we made
    found = names["predict"](points)
    return (found[0], np.asarray(found[1])) if isinstance(found, tuple) else ([], np.asarray(found))


def onnx(path: Path, points: ndarray) -> Answers:
    """The answers of ONNX Runtime."""
    import onnxruntime

    session = onnxruntime.InferenceSession(path.read_bytes(), providers=["CPUExecutionProvider"])
    kind = np.float64 if "double" in session.get_inputs()[0].type else np.float32
    names = [one.name for one in session.get_outputs()]
    answers = session.run(None, {"points": points.astype(kind)})
    if names == ["label", "probabilities"]:
        return answers[0].tolist(), answers[1]
    assert names == ["value"]
    return [], answers[0][:, 0]


KINDS: dict[str, Callable[[Path, ndarray], Answers]] = {".py": program, ".onnx": onnx}


def main(folder: Path) -> None:
    """Answer for all exports in a folder."""
    for path in sorted(folder.glob("*")):
        if path.suffix in KINDS:
            labels, values = KINDS[path.suffix](path, np.load(folder / f"{path.name.split('.')[0]}.npy"))
            np.savez(path.with_suffix(".npz"), labels=np.array(labels, dtype=str), values=values)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
