"""`python -m tinkernet.engine` compiles the engine and keeps the result, so that no start has to wait for it."""

import sys

from tinkernet.engine.compiler import main

sys.exit(main(sys.argv[1:]))
