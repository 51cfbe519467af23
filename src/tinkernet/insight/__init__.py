"""Analysis of runs: diagnosis, many starts, what a neuron does, comparison."""
