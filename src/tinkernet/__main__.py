"""`python -m tinkernet` is `tinkernet`."""

import sys

from tinkernet.cli import main

if __name__ == "__main__":
    sys.exit(main())
