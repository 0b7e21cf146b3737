"""On which paper: every kind of document, made, read back, verified."""
