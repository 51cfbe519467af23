"""Pictures of runs: the network, the output and the losses; animations, plots, and what a notebook shows."""
