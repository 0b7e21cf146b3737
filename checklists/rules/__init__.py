"""What is asked: closed lists, items, and whether they are sound."""
