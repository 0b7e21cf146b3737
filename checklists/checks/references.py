"""Every basis names a notice and a clause that exist, and its quote stands there word for word.

Where most quotes of a notice are not found, it is the notice that is read wrongly: that is one slip, and told as one.
"""

from __future__ import annotations

from collections import Counter

from checklists.clauses import quote_stands
from checklists.models import Basis, Item
from checklists.nearest import nearest
from checklists.problems import Place, Problem, problem
from checklists.workshop import NOTICES, Workshop

MANY = 5
"""Quotes of one notice: when more than these, and more than half of all, are not found, its text is read wrongly."""


def check(workshop: Workshop) -> list[Problem]:
    """Unknown notices, unknown clauses, quotes that are not there."""
    if NOTICES in workshop.lost:
        return []
    cited = Counter(basis.notice for item in workshop.rules.items for basis in item.basis)
    found = [
        (basis.notice, wrong)
        for item in workshop.rules.items
        for index, basis in enumerate(item.basis)
        if (wrong := _wrong(item, index, basis, workshop))
    ]
    missed = Counter(notice for notice, wrong in found if wrong.code != "notice-unknown")
    misread = {notice for notice, count in missed.items() if count > MANY and count * 2 > cited[notice]}
    return [
        *(_misread(notice, missed[notice], workshop) for notice in misread),
        *(wrong for notice, wrong in found if notice not in misread),
    ]


def _wrong(item: Item, index: int, basis: Basis, workshop: Workshop) -> Problem | None:
    clauses = workshop.clauses.get(basis.notice)
    if clauses is not None and basis.clause in clauses and quote_stands(clauses[basis.clause], basis.quote):
        return None
    where = workshop.rules.places[item.id]
    told = {"item": item.id, "notice": basis.notice, "clause": basis.clause, "quote": basis.quote}
    if clauses is None:
        hint = nearest(basis.notice, workshop.notices) or "全部通知见 checklists notices list。"
        place = where.place("basis", index, "notice")
        return problem("notice-unknown", place, notice=basis.notice, hint=hint)
    if basis.clause not in clauses:
        place = where.place("basis", index, "clause")
        return problem("clause-not-found", place, hint=nearest(basis.clause, clauses), **told)
    elsewhere = [path for path, clause in clauses.items() if quote_stands(clause, basis.quote)]
    hint = f"它在「{'」「'.join(elsewhere)}」中。" if elsewhere else ""
    return problem("quote-not-found", where.place("basis", index, "quote"), hint=hint, **told)


def _misread(notice: str, count: int, workshop: Workshop) -> Problem:
    told = workshop.notices[notice]
    place = Place(str(workshop.seeds / told.file), max(told.lines[0], 1))
    return problem("notice-misread", place, notice=notice, count=count)
