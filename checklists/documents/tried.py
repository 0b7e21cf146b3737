"""A template tried on an example: whether what it must print is really there, and its rows can be read back."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

from lxml import etree
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from checklists.checklist.build import Checklist
from checklists.documents.excel.fill import CLAIMS_HEAD
from checklists.documents.excel.rows import GUIDE, MONTH
from checklists.documents.fields import field_values, mark
from checklists.documents.papers import Paper, paper_fields
from checklists.documents.plate import make_plate, stamp
from checklists.documents.word.context import DISCLAIMER, grouped
from checklists.documents.word.reading import printed_rows
from checklists.documents.word.tags import T
from checklists.problems import Position, Problem, problem


def tried_list(parts: Mapping[str, bytes], example: Checklist, place: Position) -> list[Problem]:
    """Problems of a filled field checklist: a text that a condition swallowed, rows that lost their styles."""
    wanted = {
        "checklist.disclaimer": DISCLAIMER,
        "checklist.edition": example.edition,
        "checklist.fingerprint": grouped(example.fingerprint),
        "enterprise.serial": mark("serial"),
    }
    found = _unprinted(parts, wanted, place)
    digests = {row.digest for row in printed_rows(parts)}
    read = sum(row.digest in digests for row in example.rows)
    if read < len(example.rows):
        found.append(_unreadable(example, read, place, "字符样式不能换，"))
    return found


def tried_workbook(parts: Mapping[str, bytes], example: Checklist, place: Position) -> list[Problem]:
    """Problems of a filled workbook: what its first sheet does not say, rows whose wording is not as it was."""
    content = stamp(make_plate(parts), field_values(example))
    workbook = load_workbook(io.BytesIO(content), rich_text=True)
    printed = "\n".join(map(str, _values(workbook[GUIDE], CLAIMS_HEAD)))
    wanted = {
        "checklist.disclaimer": DISCLAIMER,
        "checklist.edition": example.edition,
        "checklist.fingerprint": grouped(example.fingerprint),
        "enterprise.serial": example.serial,
    }
    found = [
        problem("template-field-unprinted", place, field=name)
        for name, text in wanted.items()
        if text not in printed
    ]
    lines = {str(value).partition("\n")[0].lstrip("★▲") for value in _values(workbook[MONTH])}
    read = sum({row.item.id, row.content, row.standard, row.code} <= lines for row in example.rows)
    return found if read == len(example.rows) else [*found, _unreadable(example, read, place, "")]


def _values(sheet: Worksheet, until: str = "") -> Iterator[object]:
    """All values, or those above the row that begins with ``until``."""
    for row in sheet.iter_rows(values_only=True):
        if until and row[0] == until:
            return
        yield from (value for value in row if value is not None)


def _unreadable(example: Checklist, read: int, place: Position, hint: str) -> Problem:
    return problem("template-rows-unreadable", place, count=len(example.rows), read=read, hint=hint)


def tried_paper(
    parts: Mapping[str, bytes], paper: Paper, example: Checklist, place: Position
) -> list[Problem]:
    """Problems of a filled other paper: what it must say and does not."""
    told = paper_fields(paper, example)["paper"]
    wanted = {"paper.draft": told.draft, "paper.disclaimer": told.disclaimer}
    wanted |= {f"paper.bases（第{number}条）": text for number, text in enumerate(told.bases, start=1)}
    if paper.table != "pages":
        wanted |= {
            "checklist.edition": example.edition,
            "checklist.fingerprint": grouped(example.fingerprint),
            "enterprise.serial": mark("serial"),
        }
    return _unprinted(parts, wanted, place)


def _unprinted(parts: Mapping[str, bytes], wanted: Mapping[str, str], place: Position) -> list[Problem]:
    printed = "".join(_texts(parts))
    return [
        problem("template-field-unprinted", place, field=name)
        for name, text in wanted.items()
        if text not in printed
    ]


def _texts(parts: Mapping[str, bytes]) -> Iterator[str]:
    for name, content in parts.items():
        if name.startswith(
            ("word/document", "word/header", "word/footer", "word/footnotes")
        ) and name.endswith(".xml"):
            yield from (piece.text or "" for piece in etree.fromstring(content).iter(T))
