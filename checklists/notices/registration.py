"""What the person who imports a notice says of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from checklists.problems import Position


@dataclass(frozen=True)
class Registration:
    """What the person who imports says of the notice; what is left out is taken from its text."""

    id: str
    title: str | None
    issuer: str | None
    place: str
    year: int | None
    number: str | None = None
    date: datetime.date | None = None


def option(field: str) -> Position:
    """Where a field is told: an option of the command line."""
    return Position(f"命令行 --{field}")
