"""What the JSON interface answers; its fields are those of the command line's ``--json``."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from checklists.checklist.printed import PrintedRow
from checklists.models import Basis, Core, FactValue, TypeFacts
from checklists.notices.account import Aside
from checklists.notices.comparing import Kind
from checklists.problems import Level
from checklists.selection.impact import What


class Answer(BaseModel):
    """Read from what the stages hold."""

    model_config = ConfigDict(from_attributes=True)


class ProblemRow(Answer):
    """What is wrong with what was asked, where, and what to do."""

    file: str
    line: int | None = None
    sheet: str | None = None
    cell: str | None = None
    code: str
    level: Level
    message: str
    remedy: str


class Wrong(Answer):
    """It could not be done."""

    problems: list[ProblemRow]


class Missing(Answer):
    """There is no such thing."""

    detail: str


class TypeRow(Answer):
    """A type of enterprises, as ``types --json`` has it."""

    id: str
    name: str
    aliases: list[str]
    industries: list[str]
    facts: TypeFacts
    particulars: list[str]
    headings: dict[str, str]
    note: str
    own: list[str]
    core: Core
    short: str
    own_items: int
    """Items that single it out."""


class FactRow(Answer):
    """A fact, as ``facts --json`` has it."""

    id: str
    name: str
    kind: Literal["yes-no", "number", "choice"]
    question: str
    values: str
    unit: str
    state: str
    """What the types make of it: 要问清, 通常：是, 已定：是."""


class Taken(Answer):
    """The enterprise as it was taken."""

    name: str
    code: str
    address: str
    place: str
    types: list[str]
    person: str
    phone: str
    contact: str
    email: str
    facts: dict[str, FactValue]
    industries: list[str]
    known: dict[str, FactValue]
    unknown: list[str]


class AskedItem(Answer):
    """An item that is asked, with the bases that bind."""

    id: str
    reason: str
    basis: list[Basis]


class OtherItem(Answer):
    """An item that is not asked."""

    id: str
    reason: str


class ListAnswer(Answer):
    """A list: which items are asked and which not, as ``select --json`` has it, and the rows as they are printed."""

    enterprise: Taken
    on: datetime.date
    asked: list[AskedItem]
    not_asked: list[OtherItem]
    warnings: list[ProblemRow]
    edition: str
    fingerprint: str
    on_paper: int
    """Rows that the paper shows; the others are in the workbook alone."""
    rows: list[PrintedRow]


class NoticeFields(Answer):
    """What the catalogue says of a notice."""

    id: str
    title: str
    number: str | None
    issuer: str
    place: str
    year: int
    date: datetime.date | None
    file: str


class NoticeRow(NoticeFields):
    """A notice, as ``notices list --json`` has it."""

    clauses: int


class SentenceRow(Answer):
    """A sentence and what becomes of it, as ``notices coverage --json`` has it."""

    text: str
    status: Literal["cited", "government-only", "narrative", "not-observable", "heading", "gap"]
    items: list[str]
    reason: str


class ClauseRow(Answer):
    """A clause, as ``notices show --json`` has it, with its sentences."""

    path: str
    heading: str
    text: str
    departments: list[str]
    deadline: str
    lines: tuple[int, int]
    parts: list[SentenceRow]


class NoticeAnswer(NoticeFields):
    """A notice with its clauses and the lines that stand in none."""

    clauses: list[ClauseRow]
    aside: list[Aside]


class Found(Answer):
    """Something in which all words stand."""

    kind: str
    address: str
    title: str
    text: str
    note: str


class SearchAnswer(Answer):
    """What was found, the best first."""

    total: int
    found: list[Found]


class DutySide(Answer):
    """A sentence of one notice."""

    clause: str
    text: str


class FigurePair(Answer):
    """Figures side by side."""

    before: str
    after: str


class ChangeRow(Answer):
    """What became of a duty."""

    kinds: list[Kind]
    before: list[DutySide]
    after: list[DutySide]
    figures: list[FigurePair]
    likeness: float


class CompareAnswer(Answer):
    """Two notices compared, as ``notices diff --json`` has it."""

    before: str
    after: str
    changes: list[ChangeRow]


class MovedItem(Answer):
    """An item that is not asked as it was."""

    item: str
    what: What
    why: str


class ImpactAnswer(Answer):
    """How a list changes between two days, as ``rules diff --json`` has it."""

    before: int
    after: int
    list_changes: bool
    moved: list[MovedItem]


class CheckAnswer(Answer):
    """All that is wrong with the rules that are served."""

    items: int
    problems: list[ProblemRow]
    left: list[str]


Short = Annotated[str, Field(max_length=200)]
Named = Annotated[str, Field(min_length=1, max_length=200)]


class DocumentsAsked(BaseModel):
    """Whose documents are wanted, and which."""

    model_config = ConfigDict(extra="forbid")

    types: Annotated[list[Named], Field(min_length=1, max_length=20)]
    """Ids, names or other words of types."""
    place: Short = ""
    on: datetime.date | None = None
    """Empty: today."""
    facts: Annotated[dict[Short, bool | float | Short], Field(max_length=200)] = Field(default_factory=dict)
    """By id or name."""
    department: Short = ""
    basis: Literal["standing", "current"] = "standing"
    most: Annotated[int, Field(ge=0, le=9999)] | None = None
    """Rows on the paper; 0: all; empty: the usual number."""
    name: Short = ""
    code: Short = ""
    address: Short = ""
    person: Short = ""
    phone: Short = ""
    office: Annotated[dict[Short, Short], Field(max_length=20)] = Field(default_factory=dict)
    """By the column's name: 检查单位."""
    documents: Annotated[list[Short], Field(max_length=40)] = Field(default_factory=list)
    """Names of documents; empty: the checklist and the workbook."""
    landscape: bool = False
    format: Literal["office", "pdf"] = "office"
