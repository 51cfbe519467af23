"""Many starts: the same experiment trained from many initial weights in the background."""
