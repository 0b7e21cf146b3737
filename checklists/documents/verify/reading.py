"""What is read from a printed document, whatever its format."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from openpyxl import Workbook

from checklists.documents.claims import (
    DAY,
    DOCUMENT,
    EDITION,
    FINGERPRINT,
    FORMAT_NUMBER,
    ROWS_LEFT_OUT,
    SERIAL,
)
from checklists.documents.fields import FIRM_PROPERTY, enterprise_of
from checklists.documents.reading import Printed, ReadRow
from checklists.problems import Problem

FINGERPRINT_FORM = re.compile(r"\b[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}\b")
SERIAL_FORM = re.compile(r"\b\d{8}-[0-9a-f]{6}\b")


@dataclass(frozen=True)
class Claims:
    """What a document says of itself; empty where it says nothing."""

    document: str = ""
    """现场检查表, 企业自查工作簿, 现场检查方案 …"""
    name: str = ""
    edition: str = ""
    on: str = ""
    """2026-11-22."""
    serial: str = ""
    fingerprint: str = ""
    code: str = ""
    place: str = ""
    document_number: str = ""
    format: str = "1"
    """1: a document of before, which does not say what it was made of."""


@dataclass(frozen=True)
class Reading:
    """A document read: its claims, its rows in the order of the numbers, and what is odd about it."""

    claims: Claims
    rows: tuple[ReadRow, ...]
    problems: tuple[Problem, ...] = ()
    """What contradicts itself within the file; told where it cannot be made again and compared."""
    lacks_rows: bool = False
    """Whether it is a list whose rows cannot be told any more: copied elsewhere, or its data are gone."""
    data: Mapping[str, str] = field(default_factory=dict)
    """The properties, from which the document can be made again."""
    has_properties: bool = True

    printed: Callable[[Mapping[str, int]], Printed] = lambda first_rows: Printed(())
    """Everything printed; the argument tells the first rows of a workbook's tables."""
    digest_holds: Callable[[], bool] = lambda: False
    book: Workbook | None = None
    results: Mapping[tuple[str, str], object] = field(default_factory=dict)
    """Stored results of a workbook's formulas by sheet and cell; empty when the file holds none."""

    @property
    def is_whole(self) -> bool:
        """Whether it was made to hold every row that the fingerprint is over."""
        return not self.data.get(ROWS_LEFT_OUT)


def claims_from(data: Mapping[str, str], printed: Claims) -> Claims:
    """The claims as data; what the data do not say, as it is printed."""
    firm = None
    with suppress(ValueError):
        firm = enterprise_of(data.get(FIRM_PROPERTY, ""), ("?",))
    return Claims(
        document=data.get(DOCUMENT) or printed.document,
        name=firm.name if firm else printed.name,
        edition=data.get(EDITION) or printed.edition,
        on=data.get(DAY) or printed.on,
        serial=data.get(SERIAL) or printed.serial,
        fingerprint=data.get(FINGERPRINT) or printed.fingerprint,
        code=firm.code if firm else printed.code,
        place=firm.place if firm else printed.place,
        document_number=firm.office.document_number if firm else "",
        format=data.get(FORMAT_NUMBER) or "1",
    )
