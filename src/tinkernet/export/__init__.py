"""Export of pictures and Python code."""
