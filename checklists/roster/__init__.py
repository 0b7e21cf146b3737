"""Who they are: lists of enterprises."""
