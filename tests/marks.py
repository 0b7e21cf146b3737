"""★ and ▲ for lists that tests make up: a core that types have, a standard that counts items as major."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from checklists.models import CoreRow, Criterion, Standard, Vocabulary
from checklists.rules.criteria import WrittenStandard
from checklists.rules.facts import Written


def core(*ids: str) -> tuple[CoreRow, ...]:
    return tuple(CoreRow(id=name, why="出事死人") for name in ids)


def starred(vocabulary: Vocabulary, *ids: str) -> Vocabulary:
    """The closed lists with these ids for the core of every type; facts have none."""
    return vocabulary.model_copy(
        update={
            "types": {
                name: kind.model_copy(update={"core": core(*ids)}) for name, kind in vocabulary.types.items()
            },
            "facts": {name: fact.model_copy(update={"core": ()}) for name, fact in vocabulary.facts.items()},
        }
    )


def standard_of(vocabulary: Vocabulary, ids: Iterable[str]) -> WrittenStandard:
    """A standard that binds everybody and counts the items with these ids as major."""
    told = Criterion(article="第一条", text="情形", see="看一看", where=vocabulary.where[0], items=tuple(ids))
    binds = {"industries": tuple(vocabulary.industries)}
    made = Standard.model_validate(
        {"standard": "判定标准", "number": "第1号", "held": "whole", "binds": binds, "criteria": [told]}
    )
    return WrittenStandard(made, Written(Path("standard.yaml"), {}))
