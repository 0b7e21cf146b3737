"""The glossary keeps to what the notices spell out: every quote stands, and holds its term."""

from __future__ import annotations

from checklists.clauses import quote_stands
from checklists.problems import Problem, problem
from checklists.workshop import Workshop


def check(workshop: Workshop) -> list[Problem]:
    """Terms whose clause or quote is not there."""
    problems: list[Problem] = []
    for term, place in workshop.terms:
        clause = workshop.clauses.get(term.notice, {}).get(term.clause)
        if clause is None or not quote_stands(clause, term.quote):
            problems.append(
                problem(
                    "term-quote",
                    place,
                    term=term.term,
                    notice=term.notice,
                    clause=term.clause,
                    quote=term.quote,
                )
            )
    return problems
