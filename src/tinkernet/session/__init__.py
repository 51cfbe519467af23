"""A session: one open playground, with a module for each feature that holds its state and its handlers."""
