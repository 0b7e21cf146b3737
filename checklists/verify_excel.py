"""Read a self-check workbook: the claims of its first sheet, and the wording of its check sheets.

A workbook is sorted by those who fill it, so its rows are taken by their numbers, not as they lie.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from checklists.checklist import row_digest
from checklists.excel_rows import DAY, GUIDE, MONTH, QUARTER, WEEK
from checklists.package_reading import Damaged
from checklists.problems import Place, Problem, Refused, problem
from checklists.verify_reading import FINGERPRINT, SERIAL, Claims, Reading
from checklists.word_reading import ReadRow
from checklists.workbook_reading import load_book

NUMBER, ID, CONTENT, STANDARD, CODE = "序号", "检查项编号", "检查内容", "怎样算符合", "依据"
"""What the head of each column begins with."""
HEAD_ROWS = 8
_MARKS = re.compile(r"^[★▲]+")
_ITEM_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_OWN = "own-"
_LABELS = {"单位名称": "name", "规则版": "edition", "基准日": "on", "编号": "serial", "指纹": "fingerprint"}
_KEYWORDS = re.compile(r"规则版\s*([^；\s]+)")


@dataclass(frozen=True)
class SheetRow:
    """One row of a check sheet; a sheet without a column leaves its text empty."""

    number: int
    id: str
    content: str
    standard: str
    code: str


def read_workbook(content: bytes, parts: Mapping[str, bytes], place: Place) -> Reading:
    """Claims, rows and oddities. Raises Refused when the workbook is damaged or says nothing of itself."""
    workbook = _loaded(content, place)
    claims = _claims(workbook, parts)
    if not claims.serial and not claims.fingerprint:
        raise Refused([problem("verify-not-ours", place)])
    if MONTH not in workbook.sheetnames:
        return Reading(claims, (), (problem("verify-no-rows", place),))
    rows, found = _month_rows(workbook[MONTH], place)
    month = {row.id: row for row in rows}
    for name in (DAY, WEEK, QUARTER):
        if name in workbook.sheetnames:
            found += _differences(workbook[name], month, place)
    read = tuple(
        ReadRow(
            row.id,
            row.content,
            row.standard,
            row.code,
            row_digest(row.id, row.content, row.standard, row.code),
        )
        for row in rows
    )
    return Reading(claims, read, tuple(found))


def _loaded(content: bytes, place: Place) -> Workbook:
    try:
        return load_book(content, data_only=True)[
            0
        ]  # what openpyxl cannot keep does not matter: nothing is written
    except Damaged as damage:
        raise Refused([damage.problem("verify-damaged", place)]) from damage


# ---------------------------------------------------------------- claims


def _claims(workbook: Workbook, parts: Mapping[str, bytes]) -> Claims:
    """From the first sheet; what is missing there from the hidden cells of the check sheets and the properties."""
    told = dict(_labelled(workbook[GUIDE])) if GUIDE in workbook.sheetnames else {}
    elsewhere = " ".join([*_head_texts(workbook), str(workbook.properties.keywords or "")])
    edition = _KEYWORDS.search(elsewhere)
    return Claims(
        document="企业自查工作簿",
        name=told.get("name", ""),
        edition=told.get("edition") or (edition[1] if edition else ""),
        on=told.get("on", ""),
        serial=told.get("serial") or _first(SERIAL.findall(elsewhere)),
        fingerprint=told.get("fingerprint") or _first(FINGERPRINT.findall(elsewhere)),
    )


def _labelled(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    """Label and the text of the next cell; the first of a label counts, it is the one a reader sees."""
    seen = set()
    for row in sheet.iter_rows(values_only=True):
        for label, value in pairwise(row):
            key = _LABELS.get(str(label).strip()) if label is not None else None
            if key and key not in seen and value is not None:
                seen.add(key)
                yield key, _text(value)


def _head_texts(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows(max_row=HEAD_ROWS, values_only=True):
            yield from (_text(value) for value in row if value is not None)


def _text(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value).strip().strip("＿")


def _first(found: list[str]) -> str:
    return found[0] if found else ""


# ---------------------------------------------------------------- rows


def _month_rows(sheet: Worksheet, place: Place) -> tuple[list[SheetRow], list[Problem]]:
    columns, head = _columns(sheet)
    missing = [name for name in (NUMBER, ID, CONTENT, STANDARD, CODE) if name not in columns]
    if missing:
        return [], [
            problem("verify-column-missing", place, sheet=sheet.title, column=name) for name in missing
        ]
    return sorted(_rows(sheet, columns, head), key=lambda row: row.number), []


def _columns(sheet: Worksheet) -> tuple[dict[str, int], int]:
    """Index of every column by what its head begins with, and the number of the head row."""
    for number, row in enumerate(sheet.iter_rows(max_row=HEAD_ROWS, values_only=True), start=1):
        heads = [str(value or "").strip() for value in row]
        found = {
            name: index
            for name in (NUMBER, ID, CONTENT, STANDARD, CODE)
            for index, head in reversed(list(enumerate(heads)))
            if head.startswith(name)
        }
        if CONTENT in found:
            return found | _hidden_ids(sheet, found, number), number
    return {}, 0


def _hidden_ids(sheet: Worksheet, found: Mapping[str, int], head: int) -> dict[str, int]:
    """The column of ids where its head is gone: the first that holds one."""
    if ID in found:
        return {}
    for row in sheet.iter_rows(min_row=head + 1, max_row=head + 1, values_only=True):
        for index, value in enumerate(row):
            if isinstance(value, str) and _ITEM_ID.fullmatch(value):
                return {ID: index}
    return {}


def _rows(sheet: Worksheet, columns: Mapping[str, int], head: int) -> Iterator[SheetRow]:
    for row in sheet.iter_rows(min_row=head + 1, values_only=True):
        told = {name: row[index] for name, index in columns.items()}
        name = str(told.get(ID) or "").strip()
        if _ITEM_ID.fullmatch(name) and not name.startswith(_OWN):
            yield SheetRow(
                number=_number(told.get(NUMBER)),
                id=name,
                content=_MARKS.sub("", _line(told.get(CONTENT))),
                standard=_line(told.get(STANDARD)),
                code=_line(told.get(CODE)),
            )


def _line(value: object) -> str:
    """The first line: under it stand notes (先问, 〔历年〕), which are not wording."""
    lines = str(value or "").replace("\r", "\n").strip().split("\n")
    return lines[0].strip()


def _number(value: object) -> int:
    told = re.sub(r"\D", "", str(value or "").partition(".")[0])
    return int(told) if told else 0


def _differences(sheet: Worksheet, month: Mapping[str, SheetRow], place: Place) -> list[Problem]:
    """Rows of a lower or higher sheet that say something else than the monthly one, which holds them all."""
    columns, head = _columns(sheet)
    found = []
    for row in _rows(sheet, columns, head):
        whole = month.get(row.id)
        same = whole is not None and all(
            not told or told == known
            for told, known in ((row.content, whole.content), (row.standard, whole.standard))
        )
        if not same:
            found.append(problem("verify-sheets-differ", place, item=row.id, sheet=sheet.title, other=MONTH))
    return found
