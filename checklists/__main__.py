"""``python -m checklists``."""

from checklists.cli import main

main()
