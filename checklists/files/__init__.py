"""Files as they are written, guarded and read."""
