"""What the state said: the notices, their text, their clauses."""
