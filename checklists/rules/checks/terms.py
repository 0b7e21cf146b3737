"""The glossary keeps to what the notices spell out: every quote holds its term, and no term stands twice.

A county's words explain a term in that county only; behind them may stand what the province says of it.
"""

from __future__ import annotations

from checklists.models import Term
from checklists.notices.clauses import quote_stands
from checklists.places import binds_at, places_named
from checklists.problems import Position, Problem, problem
from checklists.rules.library import Library
from checklists.text import same_form, squeeze

Entry = tuple[Term, Position]


def check(library: Library) -> list[Problem]:
    """Terms that stand twice, or that their quote does not hold; whether it stands is asked with all other quotes."""
    entries: dict[str, list[Entry]] = {}
    for term, position in library.terms:
        entries.setdefault(same_form(term.term), []).append((term, position))
    return [found for same in entries.values() for found in _twice(same, library) or _unsaid(same, library)]


def _twice(same: list[Entry], library: Library) -> list[Problem]:
    """Entries of one term that are never printed, because an earlier one always is."""
    return [
        problem("term-twice", position, term=term.term, line=before[0].line)
        for index, (term, position) in enumerate(same)
        if (before := [where for first, where in same[:index] if _always_first(first, term, library)])
    ]


def _always_first(first: Term, term: Term, library: Library) -> bool:
    """Whether an earlier entry binds wherever a later one does."""
    one, other = library.notices.get(first.notice), library.notices.get(term.notice)
    if one is None or other is None:
        return True
    chains = places_named(library.vocabulary.places, other.place)
    return any(binds_at(one.place, chain, library.vocabulary.nation) for chain in chains or [(other.place,)])


def _unsaid(same: list[Entry], library: Library) -> list[Problem]:
    return [
        problem("term-not-in-quote", position, term=term.term, quote=term.quote)
        for term, position in same
        if _stands(term, library) and squeeze(term.term) not in squeeze(term.quote)
    ]


def _stands(term: Term, library: Library) -> bool:
    clause = library.clauses.get(term.notice, {}).get(term.clause)
    return clause is not None and quote_stands(clause, term.quote)
