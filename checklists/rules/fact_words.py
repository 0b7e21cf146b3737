"""Facts as they are typed, name=value: one or several in a text, their signs of either width."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checklists.models import FactValue, Vocabulary
from checklists.problems import Position, Refused, problem
from checklists.rules.conditions import value_words
from checklists.rules.vocabulary import fact_named, fact_value
from checklists.rules.words import index_of
from checklists.text import same_form

_EQUALS = re.compile("[=＝：:]")
_APART = re.compile("[、，,；;]")


def _fact_pairs(vocabulary: Vocabulary, given: str) -> list[str]:
    """「使用燃气＝是、电梯：否」 is two; a name that is known is not cut, whatever signs it holds."""
    known, pairs, begin = index_of(vocabulary).facts, list[str](), 0
    for equals in _EQUALS.finditer(given):
        if not _EQUALS.search(given, begin, equals.start()):
            continue
        starts = [found.end() for found in _APART.finditer(given, begin, equals.start())]
        named = (start for start in starts if same_form(given[start : equals.start()]) in known)
        start = next(named, starts[-1] if starts else 0)
        if start:
            pairs.append(given[begin : start - 1])
            begin = start
    return [*pairs, given[begin:]]


def facts_typed(vocabulary: Vocabulary, pairs: Sequence[str], position: Position) -> dict[str, FactValue]:
    """Facts by id. Raises Refused for one that is unknown, impossible or answered in two ways."""
    facts: dict[str, FactValue] = {}
    for pair in (one for given in pairs for one in _fact_pairs(vocabulary, given)):
        name, equals, text = (part.strip() for part in _EQUALS.sub("=", pair, count=1).partition("="))
        if not equals or not name or not text:
            raise Refused([problem("fact-form", position, given=pair)], exit_code=2)
        fact_id = fact_named(vocabulary, name, position)
        fact = vocabulary.facts[fact_id]
        value = fact_value(fact, text, position)
        if facts.setdefault(fact_id, value) != value:
            one, other = value_words(facts[fact_id], fact.unit), value_words(value, fact.unit)
            raise Refused(
                [problem("fact-twice", position, fact=fact.name, one=one, other=other)], exit_code=2
            )
    return facts
