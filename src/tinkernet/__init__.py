"""tinkernet: the neural-network playground for Python."""

__version__ = "0.1.0"
