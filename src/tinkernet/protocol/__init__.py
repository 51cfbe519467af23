"""The messages between the page and a session: intentions, facts, binary frames, and the catalog of options."""
