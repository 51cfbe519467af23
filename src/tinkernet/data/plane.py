"""The part of the input plane that is displayed and sampled: the square [−EDGE, EDGE]²."""

EDGE = 6.0
