"""What facts there are, and what types make of each: to be found out, usual, settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from checklists.models import EnterpriseType, Fact, Vocabulary
from checklists.rules.conditions import value_words

ASKED, USUAL, FIXED = "要问清", "通常", "已定"


@dataclass(frozen=True)
class ToldFact:
    """A fact in words."""

    id: str
    name: str
    kind: str
    question: str
    values: str
    """What may be answered: 是／否."""
    unit: str
    state: str
    """要问清, 通常：是, 已定：是; several for several types; empty where no type was asked for."""

    def as_json(self) -> dict[str, Any]:
        """Its fields."""
        return asdict(self)


def told_facts(vocabulary: Vocabulary, kinds: Sequence[EnterpriseType]) -> Iterator[ToldFact]:
    """The facts that the types have to do with, or all facts where no type is given, in the order of the closed list."""
    for name, fact in vocabulary.facts.items():
        state = _state(name, fact, kinds)
        if state or not kinds:
            question = fact.question or fact.name
            yield ToldFact(name, fact.name, fact.kind, question, _values(fact), fact.unit, state)


def _values(fact: Fact) -> str:
    if fact.kind == "yes-no":
        return "是／否"
    return "／".join(fact.choices) if fact.choices else f"数字{f'（{fact.unit}）' if fact.unit else ''}"


def _state(name: str, fact: Fact, kinds: Sequence[EnterpriseType]) -> str:
    states = []
    for kind in kinds:
        if name in kind.facts.asks:
            states.append(ASKED)
        for word, values in ((FIXED, kind.facts.fixed), (USUAL, kind.facts.default)):
            if name in values:
                states.append(f"{word}：{value_words(values[name], fact.unit)}")
    return "；".join(dict.fromkeys(states))
