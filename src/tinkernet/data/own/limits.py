"""How much is accepted from outside. docs/data.md states these numbers."""

MOST_BYTES = 100_000_000
"""The largest file; a larger one is refused before it is read."""
MOST_ROWS = 1_000_000
MOST_LINES = 2_000_000
"""With blank lines, comments and rows that cannot be used."""
LONGEST_LINE = 1_000_000
"""In characters; a longer line cannot be used."""
MOST_VALUES = 20_000_000
"""Rows times columns of one file: what a reading takes in memory."""
MOST_FIELDS = 2_000
"""The widest row of a file."""
MOST_COLUMNS = 300
"""Inputs of a data set; of a file with more columns, the first ones are proposed."""
MOST_CLASSES = 10
MOST_TEXT_INPUTS = 12
"""A text column with more different values than this does not become inputs."""
LONGEST_NAME = 100
LONGEST_SOURCE = 255
"""The name of a file."""
LARGEST_VALUE = 1e150
"""Larger numbers would overflow when they are scaled."""
MOST_HEADER_LINES = 5
MOST_RECORD_LINES = 100
"""A quoted cell with more line breaks is taken for a quote that was never closed."""
MOST_OPEN_QUOTES = 100
SAMPLE_LINES = 200
SAMPLE_LINE = 6_000
"""A longer line is shortened for recognition, whose time grows with the square of it."""
SAMPLE_CHARACTERS = 16_000
"""What separator and quotes are recognized from; recognition takes about 0.1 s for the worst sample."""
SHOWN_ROWS = 20
"""Rows of the preview."""
MOST_DISTINCT = 1_000
"""A column with more different texts is neither a target nor an input; they are not kept."""
