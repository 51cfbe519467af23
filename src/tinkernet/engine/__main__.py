"""`python -m tinkernet.engine` compiles the engine and keeps the result, so that no start has to wait for it."""

from tinkernet.engine import compiled

compiled.fill_cache()
