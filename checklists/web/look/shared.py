"""What the pages for looking up have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated, NoReturn

from fastapi import Depends, HTTPException

from checklists.models import Condition, Vocabulary
from checklists.nearest import nearest
from checklists.rules.conditions import condition_words
from checklists.web.choice import Choice
from checklists.web.look.shelf import Shelf
from checklists.web.pages import Own


def shelf_of(own: Own) -> Shelf:
    """Everything that can be looked up. Raises Refused."""
    return own.shelf


OwnShelf = Annotated[Shelf, Depends(shelf_of)]


def missing(what: str, name: str, known: Iterable[str]) -> NoReturn:
    """Say that there is nothing of the name, and what was perhaps meant."""
    raise HTTPException(404, f"没有{what}「{name[:60]}」。{nearest(name[:60], list(known))}")


def conditions_told(vocabulary: Vocabulary, applies: Mapping[str, Condition]) -> list[str]:
    """Conditions in words: 从业人数：50人及以上."""
    facts = vocabulary.facts
    return [
        f"{facts[name].name}：{condition_words(told, facts[name].unit)}" for name, told in applies.items()
    ]


def somewhere(vocabulary: Vocabulary, choice: Choice) -> Choice:
    """The choice with the province for a place that was left open, as the forms of these pages say."""
    return choice if choice.place else replace(choice, place=vocabulary.province)
