"""A sentence addressed to 高危、规模以上、国有 … enterprises binds only them: the qualifier stands in ``applies``.

The words are those of the facts (``qualifier`` in ``vocabulary.yaml``). A word of several facts is met by any of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from checklists.models import Fact, Item
from checklists.problems import Problem, problem
from checklists.rules.library import Library


def check(item: Item, library: Library) -> list[Problem]:
    """Qualifiers of every quoted sentence that the item drops."""
    position = library.positions[item.id].position("applies")
    return [
        problem(
            "qualifier-dropped", position, item=item.id, word=_first_in(item, words), facts="、".join(facts)
        )
        for facts, words in _qualifiers(library.vocabulary.facts).items()
        if all(any(word in basis.quote for word in words) for basis in item.basis)
        and not any(fact in item.applies for fact in facts)
        and not _of_such_an_industry(item, facts, library)
    ]


def _qualifiers(facts: Mapping[str, Fact]) -> dict[tuple[str, ...], list[str]]:
    """Facts -> words that single out an enterprise for which one of them is true."""
    named: dict[str, list[str]] = {}
    for name, fact in facts.items():
        for word in fact.qualifier:
            named.setdefault(word, []).append(name)
    found: dict[tuple[str, ...], list[str]] = {}
    for word, names in named.items():
        found.setdefault(tuple(names), []).append(word)
    return found


def _first_in(item: Item, words: list[str]) -> str:
    return next(word for word in words if word in item.basis[0].quote)


def _of_such_an_industry(item: Item, facts: tuple[str, ...], library: Library) -> bool:
    """Whether every type of the item's own industry has the quality anyway (all coal mines are 高危)."""
    if item.industry in library.vocabulary.shared_industries:
        return False
    kinds = [kind for kind in library.vocabulary.types.values() if item.industry in kind.industries]
    return bool(kinds) and all(any(kind.facts.fixed.get(fact) is True for fact in facts) for kind in kinds)
