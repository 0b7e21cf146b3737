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
    found = [(one, wrong) for one in cited if (wrong := _wrong(one, library))]
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
    for name, words in library.papers.written.papers.items():
        for index, basis in enumerate(words.basis):
            position_of = partial(library.papers.position, "papers", name, "basis", index)
            yield Citation(basis.notice, basis.clause, basis.quote, position_of, paper=name)


def _same(position: Position, part: str) -> Position:
    """A term is told at its first line."""
    return position


def _slip(one: Citation, wrong: Problem) -> object:
    """What is one slip however many cite it: a notice, or a clause of it, that is gone."""
    if wrong.code == "notice-unknown":
        return one.notice
    return (one.notice, one.clause) if wrong.code == "clause-not-found" else one


def _wrong(one: Citation, library: Library) -> Problem | None:
    clauses = library.clauses.get(one.notice)
    if clauses is None:
        hint = nearest(one.notice, library.notices) or "全部通知见 checklists notices list。"
        return problem("notice-unknown", one.position_of("notice"), notice=one.notice, hint=hint)
    if one.clause in clauses and quote_stands(clauses[one.clause], one.quote):
        return None
    told = {"notice": one.notice, "clause": one.clause, "quote": one.quote}
    if one.paper:
        return problem("paper-quote", one.position_of("quote"), name=one.paper, **told)
    if one.term:
        return problem("term-quote", one.position_of("quote"), term=one.term, **told)
    if one.clause not in clauses:
        hint = nearest(one.clause, clauses)
        return problem("clause-not-found", one.position_of("clause"), item=one.item, hint=hint, **told)
    elsewhere = [path for path, clause in clauses.items() if quote_stands(clause, one.quote)]
    hint = f"它在「{'」「'.join(elsewhere)}」中。" if elsewhere else ""
    return problem("quote-not-found", one.position_of("quote"), item=one.item, hint=hint, **told)


def _misread(name: str, missed: list[Citation], library: Library) -> Problem:
    notice = library.notices[name]
    position = Position(str(library.seeds / notice.file), notice.lines[0])
    told = {"notice": name, "count": len(missed), "clause": missed[0].clause, "quote": missed[0].quote}
    return problem("notice-misread", position, **told)
