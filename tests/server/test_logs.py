"""The log stays small and does not contain the token."""

import logging

from tinkernet.server.logs import MaskToken, OncePerMinute


def record(message: str, *values: object, level: int = logging.WARNING) -> logging.LogRecord:
    return logging.LogRecord("uvicorn.error", level, "", 0, message, values, None)


def test_each_kind_is_written_once_a_minute_with_the_number_of_suppressed_lines() -> None:
    now = 0.0
    once = OncePerMinute(lambda: now)
    assert once.filter(record("Invalid request %d", 1))
    assert not any(once.filter(record("Invalid request %d", number)) for number in range(1000))
    assert once.filter(record("Another kind"))
    assert once.filter(record("Invalid request %d", 1, level=logging.ERROR))
    now = 60.0
    late = record("Invalid request %d", 7)
    assert once.filter(late)
    assert late.getMessage() == "Invalid request 7 (1000 more like this since the last one)"


def test_what_differs_on_later_lines_is_one_kind() -> None:
    once = OncePerMinute(lambda: 0.0)
    assert once.filter(record("socket.accept() out of system resource\nsocket: 7"))
    assert not once.filter(record("socket.accept() out of system resource\nsocket: 8"))


def test_many_kinds_do_not_fill_the_memory() -> None:
    once = OncePerMinute(lambda: 0.0)
    for number in range(2000):
        once.filter(record(f"kind {number}"))
    assert len(once._kinds) <= 256


def test_the_token_is_masked() -> None:
    masked = record("GET %s", "/?token=secret&x=1")
    assert MaskToken().filter(masked)
    assert masked.getMessage() == "GET /?token=***&x=1"
