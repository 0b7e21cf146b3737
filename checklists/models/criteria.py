"""重大事故隐患判定标准: whom a standard binds on which days, and what it counts as major."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from checklists.models.items import Condition
from checklists.models.texts import Day, Line, Model, Text, Word

Held = Literal["whole", "partial", "none"]
"""How much of a standard's text the rules have: all of it, some of its articles, its name alone."""


class Criterion(Model):
    """One situation that a standard counts as major, in our own words."""

    article: Text
    text: Text
    see: Text
    """How it is seen."""
    where: Word
    applies: dict[Word, Condition] = Field(default_factory=dict)
    industries: tuple[Word, ...] = ()
    """Empty: all that the standard binds; else the enterprise must be of one of them too."""
    items: tuple[Word, ...] = ()
    """Ids of items that ask the same fact."""
    no_item: Line = Field("", alias="no-item")
    """Why there is none."""


class Binds(Model):
    """Whom a standard binds: enterprises of any of the industries for which the facts hold."""

    industries: Annotated[tuple[Word, ...], Field(min_length=1)]
    facts: dict[Word, Condition] = Field(default_factory=dict)


class Standard(Model):
    """A file of ``rules/criteria/``."""

    standard: Text
    number: Text
    since: Day | None = Field(None, alias="from")
    """First day in force."""
    dated: Day | None = None
    """Day of issue, where no first day is known."""
    until: Day | None = None
    """Last day in force."""
    replaces: Line = ""
    """Number of the standard before it."""
    held: Held
    note: Line = ""
    """Printed under its name."""
    binds: Binds
    criteria: tuple[Criterion, ...] = ()
