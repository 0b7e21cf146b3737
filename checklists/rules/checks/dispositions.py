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
    problems: list[Problem] = []
    by_clause: dict[str, list[tuple[Disposition, Position]]] = {}
    for one, position in entries:
        wrong = _flaw_of(notice, one, position, clauses.get(one.clause), list(clauses))
        if wrong and len(problems) >= MOST_PROBLEMS:
            more = problem("too-many-problems", Position(position.file), most=MOST_PROBLEMS)
            return [*problems, more]
        if wrong:
            problems.append(wrong)
        else:
            by_clause.setdefault(one.clause, []).append((one, position))
    for path, within in by_clause.items():
        problems += _overlapping(notice, clauses[path], within)
    return problems


def _flaw_of(
    notice: str, disposition: Disposition, position: Position, clause: Clause | None, paths: list[str]
) -> Problem | None:
    if clause is None:
        hint = nearest(disposition.clause, paths)
        return problem("disposition-clause", position, notice=notice, clause=disposition.clause, hint=hint)
    if disposition.text is None:
        return None
    details = {"notice": notice, "clause": disposition.clause, "text": disposition.text}
    if sum(letter.isalnum() for letter in disposition.text) < SHORTEST:
        return problem("disposition-short", position, **details)
    return (
        None if quote_stands(clause, disposition.text) else problem("disposition-stale", position, **details)
    )


def _overlapping(notice: str, clause: Clause, within: Entries) -> list[Problem]:
    """The same stretch twice, two for the whole clause, or stretches that share letters."""
    text = squeeze(clause.text)
    problems: list[Problem] = []
    seen: dict[str, Position] = {}
    stretches: list[tuple[int, int, Position, str]] = []
    for one, position in within:
        words = squeeze(one.text or "")
        first = seen.setdefault(words, position)
        details = {"notice": notice, "clause": clause.path, "text": one.text or ""}
        if first is not position:
            problems.append(problem("disposition-twice", position, line=first.line, **details))
        elif words:
            start = text.find(words)
            stretches.append((start, start + len(words), position, one.text or ""))
    stretches.sort(key=lambda stretch: stretch[:2])
    for before, after in pairwise(stretches):
        if after[0] < before[1]:
            upper, lower = sorted((before, after), key=lambda stretch: stretch[2].line or 0)
            details = {"notice": notice, "clause": clause.path, "text": lower[3]}
            problems.append(problem("disposition-overlaps", lower[2], line=upper[2].line, **details))
    return problems
