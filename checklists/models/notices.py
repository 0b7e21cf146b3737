"""A notice and its clauses."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StrictInt

from checklists.models.texts import Day, Filled, Model, Text, Uncut, Word, line_range, uncut


class Correction(Model):
    """A damaged place of a received text: what stands there, how it is read, and why."""

    at: StrictInt
    """Line in the seed file where ``received`` begins."""
    received: Annotated[str, BeforeValidator(uncut)]
    read: Annotated[str, BeforeValidator(uncut)]
    why: Text


class Notice(Model):
    """One government document: 通知、意见、任务清单."""

    id: Filled
    title: Uncut
    number: Uncut | None = None
    issuer: Uncut
    place: Filled
    year: StrictInt
    date: Day | None = None
    file: Filled
    lines: Annotated[tuple[StrictInt, StrictInt], AfterValidator(line_range)]
    wrapped: bool = True
    """Whether its lines are pieces of paragraphs, as pages print them; False where each line is a paragraph."""
    sectors: dict[str, list[Word]] = Field(default_factory=dict)
    """For a section whose paragraphs name their sector without a label: path -> sector names in order."""
    corrections: tuple[Correction, ...] = ()

    @property
    def since(self) -> datetime.date:
        """Day from which it speaks: its date, else 1 January of its year (nine notices print no date)."""
        return self.date or datetime.date(min(max(self.year, datetime.MINYEAR), datetime.MAXYEAR), 1, 1)


class CitedNotice(Notice):
    """A notice among those it is cited with; made by :func:`checklists.rules.citation.cited`."""

    code: Filled
    """What it is called beside a row: 晋26, 交城25; no other has the same."""
    provincial: bool
    """Whether a province of ``places.yaml`` issued it: its number needs no place beside it."""


class Clause(Model):
    """One addressable paragraph of a notice."""

    notice: str
    path: str
    heading: str = ""
    text: str
    departments: tuple[str, ...] = ()
    deadline: str = ""
    """Until when, where a table says so: 6月底前."""
    lines: tuple[int, int]
