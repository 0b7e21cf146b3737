"""Whose a workbook is, of which month, and what it was made of: from its properties and its first sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from checklists.documents.claims import (
    BETWEEN,
    DAY,
    DOCUMENT,
    EDITION,
    FORMAT,
    FORMAT_NUMBER,
    SERIAL,
    TYPES,
)
from checklists.documents.excel.answers import ID
from checklists.documents.excel.fill import CLAIMS_HEAD
from checklists.documents.fields import FIRM_PROPERTY, enterprise_of
from checklists.documents.reading import LINE
from checklists.returns.opening import Cell, OpenBook
from checklists.returns.returned import Firm, Notice
from checklists.returns.tables import Table, cell_name, labelled, text_of
from checklists.returns.words import month_of
from checklists.text import clean, squeeze

NAME, CODE, PLACE, ADDRESS, PERSON, PHONE = (
    "单位名称",
    "统一社会信用代码",
    "所在地",
    "地址",
    "主要负责人",
    "电话",
)
SOURCE_CLAIM = "来源"
"""What the findings of an entered list come from, which the file tells."""
PERIOD, FILLER = "检查期间", "填表人"
_SERIAL = re.compile(r"\d{8}-[0-9a-f]{6}")
TOLD = (DOCUMENT, FORMAT_NUMBER, EDITION, DAY, SERIAL, TYPES, SOURCE_CLAIM)
Beside = Mapping[str, tuple[Cell, str]]
"""What stands right of each text of the first sheet, and in which cell."""


@dataclass(frozen=True)
class Guide:
    """What the file as a whole says."""

    claims: Mapping[str, str]
    firm: Firm
    month: str
    by: str
    switches: Mapping[str, str] = field(default_factory=dict)
    """有 or 无 by the sign of the question: 问3."""
    notices: tuple[Notice, ...] = ()


def read_guide(book: OpenBook, table: Table | None) -> Guide:
    """``table``: the first sheet, None where it is gone; then the properties alone tell."""
    beside = labelled(table.sheet) if table else {}
    shown = dict(_claims(table, beside)) if table else {}
    claims = book.properties if DOCUMENT in book.properties else shown
    firm, notices = _firm(claims, table, beside)
    period, cell = beside.get(PERIOD, ("", ""))
    if table and cell in table.sheet.formulas:
        period = ""
    month = month_of(period)
    day = claims.get(DAY, "")
    if not month:
        sheet = table.sheet.name if table else ""
        notices.append(Notice("returns-no-period", sheet, cell, {"given": text_of(period), "month": day[:7]}))
        month = month_of(day)
    number = claims.get(FORMAT_NUMBER) or "1"
    if number.isdecimal() and int(number) > int(FORMAT):
        notices.append(Notice("returns-newer", "", "", {"format": number}))
    by = clean(text_of(beside.get(FILLER, ("", ""))[0]))
    switches = dict(_switches(table)) if table else {}
    told = {name: claims.get(name, "") for name in TOLD} | {FORMAT_NUMBER: number}
    return Guide(told, firm, month, "" if by == PERSON else by, switches, tuple(notices))


def _claims(table: Table, beside: Beside) -> Iterator[tuple[str, str]]:
    """What stands under 核验数据: label in the first column, text in the second. Of the first format, what is printed."""
    rows = table.sheet.rows
    heads = [number for number, row in enumerate(rows) if row and row[0] == CLAIMS_HEAD]
    if not heads:
        for label in (EDITION, DAY, SERIAL):
            if value := text_of(beside.get(label, ("", ""))[0]):
                yield label, value
        return
    for row in rows[heads[0] + 1 :]:
        if len(row) < 2 or not row[0]:
            return
        yield text_of(row[0]), text_of(row[1])


def _firm(claims: Mapping[str, str], table: Table | None, beside: Beside) -> tuple[Firm, list[Notice]]:
    """As the data tell; what they leave open, as somebody has written it."""
    types = tuple(name for name in claims.get(TYPES, "").split(BETWEEN) if name)
    told: dict[str, str] = {}
    with suppress(ValueError):
        firm = enterprise_of(claims.get(FIRM_PROPERTY, ""), types or ("?",))
        told = {name: getattr(firm, name) for name in ("name", "code", "place", "address", "person", "phone")}
    notices: list[Notice] = []
    labels = {
        "name": NAME,
        "code": CODE,
        "place": PLACE,
        "address": ADDRESS,
        "person": PERSON,
        "phone": PHONE,
    }
    for name, label in labels.items() if table else ():
        assert table is not None
        value, cell = beside.get(label, ("", ""))
        written = clean(text_of(value))
        if set(written) <= {LINE, "　"} or written in labels.values():
            continue
        if not told.get(name):
            told[name] = written
        elif name in ("name", "code") and squeeze(written) != squeeze(clean(told[name])):
            details = {"field": label, "given": written, "told": told[name]}
            notices.append(Notice("returns-firm-differs", table.sheet.name, cell, details))
    return Firm(**{name: clean(text) for name, text in told.items()}, types=types), notices


def _switches(table: Table) -> Iterator[tuple[str, str]]:
    sign, answer = table.columns.get("问号"), table.columns.get("有／无")
    if sign is None or answer is None:
        return
    for row in table.sheet.rows[table.first :]:
        given = text_of(row[answer])
        if row[sign] and given in ("有", "无"):
            yield text_of(row[sign]), given


def sheet_day(table: Table) -> tuple[Cell, str, str]:
    """Day and checker of a whole sheet, which stand beside their labels above the heads; the day with its cell.

    Above the ids the sheet says which list it is of: nobody has written that.
    """
    hidden = table.columns.get(ID)
    day: Cell = ""
    where = by = ""
    for number, row in enumerate(table.sheet.rows[: table.first - 1]):
        label = ""
        for column, value in enumerate(row):
            if value == "" or column == hidden or (type(value) is str and _SERIAL.fullmatch(value)):
                continue
            if isinstance(value, str) and value.startswith(("检查日期", "检查人")):
                label = value[:3]
            elif label == "检查日" and not where:
                day, where = value, cell_name(number, column)
            elif label == "检查人" and not by:
                by = text_of(value)
    return day, where, by
