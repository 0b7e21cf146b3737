"""``python -m checklists.cli``."""

from checklists.cli import main

main()
