"""Pins: runs that are kept beside the present one, to compare with; they can train in step with it."""
