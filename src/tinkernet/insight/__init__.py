"""What a run tells: why it does not learn, and other answers to the questions that a playground raises."""
