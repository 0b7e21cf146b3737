"""The glossary keeps to what the notices spell out: every quote holds its term, and no term stands twice."""

from __future__ import annotations

from collections import Counter

from checklists.clauses import quote_stands
from checklists.layout import squeeze
from checklists.models import Term
from checklists.problems import Place, Problem, problem
from checklists.text import same_form
from checklists.workshop import Workshop


def _stands(term: Term, workshop: Workshop) -> bool:
    clause = workshop.clauses.get(term.notice, {}).get(term.clause)
    return clause is not None and quote_stands(clause, term.quote)


def check(workshop: Workshop) -> list[Problem]:
    """Terms that stand twice, or that their quote does not hold; whether it stands is asked with all other quotes."""
    problems: list[Problem] = []
    seen: dict[str, Place] = {}
    count = Counter(same_form(term.term) for term, _ in workshop.terms)
    for term, place in workshop.terms:
        form = same_form(term.term)
        first = seen.setdefault(form, place)
        if first is not place:
            problems.append(problem("term-twice", place, term=term.term, line=first.line))
        elif count[form] == 1 and _stands(term, workshop) and squeeze(term.term) not in squeeze(term.quote):
            problems.append(problem("term-not-in-quote", place, term=term.term, quote=term.quote))
    return problems
