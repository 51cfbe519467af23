"""How much can be painted. docs/data.md states these numbers."""

MOST_STROKES = 1_000
MOST_CENTRES = 200
"""Centres of one stroke."""
MOST_AT_ONCE = 50
"""Points that a spray adds at each of its centres."""
MOST_POINTS = 5_000
"""Points that the strokes of a drawing add, including those that are erased again."""
LONGEST_TEXT = 10_000
"""Characters of a drawing: half of what a link may have."""
SMALLEST_RADIUS, LARGEST_RADIUS = 0.05, 6.0
LARGEST_DISPLACEMENT = 12.0
STEPS = 100
"""Steps of the grid per unit of the plane: all numbers of a stroke are hundredths."""
