"""`python -m tinkernet.engine` compiles the engine and caches the result, so that tinkernet starts quickly."""

import sys

from tinkernet.engine.compiler import main

sys.exit(main(sys.argv[1:]))
