"""``rules/drafts/<notice>.yaml``: duty by duty what the notice would do to the rules; blanks are a person's to fill."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from checklists.models import Condition, Model, Word
from checklists.models.texts import Line, Text

Bound = Literal["企业", "部门", "未定"]
"""Who has to do what the sentence says; 未定: the program cannot say."""

ITEM_FIELDS = (
    "id",
    "title",
    "content",
    "standard",
    "standard-small",
    "where",
    "how",
    "evidence",
    "rectify",
    "support",
    "category",
    "departments",
    "every",
    "season",
)
"""Fields of an item as they are written, in this order; a successor begins with all but the first."""

Open = Line
"""A text that a person fills."""
OpenList = tuple[Word, ...]


class Again(Model):
    """An item whose fact the sentence says once more: one further basis of it."""

    item: Word
    says: Word
    quote: Text
    applies: dict[Word, Condition] = Field(default_factory=dict)


class Change(Model):
    """Figures that the item has and the notice says otherwise."""

    item: Word
    was: tuple[Word, ...]
    now: tuple[Word, ...]


class NewItem(Model):
    """An item to be written; what is not blank was proposed."""

    id: Open = ""
    industry: Open = ""
    title: Open = ""
    content: Open = ""
    standard: Open = ""
    standard_small: Open = Field("", alias="standard-small")
    where: Open = ""
    how: OpenList = ()
    evidence: Open = ""
    rectify: Open = ""
    support: Open = ""
    category: Open = ""
    departments: OpenList = ()
    every: Open = ""
    season: Open = ""
    applies: dict[Word, Condition] = Field(default_factory=dict)
    replaces: OpenList = ()
    says: Open = ""
    quote: Text
    due: Open = ""
    near: OpenList = ()
    """Items that are about something like it, to look at and perhaps to use instead."""
    change: Change | None = None


class Aside(Model):
    """A stretch that asks nothing of an enterprise."""

    text: Text
    status: Literal["government-only", "narrative", "not-observable"]
    reason: Open = ""


class DraftedDuty(Model):
    """One sentence of the notice, and what becomes of it."""

    clause: Word
    sentence: Text
    bound: Bound
    industries: OpenList = ()
    types: OpenList = ()
    near: OpenList = ()
    """Items that the sentence may mean too, or that are about something like what is set aside."""
    again: tuple[Again, ...] = ()
    new: tuple[NewItem, ...] = ()
    aside: tuple[Aside, ...] = ()


class Draft(Model):
    """A whole file."""

    notice: Word
    duties: tuple[DraftedDuty, ...]


def draft_schema() -> dict[str, Any]:
    """JSON Schema of a draft, so that editors complete and check it while it is filled."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Draft.model_json_schema(by_alias=True),
        "title": "草稿",
    }
