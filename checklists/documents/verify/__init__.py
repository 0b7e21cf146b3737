"""Whether a document read back is still the one that was made."""
