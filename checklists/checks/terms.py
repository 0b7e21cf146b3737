"""The glossary keeps to what the notices spell out: every quote stands and holds its term, and no term stands twice."""

from __future__ import annotations

from checklists.clauses import quote_stands
from checklists.layout import squeeze
from checklists.problems import Place, Problem, problem
from checklists.text import same_form
from checklists.workshop import NOTICES, Workshop


def check(workshop: Workshop) -> list[Problem]:
    """Terms that stand twice, whose clause or quote is not there, or that their quote does not hold."""
    problems: list[Problem] = []
    seen: dict[str, Place] = {}
    for term, place in workshop.terms:
        told = {"term": term.term, "notice": term.notice, "clause": term.clause, "quote": term.quote}
        first = seen.setdefault(same_form(term.term), place)
        clause = workshop.clauses.get(term.notice, {}).get(term.clause)
        if first is not place:
            problems.append(problem("term-twice", place, term=term.term, line=first.line))
        elif NOTICES in workshop.lost:
            continue
        elif clause is None or not quote_stands(clause, term.quote):
            problems.append(problem("term-quote", place, **told))
        elif squeeze(term.term) not in squeeze(term.quote):
            problems.append(problem("term-not-in-quote", place, term=term.term, quote=term.quote))
    return problems
