"""What the facts of an enterprise say to conditions: that they do not hold, or which hold and which nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checklists.models import Condition, Vocabulary
from checklists.rules.conditions import condition_words, holds, value_words
from checklists.selection.profile import Profile


@dataclass(frozen=True)
class Verdict:
    """A refusal in words, or the facts that hold and those nobody knows."""

    refused: str = ""
    holding: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


NO_CONDITION = Verdict()


def facts_verdict(vocabulary: Vocabulary, applies: Mapping[str, Condition], profile: Profile) -> Verdict:
    """Judge the conditions one by one; the first that does not hold refuses. An unknown fact refuses nothing.

    A fact that the enterprise's types know nothing of is taken for one that has nothing to do with it.
    """
    if not applies:
        return NO_CONDITION
    holding: list[str] = []
    unknown: list[str] = []
    for name, condition in applies.items():
        fact = vocabulary.facts[name]
        if name in profile.unknown:
            unknown.append(name)
        elif name not in profile.facts:
            if condition is not False:
                return Verdict(refused=f"所选类型不涉及“{fact.name}”")
        elif condition is False and True in profile.differing.get(name, ()):
            holding.append(f"{fact.name}：并非各类型都是")
        elif fitting := [value for value in profile.values(name) if holds(condition, value)]:
            holding.append(f"{fact.name}：{value_words(fitting[0], fact.unit)}")
        else:
            given = value_words(profile.facts[name], fact.unit)
            return Verdict(
                refused=f"{fact.name}为“{given}”，本项只问“{condition_words(condition, fact.unit)}”"
            )
    return Verdict(holding=tuple(holding), unknown=tuple(unknown))
