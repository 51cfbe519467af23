"""Pins: runs kept for comparison with the current one; they can train along with it."""
