"""Days of a basis: it speaks from its notice on, ends after it began, and within the time a notice is about."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from checklists.models import Basis, Item, Notice
from checklists.problems import Problem, problem
from checklists.rules.library import NOTICES, Library

MOST_YEARS = 10
"""From the year of a notice to the last day it names; in eighteen years of notices it is two."""
_FIELDS = (("since", "from"), ("until", "until"), ("due", "due"))


def check(item: Item, library: Library) -> list[Problem]:
    """Days on which a basis can never hold, or which are too far from its notice to be meant."""
    where = library.positions[item.id]
    return [
        problem(code, where.position("basis", index, field), item=item.id, field=field, **told)
        for index, basis in enumerate(item.basis)
        if basis.notice in library.notices and NOTICES not in library.lost
        for code, field, told in _first(basis, library.notices[basis.notice])
    ]


def _first(basis: Basis, notice: Notice) -> Iterator[tuple[str, str, dict[str, datetime.date | int]]]:
    """The first of a basis's findings: the others follow from it."""
    last = datetime.date(min(notice.year + MOST_YEARS, datetime.MAXYEAR), 12, 31)
    begins = basis.since or notice.since
    for name, field in _FIELDS:
        day = getattr(basis, name)
        if day is None:
            continue
        if day < (notice.since if name == "since" else begins):
            yield (
                "basis-day-early",
                field,
                {"day": day, "begins": notice.since if name == "since" else begins},
            )
            return
        if day > last:
            yield "basis-day-late", field, {"day": day, "year": notice.year}
            return
