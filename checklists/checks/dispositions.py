"""Every stretch that is set aside stands in its clause, once, and is long enough to mean that stretch."""

from __future__ import annotations

from collections.abc import Sequence

from checklists.clauses import quote_stands
from checklists.layout import squeeze
from checklists.models import Clause, Disposition
from checklists.nearest import nearest
from checklists.problems import Place, Problem, problem
from checklists.workshop import NOTICES, Workshop

SHORTEST = 2
"""Letters, marks aside (6家)."""

Entries = Sequence[tuple[Disposition, Place]]


def check(workshop: Workshop) -> list[Problem]:
    """Files of unknown notices, unknown clauses, words that are gone, stretches set aside twice."""
    return [
        found
        for notice, entries in workshop.rules.dispositions.items()
        for found in notice_problems(workshop, notice, entries)
    ]


def notice_problems(workshop: Workshop, notice: str, entries: Entries) -> list[Problem]:
    """What is wrong with the dispositions of one notice."""
    if NOTICES in workshop.lost or not entries:
        return []
    clauses = workshop.clauses.get(notice)
    if clauses is None:
        hint = nearest(notice, workshop.notices) or "全部通知见 checklists notices list。"
        return [problem("dispositions-notice", Place(entries[0][1].file), notice=notice, hint=hint)]
    found: list[Problem] = []
    by_clause: dict[str, list[tuple[Disposition, Place]]] = {}
    for one, place in entries:
        wrong = _wrong(notice, one, place, clauses.get(one.clause), list(clauses))
        if wrong:
            found.append(wrong)
        else:
            by_clause.setdefault(one.clause, []).append((one, place))
    for path, within in by_clause.items():
        found += _overlapping(notice, clauses[path], within)
    return found


def _wrong(
    notice: str, one: Disposition, place: Place, clause: Clause | None, paths: list[str]
) -> Problem | None:
    if clause is None:
        hint = nearest(one.clause, paths)
        return problem("disposition-clause", place, notice=notice, clause=one.clause, hint=hint)
    if one.text is None:
        return None
    told = {"notice": notice, "clause": one.clause, "text": one.text}
    if sum(letter.isalnum() for letter in one.text) < SHORTEST:
        return problem("disposition-short", place, **told)
    return None if quote_stands(clause, one.text) else problem("disposition-stale", place, **told)


def _overlapping(notice: str, clause: Clause, within: Entries) -> list[Problem]:
    """The same stretch twice, two for the whole clause, or stretches that share letters."""
    text = squeeze(clause.text)
    found: list[Problem] = []
    taken: list[tuple[int, int, str, Place]] = []
    for one, place in within:
        words = squeeze(one.text or "")
        start = text.find(words) if words else -1
        end = start + len(words)
        first = next((other for other in taken if _shared((start, end), other[:2])), None)
        if first is None:
            taken.append((start, end, words, place))
            continue
        code = "disposition-twice" if first[2] == words else "disposition-overlaps"
        told = {"notice": notice, "clause": clause.path, "line": first[3].line, "text": one.text or ""}
        found.append(problem(code, place, **told))
    return found


def _shared(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches share letters; (-1, -1) is what is left of the clause, and only like itself."""
    return one == other or (min(one[0], other[0]) >= 0 and one[0] < other[1] and other[0] < one[1])
