"""Read a self-check workbook: the claims of its first sheet, and the wording of its check sheets.

A workbook is sorted by those who fill it, so its rows are taken by their numbers, not as they lie.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from checklists.checklist.identity import row_digest
from checklists.documents.claims import DOCUMENT
from checklists.documents.excel.fill import CLAIMS_HEAD
from checklists.documents.excel.loading import load_book
from checklists.documents.excel.losses import sheet_parts
from checklists.documents.excel.reading import digest_holds, read_printed
from checklists.documents.excel.sheets import DAY as DAY_SHEET
from checklists.documents.excel.sheets import GUIDE, MONTH, QUARTER, REST, WEEK
from checklists.documents.properties import properties_of
from checklists.documents.reading import ReadRow
from checklists.documents.verify.reading import FINGERPRINT_FORM, SERIAL_FORM, Claims, Reading, claims_from
from checklists.files.package import Damaged, parse_xml
from checklists.problems import Position, Problem, Refused, problem

NUMBER, ID, CONTENT, STANDARD, CODE = "序号", "检查项编号", "检查内容", "怎样算符合", "依据"
"""What the head of each column begins with."""
HEAD_ROWS = 8
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MARKS = re.compile(r"^[★▲]+")
_ITEM_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_OWN = "own-"
_LABELS = {
    "单位名称": "name",
    "统一社会信用代码": "code",
    "所在地": "place",
    "规则版": "edition",
    "基准日": "on",
    "编号": "serial",
    "指纹": "fingerprint",
}
_KEYWORDS = re.compile(r"规则版\s*([^；\s]+)")


@dataclass(frozen=True)
class SheetRow:
    """One row of a check sheet; a sheet without a column leaves its text empty."""

    number: int
    id: str
    content: str
    standard: str
    code: str


def read_workbook(content: bytes, parts: Mapping[str, bytes], position: Position) -> Reading:
    """Claims, rows and oddities. Raises Refused when the workbook is damaged or says nothing of itself."""
    workbook = _loaded(content, position)
    properties, shown = properties_of(parts), _shown_claims(workbook)
    data = properties if DOCUMENT in properties else shown
    claims = claims_from(data, _claims(workbook))
    if not claims.serial and not claims.fingerprint:
        raise Refused([problem("verify-not-ours", position)])
    rows, found = _rows_and_oddities(workbook, position)
    return Reading(
        claims,
        rows,
        tuple(found),
        data=data,
        has_properties=DOCUMENT in properties or not shown,
        printed=lambda first_rows: read_printed(workbook, first_rows, parts),
        digest_holds=partial(digest_holds, workbook, data),
        book=workbook,
        results=_results(parts),
    )


def _rows_and_oddities(workbook: Workbook, position: Position) -> tuple[tuple[ReadRow, ...], list[Problem]]:
    if MONTH not in workbook.sheetnames:
        return (), [problem("verify-no-rows", position)]
    rows, found = _month_rows(workbook[MONTH], position)
    if REST in workbook.sheetnames:
        others, wrong = _month_rows(workbook[REST], position)
        rows, found = sorted([*rows, *others], key=lambda row: row.number), [*found, *wrong]
    month = {row.id: row for row in rows}
    for name in (DAY_SHEET, WEEK, QUARTER):
        if name in workbook.sheetnames:
            found += _differences(workbook[name], month, position)
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
    return read, found


def _loaded(content: bytes, position: Position) -> Workbook:
    try:
        return load_book(content)[0]  # what openpyxl cannot keep does not matter: nothing is written
    except Damaged as damage:
        raise Refused([damage.problem("verify-damaged", position)]) from damage


def _results(parts: Mapping[str, bytes]) -> dict[tuple[str, str], object]:
    """Stored results of formulas by sheet and cell; none when no formula of the file has one, as in our own files."""
    found: dict[tuple[str, str], object] = {}
    for sheet, part in sheet_parts(parts):
        for cell in parse_xml(parts[part]).iter(f"{_SHEET}c"):
            told, kind = cell.findtext(f"{_SHEET}v"), cell.get("t", "n")
            if told is not None and (told or kind == "str") and cell.find(f"{_SHEET}f") is not None:
                found[sheet, cell.get("r", "")] = _result(told, kind)
    return found


def _result(told: str, kind: str) -> object:
    if kind == "b":
        return told == "1"
    if kind != "n":
        return told
    try:
        return float(told)
    except ValueError:
        return told


# ---------------------------------------------------------------- claims


def _shown_claims(workbook: Workbook) -> dict[str, str]:
    """The claims as data that the first sheet shows under its form; empty for a workbook of before."""
    if GUIDE not in workbook.sheetnames:
        return {}
    cells = workbook[GUIDE]._cells
    heads = [row for (row, column), cell in cells.items() if column == 1 and cell.value == CLAIMS_HEAD]
    told: dict[str, str] = {}
    row = heads[0] + 1 if heads else 0
    while row and (row, 1) in cells and cells[row, 1].value:
        value = cells[row, 2].value if (row, 2) in cells else None
        told[str(cells[row, 1].value)] = "" if value is None else str(value)
        row += 1
    return told


def _claims(workbook: Workbook) -> Claims:
    """From the first sheet; what is missing there from the hidden cells of the check sheets and the properties."""
    told = dict(_labelled(workbook[GUIDE])) if GUIDE in workbook.sheetnames else {}
    elsewhere = " ".join([*_head_texts(workbook), str(workbook.properties.keywords or "")])
    edition = _KEYWORDS.search(elsewhere)
    return Claims(
        document="企业自查工作簿",
        name=told.get("name", ""),
        edition=told.get("edition") or (edition[1] if edition else ""),
        on=told.get("on", ""),
        serial=told.get("serial") or _first(SERIAL_FORM.findall(elsewhere)),
        fingerprint=told.get("fingerprint") or _first(FINGERPRINT_FORM.findall(elsewhere)),
        code=told.get("code", ""),
        place=told.get("place", ""),
    )


def _labelled(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    """Label and the text of the next cell; the first of a label counts, it is the one a reader sees."""
    seen = set()
    for row in _grid(sheet).values():
        for column, label in row.items():
            key, value = _LABELS.get(str(label).strip()), row.get(column + 1)
            if key and key not in seen and value is not None:
                seen.add(key)
                yield key, _text(value)


def _grid(sheet: Worksheet) -> dict[int, dict[int, object]]:
    """Values by row and column, both from 1, as the sheet lists them: a stray cell in the last corner costs nothing."""
    found: dict[int, dict[int, object]] = {}
    for (row, column), cell in sorted(sheet._cells.items()):
        if cell.value is not None:
            found.setdefault(row, {})[column] = cell.value
    return found


def _head_texts(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.worksheets:
        for number, row in _grid(sheet).items():
            if number <= HEAD_ROWS:
                yield from map(_text, row.values())


def _text(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value).strip().strip("＿")


def _first(found: list[str]) -> str:
    return found[0] if found else ""


# ---------------------------------------------------------------- rows


def _month_rows(sheet: Worksheet, position: Position) -> tuple[list[SheetRow], list[Problem]]:
    grid = _grid(sheet)
    columns, head = _columns(grid)
    missing = [name for name in (NUMBER, ID, CONTENT, STANDARD, CODE) if name not in columns]
    if missing:
        return [], [
            problem("verify-column-missing", position, sheet=sheet.title, column=name) for name in missing
        ]
    return sorted(_rows(grid, columns, head), key=lambda row: row.number), []


def _columns(grid: Mapping[int, Mapping[int, object]]) -> tuple[dict[str, int], int]:
    """Number of every column by what its head begins with, and the number of the head row."""
    for number in range(1, HEAD_ROWS + 1):
        heads = [(column, str(value).strip()) for column, value in grid.get(number, {}).items()]
        found = {
            name: column
            for name in (NUMBER, ID, CONTENT, STANDARD, CODE)
            for column, head in reversed(heads)
            if head.startswith(name)
        }
        if CONTENT in found:
            return found | _hidden_ids(grid.get(number + 1, {}), found), number
    return {}, 0


def _hidden_ids(row: Mapping[int, object], found: Mapping[str, int]) -> dict[str, int]:
    """The column of ids where its head is gone: the first that holds one."""
    if ID in found:
        return {}
    ids = [column for column, value in row.items() if isinstance(value, str) and _ITEM_ID.fullmatch(value)]
    return {ID: ids[0]} if ids else {}


def _rows(
    grid: Mapping[int, Mapping[int, object]], columns: Mapping[str, int], head: int
) -> Iterator[SheetRow]:
    for number, row in grid.items():
        told = {name: row.get(column) for name, column in columns.items()}
        name = str(told.get(ID) or "").strip()
        if number > head and _ITEM_ID.fullmatch(name) and not name.startswith(_OWN):
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


def _differences(sheet: Worksheet, month: Mapping[str, SheetRow], position: Position) -> list[Problem]:
    """Rows of a lower or higher sheet that say something else than the monthly one, which holds them all."""
    grid = _grid(sheet)
    columns, head = _columns(grid)
    found = []
    for row in _rows(grid, columns, head):
        whole = month.get(row.id)
        same = whole is not None and all(
            not told or told == known
            for told, known in ((row.content, whole.content), (row.standard, whole.standard))
        )
        if not same:
            found.append(
                problem("verify-sheets-differ", position, item=row.id, sheet=sheet.title, other=MONTH)
            )
    return found
