"""The part of the plane that is shown, drawn and sampled: the square [−EDGE, EDGE]²."""

EDGE = 6.0
