"""Lessons for tests: small files that are read as any other."""

from pathlib import Path

from tinkernet.lessons.lesson import Lesson
from tinkernet.lessons.reader import parse_lesson

HEAD = """---
format: 1
title: A test
minutes: 5
author: Ada
language: en
---

"""
STEP = """## One

Some text with [a loss](term:loss).

```step
link: dataset=gauss&networkShape=1&seed=0.5
goal:
  - train_loss < 0.05
solution:
  - play 100 epochs
```
"""


def written(*steps: str) -> str:
    """The text of a lesson with these steps; without any, it has one."""
    return HEAD + "\n".join(steps or (STEP,))


def step(*lines: str, link: str = "dataset=gauss&networkShape=1&seed=0.5", title: str = "One") -> str:
    """A step with these lines in its block; without a link it follows the step before."""
    first = [f"link: {link}"] if link else []
    return "\n".join([f"## {title}", "", "Text.", "", "```step", *first, *lines, "```", ""])


def lesson(*steps: str, folder: Path = Path()) -> Lesson:
    """The lesson with these steps."""
    return parse_lesson(written(*steps), "test", folder)
