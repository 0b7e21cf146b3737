"""What is asked: items with their bases, dispositions, terms, the wordings of papers."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, RootModel
from pydantic_core import PydanticCustomError

from checklists.models.texts import (
    Category,
    Day,
    Every,
    Holder,
    How,
    Id,
    ItemId,
    Line,
    Model,
    Name,
    Says,
    Season,
    Text,
    Word,
)


def _bound(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise PydanticCustomError("float_type", "no number")
    return float(value)


Bound = Annotated[float, BeforeValidator(_bound)]


class Comparison(Model):
    """A condition on a number or a choice. 以上 includes the number (at-least), 超过 does not (more-than)."""

    at_least: Bound | None = Field(None, alias="at-least")
    more_than: Bound | None = Field(None, alias="more-than")
    at_most: Bound | None = Field(None, alias="at-most")
    less_than: Bound | None = Field(None, alias="less-than")
    any_of: tuple[str, ...] | None = Field(None, alias="any-of")


FactValue = bool | int | float | str
Condition = Comparison | bool | int | float | str


class Basis(Model):
    """Where an item comes from: notice, clause, words, and when they hold."""

    notice: Word
    clause: Word
    says: Says
    quote: Text
    since: Day | None = Field(None, alias="from")
    until: Day | None = None
    due: Day | None = None


class Item(Model):
    """One observable fact that is so or is not so."""

    id: ItemId
    industry: str = ""
    title: Text
    content: Text
    standard: Text
    standard_small: Line = Field("", alias="standard-small")
    """The standard in the words of a small place, which has no 10 extinguishers and no storeys to draw from."""
    where: Word
    how: Annotated[tuple[How, ...], Field(min_length=1)]
    evidence: Text
    rectify: Text
    support: Line = ""
    category: Category
    departments: Annotated[tuple[Word, ...], Field(min_length=1)]
    every: Every
    season: Season | None = None
    applies: dict[Word, Condition] = Field(default_factory=dict)
    replaces: tuple[Word, ...] = ()
    basis: Annotated[tuple[Basis, ...], Field(min_length=1)]

    @property
    def advice(self) -> bool:
        """Whether it is only encouraged (鼓励、探索、倡导): nobody fails it."""
        return all(basis.says == "encourages" for basis in self.basis)


class Disposition(Model):
    """Why a stretch of a clause asks nothing of an enterprise; without ``text``, all of the clause not quoted."""

    clause: Word
    text: Text | None = None
    status: Literal["government-only", "narrative", "not-observable"]
    reason: Text


class Retired(RootModel[dict[ItemId, Text]]):
    """``retired.yaml``: id of an item that is no longer used -> why."""


class PaperWords(Model):
    """What the notices say of a paper, and what it always prints."""

    basis: tuple[Basis, ...] = ()
    """The notices' words that ask for it, newest first."""
    words: dict[Id, Text | tuple[Text, ...]] = Field(default_factory=dict)


class PapersFile(Model):
    """``papers.yaml``."""

    drafts: dict[Holder, Text]
    disclaimer: Text
    papers: dict[Name, PaperWords]


class Term(Model):
    """A word of the notices: spelled out by a clause, or only named and then not explained."""

    term: Annotated[Name, Field(min_length=2)]
    notice: Word
    clause: Word
    quote: Text
    meaning: Line = ""
    """Empty: the notices only name it."""
