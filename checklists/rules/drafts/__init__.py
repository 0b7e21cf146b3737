"""A notice that came in, before it is rules: what of it was said before, what is new, and what a person still has to write."""
