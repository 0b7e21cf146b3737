"""All of them at once."""
