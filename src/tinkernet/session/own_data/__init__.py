"""A person's own data: the upload of a file, reading it with the person's corrections, and using it."""
