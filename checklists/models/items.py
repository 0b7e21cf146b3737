"""What is asked: items with their bases, dispositions, terms, the wordings of papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    applies: dict[Word, Condition] = Field(default_factory=dict)
    """Whom these words are said to, where that is fewer than whom the item is asked of."""
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
    def conditions(self) -> dict[str, Condition]:
        """All that it, or one of its bases, asks of an enterprise's facts; what the item itself asks stands first."""
        of_bases = {name: condition for basis in self.basis for name, condition in basis.applies.items()}
        return {**self.applies, **{name: of_bases[name] for name in of_bases if name not in self.applies}}


WEAK: frozenset[Says] = frozenset({"encourages", "names"})
"""Words by which a notice asks nothing in particular."""


def is_advice(bases: Iterable[Basis]) -> bool:
    """Whether the bases only encourage (鼓励、探索、倡导): nobody fails what rests on them."""
    return all(basis.says == "encourages" for basis in bases)


def is_only_named(bases: Sequence[Basis]) -> bool:
    """Whether the bases only name their object among others (等行业领域) and ask nothing of it in particular."""
    return all(basis.says in WEAK for basis in bases) and not is_advice(bases)


class Disposition(Model):
    """Why a stretch of a clause asks nothing of an enterprise; without ``text``, all of the clause not quoted."""

    clause: Word
    text: Text | None = None
    status: Literal["government-only", "narrative", "not-observable"]
    reason: Text


class RetiredItem(Model):
    """An item that is no longer used."""

    reason: Text
    into: tuple[ItemId, ...]
    """Items that ask what it asked; none only where the reason says why nothing follows."""


class Retired(RootModel[dict[ItemId, RetiredItem]]):
    """``retired.yaml``: id of an item that is no longer used -> why, and what follows it."""


About = Literal["risky", "paper", "qualifier"]
ABOUT: dict[About, str] = {
    "risky": "动手试、停、断",
    "paper": "通知没有说到的资料",
    "qualifier": "句子前面限定的对象",
}
"""About what somebody has to read an item before it may stand."""


class Consent(Model):
    """That somebody has read an item and lets it stand."""

    read: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]
    """Digest of what was read."""
    why: Text


class Consents(RootModel[dict[ItemId, dict[About, Consent]]]):
    """``consents.yaml``."""


class Promise(Model):
    """One point of a pledge, and the notices' words that it repeats."""

    text: Text
    kinds: tuple[Name, ...] = ()
    """Kinds of enterprises that promise it; none named: all do."""
    basis: Annotated[tuple[Basis, ...], Field(min_length=1)]
    """It is promised where one of them binds."""


class PaperWords(Model):
    """What the notices say of a paper, and what it always prints."""

    basis: tuple[Basis, ...] = ()
    """The notices' words that ask for it, newest first."""
    words: dict[Id, Text] = Field(default_factory=dict)
    kinds: dict[Name, dict[Word, bool]] = Field(default_factory=dict)
    """Kinds of enterprises by what is so of them; an enterprise is of the first kind that fits."""
    points: tuple[Promise, ...] = ()


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
