"""A day as people write it."""

from __future__ import annotations

import datetime
import re
import unicodedata

from checklists.problems import Position, Refused, problem

_DAY = re.compile(r"(\d{4})(?:(\d{2})(\d{2})|[-/.年](\d{1,2})[-/.月](\d{1,2})日?)")


def today() -> datetime.date:
    """The day on this machine."""
    return datetime.datetime.now().astimezone().date()


def day_written(text: str | None, position: Position) -> datetime.date:
    """A day as people write it: 2026-11-22, 2026/11/22, 2026年11月22日, 20261122; today when nothing is written.

    Raises Refused for what is no day.
    """
    if text is None:
        return today()
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    try:
        year, month, day = (int(part) for part in found.groups() if part) if found else (0, 0, 0)
        return datetime.date(year, month, day)
    except ValueError:
        raise Refused([problem("day-wrong", position, day=text)], exit_code=2) from None
