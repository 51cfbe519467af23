"""Sweeps: many runs whose settings differ by a design, on all cores, with their results as a table.

`design.py` says which runs there are, `block.py` computes some of them as a pure function of their description,
`results.py` keeps what was computed, in memory or in a folder, and `running.py` does all of it in the background.
"""
