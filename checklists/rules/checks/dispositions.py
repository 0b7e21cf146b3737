"""Every stretch that is set aside stands in its clause, once, and is long enough to mean that stretch."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from checklists.models import Clause, Disposition
from checklists.nearest import nearest
from checklists.notices.clauses import quote_stands
from checklists.problems import Position, Problem, problem
from checklists.rules.folder import DISPOSITIONS
from checklists.rules.library import NOTICES, Library
from checklists.text import squeeze
from checklists.yamlfile.entries import MOST_PROBLEMS

SHORTEST = 2
"""Letters, marks aside (6家)."""

Entries = Sequence[tuple[Disposition, Position]]


def check(library: Library) -> list[Problem]:
    """Files of unknown notices, unknown clauses, words that are gone, stretches set aside twice."""
    return [
        found
        for notice, entries in library.dispositions.items()
        for found in notice_problems(library, notice, entries)
    ]


def notice_problems(library: Library, notice: str, entries: Entries) -> list[Problem]:
    """What is wrong with the dispositions of one notice."""
    if NOTICES in library.lost:
        return []
    clauses = library.clauses.get(notice)
    if clauses is None:
        hint = nearest(notice, library.notices) or "全部通知见 checklists notices list。"
        position = Position(str(library.folder / DISPOSITIONS / f"{notice}.yaml"))
        return [problem("dispositions-notice", position, notice=notice, hint=hint)]
    found: list[Problem] = []
    by_clause: dict[str, list[tuple[Disposition, Position]]] = {}
    for one, position in entries:
        wrong = _wrong(notice, one, position, clauses.get(one.clause), list(clauses))
        if wrong and len(found) >= MOST_PROBLEMS:
            more = problem("too-many-problems", Position(position.file), most=MOST_PROBLEMS)
            return [*found, more]
        if wrong:
            found.append(wrong)
        else:
            by_clause.setdefault(one.clause, []).append((one, position))
    for path, within in by_clause.items():
        found += _overlapping(notice, clauses[path], within)
    return found


def _wrong(
    notice: str, one: Disposition, position: Position, clause: Clause | None, paths: list[str]
) -> Problem | None:
    if clause is None:
        hint = nearest(one.clause, paths)
        return problem("disposition-clause", position, notice=notice, clause=one.clause, hint=hint)
    if one.text is None:
        return None
    told = {"notice": notice, "clause": one.clause, "text": one.text}
    if sum(letter.isalnum() for letter in one.text) < SHORTEST:
        return problem("disposition-short", position, **told)
    return None if quote_stands(clause, one.text) else problem("disposition-stale", position, **told)


def _overlapping(notice: str, clause: Clause, within: Entries) -> list[Problem]:
    """The same stretch twice, two for the whole clause, or stretches that share letters."""
    text = squeeze(clause.text)
    found: list[Problem] = []
    seen: dict[str, Position] = {}
    stretches: list[tuple[int, int, Position, str]] = []
    for one, position in within:
        words = squeeze(one.text or "")
        first = seen.setdefault(words, position)
        told = {"notice": notice, "clause": clause.path, "text": one.text or ""}
        if first is not position:
            found.append(problem("disposition-twice", position, line=first.line, **told))
        elif words:
            start = text.find(words)
            stretches.append((start, start + len(words), position, one.text or ""))
    stretches.sort(key=lambda stretch: stretch[:2])
    for before, after in pairwise(stretches):
        if after[0] < before[1]:
            upper, lower = sorted((before, after), key=lambda stretch: stretch[2].line or 0)
            told = {"notice": notice, "clause": clause.path, "text": lower[3]}
            found.append(problem("disposition-overlaps", lower[2], line=upper[2].line, **told))
    return found
