"""Watching a network that PyTorch trains: `watch.py` is what a person calls, `source.py` what it hooks into."""
