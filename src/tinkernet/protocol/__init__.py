"""What the page and a session say to each other: intentions and facts, frames, and what there is to choose from."""
