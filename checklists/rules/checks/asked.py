"""A type asks no fact that nothing looks at: whoever answers it would be answered nothing."""

from __future__ import annotations

from checklists.problems import Problem, problem
from checklists.rules.checks.reach import reach_of
from checklists.rules.facts import Written
from checklists.rules.library import Library
from checklists.rules.vocabulary import TYPES
from checklists.yamlfile.reading import read_yaml


def check(library: Library) -> list[Problem]:
    """Facts that a type asks and at which no item and no criterion that may concern it looks."""
    if library.lost:
        return []
    looked_at = _looked_at(library)
    facts = library.vocabulary.facts
    idle = [
        (kind, name)
        for kind in library.vocabulary.types.values()
        for name in kind.facts.asks
        if name in facts and not facts[name].role and not facts[name].brings and not facts[name].parent
        if not any(name in looked_at.get(one, ()) for one in reach_of(kind, library.vocabulary).industries)
    ]
    if not idle:
        return []
    path = library.folder / TYPES
    written = Written(path, read_yaml(path, exact=True)[1])
    return [
        problem(
            "fact-asked-idle",
            written.position(kind.id, "facts", "asks"),
            type=kind.name,
            fact=facts[name].name,
        )
        for kind, name in idle
    ]


def _looked_at(library: Library) -> dict[str, set[str]]:
    """Industry -> facts at which its items, its criteria, or children of the facts, look."""
    found: dict[str, set[str]] = {}
    for item in library.items:
        found.setdefault(item.industry, set()).update(item.conditions)
    for standard in (written.standard for written in library.standards):
        for industry in standard.binds.industries:
            names = found.setdefault(industry, set())
            names.update(standard.binds.facts, *(one.applies for one in standard.criteria))
    parents = {name: fact.parent for name, fact in library.vocabulary.facts.items() if fact.parent}
    for names in found.values():
        names.update([parents[name] for name in names if name in parents])
    return found
