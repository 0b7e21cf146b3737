"""Of whom: which items an enterprise is asked on a day, and why."""
