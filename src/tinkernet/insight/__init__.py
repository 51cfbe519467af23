"""Answers to the questions that a playground raises: why it does not learn, network or luck, what a neuron does."""
