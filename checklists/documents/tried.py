"""A template tried on an example: whether what it must print is really there, and its rows can be read back."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from checklists.checklist.build import Checklist
from checklists.checklist.printed import printed
from checklists.documents.catalogue import EXCEL, Document, Names
from checklists.documents.excel.fill import CLAIMS_HEAD, rows_held
from checklists.documents.excel.sheets import GUIDE, MONTH, REST
from checklists.documents.fields import field_values, mark
from checklists.documents.make import filled, printing_of
from checklists.documents.plate import make_plate, stamp
from checklists.documents.word.reading import printed_rows
from checklists.documents.word.tags import T
from checklists.problems import Position, Problem, problem


def tried(document: Document, template: Path, example: Checklist) -> list[Problem]:
    """What shows when the template is filled: texts that a condition swallowed, rows whose wording is not as it was.

    Raises Refused when it cannot be filled.
    """
    printing, position = printing_of(document, printed(example), template), Position(str(template))
    names, parts = dict(printing.names), filled(printing)
    if document.ending == EXCEL:
        return _tried_workbook(document, names, parts, example, position)
    found = _unprinted("".join(_texts(parts)), _wanted(document, names, mark("serial")), position)
    if "row.digest" in document.prints:
        digests = {row.digest for row in printed_rows(parts)}
        found += _unread(
            len(example.rows),
            sum(row.digest in digests for row in example.rows),
            position,
            "字符样式不能换，",
        )
    return found


def _wanted(document: Document, names: Names, serial: str) -> dict[str, str]:
    """Texts that the document has to print, by field; of a field with several texts each."""
    wanted = {}
    for field in document.prints:
        first, _, name = field.partition(".")
        value = serial if field == "enterprise.serial" else getattr(names.get(first), name, None)
        if isinstance(value, str):
            wanted[field] = value
        elif name == "bases" and isinstance(value, tuple):
            wanted |= {f"{field}（第{number}条）": text for number, text in enumerate(value, start=1)}
    return wanted


def _unprinted(text: str, wanted: Mapping[str, str], position: Position) -> list[Problem]:
    return [
        problem("template-field-unprinted", position, field=field)
        for field, expected in wanted.items()
        if expected not in text
    ]


def _unread(count: int, read: int, position: Position, hint: str) -> list[Problem]:
    if read == count:
        return []
    return [problem("template-rows-unreadable", position, count=count, read=read, hint=hint)]


def _tried_workbook(
    document: Document, names: Names, parts: Mapping[str, bytes], example: Checklist, position: Position
) -> list[Problem]:
    content = stamp(make_plate(parts), field_values(example))
    workbook = load_workbook(io.BytesIO(content), rich_text=True)
    guide = "\n".join(map(str, _values(workbook[GUIDE], CLAIMS_HEAD)))
    found = _unprinted(guide, _wanted(document, names, example.serial), position)
    lines = {str(value).partition("\n")[0].lstrip("★▲") for value in _checked(workbook)}
    held = {row.id for row in rows_held(names, workbook.sheetnames)}
    rows = [row for row in example.rows if row.item.id in held]
    read = sum({row.item.id, row.content, row.standard, row.code} <= lines for row in rows)
    return found + _unread(len(rows), read, position, "")


def _checked(workbook: Workbook) -> Iterator[object]:
    """Values of the sheets that between them hold every row."""
    for name in (MONTH, REST):
        if name in workbook.sheetnames:
            yield from _values(workbook[name])


def _values(sheet: Worksheet, until: str = "") -> Iterator[object]:
    """All values, or those above the row that begins with ``until``."""
    for row in sheet.iter_rows(values_only=True):
        if until and row[0] == until:
            return
        yield from (value for value in row if value is not None)


def _texts(parts: Mapping[str, bytes]) -> Iterator[str]:
    for name, content in parts.items():
        if name.startswith(
            ("word/document", "word/header", "word/footer", "word/footnotes")
        ) and name.endswith(".xml"):
            yield from (piece.text or "" for piece in etree.fromstring(content).iter(T))
