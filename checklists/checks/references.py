"""Every basis names a notice and a clause that exist, and its quote stands there word for word."""

from __future__ import annotations

from checklists.clauses import quote_stands
from checklists.models import Item
from checklists.nearest import nearest
from checklists.problems import Problem, problem
from checklists.workshop import Workshop


def check(item: Item, workshop: Workshop) -> list[Problem]:
    """Unknown notices, unknown clauses, quotes that are not there."""
    problems: list[Problem] = []
    for index, basis in enumerate(item.basis):
        place = workshop.rules.places[item.id].place("basis", index)
        told = {"item": item.id, "notice": basis.notice, "clause": basis.clause, "quote": basis.quote}
        clauses = workshop.clauses.get(basis.notice)
        if clauses is None:
            hint = nearest(basis.notice, workshop.notices) or "全部通知见 checklists notices list。"
            problems.append(problem("notice-unknown", place, notice=basis.notice, hint=hint))
        elif basis.clause not in clauses:
            problems.append(problem("clause-not-found", place, hint=nearest(basis.clause, clauses), **told))
        elif not quote_stands(clauses[basis.clause], basis.quote):
            elsewhere = [path for path, clause in clauses.items() if quote_stands(clause, basis.quote)]
            hint = f"它在「{'」「'.join(elsewhere)}」中。" if elsewhere else ""
            problems.append(problem("quote-not-found", place, hint=hint, **told))
    return problems
