"""Every basis and every term names a notice and a clause that exist, and its quote stands there word for word.

Where most quotes of a notice are not found, it is the notice that is read wrongly; where a clause that many cite is
gone, it has another name now: that is one slip, and told as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from checklists.nearest import nearest
from checklists.notices.clauses import quote_stands
from checklists.problems import Position, Problem, alike, problem
from checklists.rules.checks.quotes import is_short
from checklists.rules.library import NOTICES, Library

MANY = 3
"""Quotes of one notice: when so many, and more than half of all, are not found, its text is read wrongly."""


@dataclass(frozen=True)
class Citation:
    """Words of a clause that an item or a term rests on, with the position of each part."""

    notice: str
    clause: str
    quote: str
    position_of: Callable[[str], Position]
    """Where notice, clause or quote stands."""
    item: str = ""
    term: str = ""
    paper: str = ""


def check(library: Library) -> list[Problem]:
    """Unknown notices, unknown clauses, quotes that are not there."""
    if NOTICES in library.lost:
        return []
    cited = [one for one in _citations(library) if not is_short(one.quote)]
    found = [(one, wrong) for one in cited if (wrong := _flaw_of(one, library))]
    total = Counter(one.notice for one in cited)
    missed = Counter(one.notice for one, wrong in found if wrong.code != "notice-unknown")
    misread = [name for name, count in missed.items() if count >= MANY and count * 2 > total[name]]
    rest = [(one, wrong) for one, wrong in found if one.notice not in misread]
    return [
        *(_misread(name, [one for one, _ in found if one.notice == name], library) for name in misread),
        *alike((_slip(one, wrong), wrong) for one, wrong in rest),
    ]


def _citations(library: Library) -> Iterator[Citation]:
    for item in library.items:
        where = library.positions[item.id]
        for index, basis in enumerate(item.basis):
            position_of = partial(where.position, "basis", index)
            yield Citation(basis.notice, basis.clause, basis.quote, position_of, item=item.id)
    for term, position in library.terms:
        yield Citation(term.notice, term.clause, term.quote, partial(_same, position), term=term.term)
    for name, words in library.papers.by_name.items():
        for index, basis in enumerate(words.basis):
            position_of = partial(library.papers.position, "papers", name, "basis", index)
            yield Citation(basis.notice, basis.clause, basis.quote, position_of, paper=name)
        for place, point in enumerate(words.points):
            for index, basis in enumerate(point.basis):
                position_of = partial(
                    library.papers.position, "papers", name, "points", place, "basis", index
                )
                yield Citation(basis.notice, basis.clause, basis.quote, position_of, paper=name)


def _same(position: Position, part: str) -> Position:
    """A term is told at its first line."""
    return position


def _slip(citation: Citation, flaw: Problem) -> object:
    """What is one slip however many cite it: a notice, or a clause of it, that is gone."""
    if flaw.code == "notice-unknown":
        return citation.notice
    return (citation.notice, citation.clause) if flaw.code == "clause-not-found" else citation


def _flaw_of(citation: Citation, library: Library) -> Problem | None:
    clauses = library.clauses.get(citation.notice)
    if clauses is None:
        hint = nearest(citation.notice, library.notices) or "全部通知见 checklists notices list。"
        return problem("notice-unknown", citation.position_of("notice"), notice=citation.notice, hint=hint)
    if citation.clause in clauses and quote_stands(clauses[citation.clause], citation.quote):
        return None
    details = {"notice": citation.notice, "clause": citation.clause, "quote": citation.quote}
    if citation.paper:
        return problem("paper-quote", citation.position_of("quote"), name=citation.paper, **details)
    if citation.term:
        return problem("term-quote", citation.position_of("quote"), term=citation.term, **details)
    if citation.clause not in clauses:
        hint = nearest(citation.clause, clauses)
        return problem(
            "clause-not-found", citation.position_of("clause"), item=citation.item, hint=hint, **details
        )
    elsewhere = [path for path, clause in clauses.items() if quote_stands(clause, citation.quote)]
    hint = f"它在「{'」「'.join(elsewhere)}」中。" if elsewhere else ""
    return problem("quote-not-found", citation.position_of("quote"), item=citation.item, hint=hint, **details)


def _misread(name: str, missed: list[Citation], library: Library) -> Problem:
    notice = library.notices[name]
    position = Position(str(library.seeds / notice.file), notice.lines[0])
    told = {"notice": name, "count": len(missed), "clause": missed[0].clause, "quote": missed[0].quote}
    return problem("notice-misread", position, **told)
