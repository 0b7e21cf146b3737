"""The glossary keeps to what the notices spell out: every quote holds its term, and no term stands twice."""

from __future__ import annotations

from collections import Counter

from checklists.models import Term
from checklists.notices.clauses import quote_stands
from checklists.problems import Position, Problem, problem
from checklists.rules.library import Library
from checklists.text import same_form, squeeze


def _stands(term: Term, library: Library) -> bool:
    clause = library.clauses.get(term.notice, {}).get(term.clause)
    return clause is not None and quote_stands(clause, term.quote)


def check(library: Library) -> list[Problem]:
    """Terms that stand twice, or that their quote does not hold; whether it stands is asked with all other quotes."""
    problems: list[Problem] = []
    seen: dict[str, Position] = {}
    count = Counter(same_form(term.term) for term, _ in library.terms)
    for term, position in library.terms:
        form = same_form(term.term)
        first = seen.setdefault(form, position)
        if first is not position:
            problems.append(problem("term-twice", position, term=term.term, line=first.line))
        elif count[form] == 1 and _stands(term, library) and squeeze(term.term) not in squeeze(term.quote):
            problems.append(problem("term-not-in-quote", position, term=term.term, quote=term.quote))
    return problems
