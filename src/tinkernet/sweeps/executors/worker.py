"""A process that computes blocks for another one: `python -m tinkernet.sweeps.executors.worker`.

It reads a saved plan, then questions about blocks, and writes an answer for each. It ends when its standard input does,
even in the middle of a block: then nobody waits for its results.
"""

import os
import queue
import signal
import sys
import threading
from typing import BinaryIO

from tinkernet import engine
from tinkernet.sweeps.executors.frames import read_frame, write_frame
from tinkernet.sweeps.executors.remote import answer_for


def main() -> None:
    """Compute blocks until standard input ends."""
    # Ctrl-C is for the process that a person has started, which then ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = _standard_output()
    engine.prepare()
    messages: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(messages,), daemon=True).start()
    content = messages.get()
    while True:
        write_frame(answers, answer_for(content, messages.get()))


def _standard_output() -> BinaryIO:
    """Standard output for answers only: whatever else is printed goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _read(messages: "queue.SimpleQueue[bytes]") -> None:
    while True:
        try:
            messages.put(read_frame(sys.stdin.buffer))
        except EOFError:
            os._exit(0)


if __name__ == "__main__":
    main()
