"""Words addressed to 高危、规模以上、国有 … enterprises bind only them: the qualifier stands in ``applies``.

It stands on the basis, or on the item where all its bases are addressed so. The words are those of the facts
(``qualifier`` in ``vocabulary.yaml``). A word of several facts is met by any of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from checklists.models import Basis, Fact, Item
from checklists.problems import Problem, problem
from checklists.rules.library import Library


def check(item: Item, library: Library) -> list[Problem]:
    """Qualifiers of quoted words that neither their basis nor the item keeps."""
    return [
        problem(
            "qualifier-dropped",
            library.positions[item.id].position("basis", index),
            item=item.id,
            word=word,
            facts="、".join(facts),
        )
        for facts, words in qualifiers_of(library.vocabulary.facts).items()
        if not of_such_an_industry(item, facts, library)
        for index, basis in enumerate(item.basis)
        if not any(fact in item.applies or fact in basis.applies for fact in facts)
        for word in _first_in(basis, words)
    ]


def qualifiers_of(facts: Mapping[str, Fact]) -> dict[tuple[str, ...], list[str]]:
    """Facts -> words that single out an enterprise for which one of them is true."""
    named: dict[str, list[str]] = {}
    for name, fact in facts.items():
        for word in fact.qualifier:
            named.setdefault(word, []).append(name)
    found: dict[tuple[str, ...], list[str]] = {}
    for word, names in named.items():
        found.setdefault(tuple(names), []).append(word)
    return found


def _first_in(basis: Basis, words: list[str]) -> list[str]:
    return [word for word in words if word in basis.quote][:1]


def of_such_an_industry(item: Item, facts: tuple[str, ...], library: Library) -> bool:
    """Whether every type of the item's own industry has the quality anyway (all coal mines are 高危)."""
    if item.industry in library.vocabulary.shared_industries:
        return False
    kinds = [kind for kind in library.vocabulary.types.values() if item.industry in kind.industries]
    return bool(kinds) and all(any(kind.facts.fixed.get(fact) is True for fact in facts) for kind in kinds)
