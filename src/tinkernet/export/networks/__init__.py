"""Trained networks as programs and files for other libraries."""
