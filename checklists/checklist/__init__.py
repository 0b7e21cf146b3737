"""In which order: the asked items as rows."""
