"""One sheet of an .xlsx roster, streamed row by row.

openpyxl's streaming reader tells neither hidden rows nor merged cells nor formulas without a stored result, and takes
several times as long; a roster needs only the texts of the cells, so they are read here from the XML itself
(ECMA-376 part 1, 18.3 and 18.4).
"""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from lxml import etree

from checklists import limits
from checklists.files.package import (
    LEGACY,
    Damaged,
    TooBig,
    elements,
    forget,
    open_package,
    stretches,
)
from checklists.problems import Position, Problem, Refused, problem
from checklists.roster.book import Book, read_book, rich_text
from checklists.roster.row import Row

SHEET = "企业名录"
SHEET_GUIDE, OPTIONS = "填写说明", "选项"
OWN_SHEETS = frozenset({SHEET, SHEET_GUIDE, OPTIONS})
ROWS_TO_LOOK_AT = 21


@dataclass(frozen=True)
class Sheet:
    """A sheet looked over before it is read."""

    path: Path
    name: str
    part: str
    book: Book
    filled: bytearray | None = field(repr=False)
    """For each row whether it holds something; None where only reading it tells."""
    merged: Mapping[tuple[int, int], int] = field(repr=False)
    """Row and column of a merged cell's first cell -> the last row it covers; only what covers several rows."""

    @property
    def filled_rows(self) -> int:
        """How many rows hold something, as far as that is known before they are read."""
        return self.filled.count(1) if self.filled else 0

    def position(self, row: int, column: int) -> Position:
        """The cell's position; columns count from 0."""
        return Position(str(self.path), sheet=self.name, cell=f"{letters(column)}{row}")


def open_sheet(path: Path, is_list: Callable[[Sequence[Row]], bool]) -> tuple[Sheet, list[Problem]]:
    """The sheet 企业名录, or the first whose first rows ``is_list`` finds to have a head, or the first.

    Sheets that are left unread are told, covers and notes apart. Raises Refused.
    """
    try:
        with open_package(path) as package:
            book = read_book(package)
            if not book.sheets:
                raise Damaged("里面没有工作表")
            names = [SHEET] if SHEET in book.sheets else list(book.sheets)
            opened = (_opened(path, package, book, name) for name in names)
            firsts = ((sheet, is_list(_first_rows(sheet))) for sheet in opened)
            sheet = next((sheet for sheet, found in firsts if found), None)
            sheet = sheet or _opened(path, package, book, names[0])
    except Damaged as damage:
        raise _unreadable(path, damage) from damage
    unread = [other for other in book.sheets if other != sheet.name and other not in OWN_SHEETS]
    problems = [
        problem("roster-sheet-unread", Position(str(path), sheet=other), sheet=other, read=sheet.name)
        for other in unread
    ]
    return sheet, problems


def _opened(path: Path, package: zipfile.ZipFile, book: Book, name: str) -> Sheet:
    return Sheet(path, name, book.sheets[name], book, *_looked_over(package, book.sheets[name]))


def _first_rows(sheet: Sheet) -> list[Row]:
    """Rows to look for a head in; none of a sheet that breaks off, which is told when it is read."""
    try:
        return list(islice(sheet_rows(sheet), ROWS_TO_LOOK_AT))
    except Refused:
        return []


def _unreadable(path: Path, damage: Damaged) -> Refused:
    position = Position(str(path))
    with suppress(OSError), path.open("rb") as opened:
        if opened.read(4) == LEGACY:
            return Refused([problem("file-unreadable", position, why="是旧格式 .xls，或加了打开密码")])
    told = damage.problem("file-unreadable", position)
    if told.code == "file-unreadable":
        told = problem(told.code, position, why=f"不是完好的 Excel 工作簿：{damage.why}")
    return Refused([told])


# ---------------------------------------------------------------- looking the sheet over


_TOKEN = re.compile(rb"<(?:[^\s<>/:]+:)?(row|v|is|f|mergeCell)(?=[\s/>])([^>]*)>")
_ROW_OR_END = re.compile(rb"<(?:[^\s<>/:]+:)?(row)(?=[\s/>])|</(?:[^\s<>/:]+:)?sheetData(?=[\s>])")
_NUMBER = re.compile(rb"\sr\s*=")
_RANGE = re.compile(rb'\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')


def _looked_over(package: zipfile.ZipFile, part: str) -> tuple[bytearray | None, dict[tuple[int, int], int]]:
    """For each row whether it holds something, and the merged cells (they stand behind the rows they cover).

    None instead of the rows where comments or the like make them uncertain, or rows have no numbers: then every row is
    read.
    """
    filled, certain = bytearray(), True
    merged: dict[tuple[int, int], int] = {}
    with package.open(part) as opened:
        for stretch in stretches(opened):
            certain = certain and b"<!" not in stretch and stretch.find(b"<?", 2) < 0
            for token in _TOKEN.finditer(stretch):
                if token[1] == b"row":
                    filled.append(0)
                    certain = certain and _NUMBER.search(token[2]) is not None
                elif token[1] == b"mergeCell":
                    merged |= _covering(token[2])
                elif filled:
                    filled[-1] = 1
            if len(filled) > limits.ROWS:
                raise TooBig(f"表格超过 {limits.ROWS} 行")
            if len(merged) > limits.MERGED_CELLS:
                raise TooBig("合并的单元格太多")
    return filled if certain else None, merged


def _covering(attributes: bytes) -> dict[tuple[int, int], int]:
    found = _RANGE.search(attributes)
    if not found or found[2] == found[4]:
        return {}
    return {(int(found[2]), column_of(found[1].decode())): int(found[4])}


# ---------------------------------------------------------------- rows


def sheet_rows(sheet: Sheet) -> Iterator[Row]:
    """Rows that hold something, in order; raises Refused when the sheet breaks off."""
    covered: dict[int, tuple[str, int]] = {}
    number = count = 0
    try:
        with open_package(sheet.path) as package, package.open(sheet.part) as opened:
            part = stretches(opened)
            whole = part if sheet.filled is None else _only_filled(part, sheet.filled)
            for row in elements(whole, "row"):
                count += 1
                number = int(row.get("r") or number + 1)
                read = _row(row, number, sheet)
                forget(row)
                if read:
                    yield _with_merged(read, sheet, covered)
            if sheet.filled is not None and count != sheet.filled_rows:
                raise Damaged("有些行读不出")
    except Damaged as damage:
        raise _unreadable(sheet.path, damage) from damage


def _only_filled(part: Iterator[bytes], filled: bytearray) -> Iterator[bytes]:
    """The part without the rows that hold nothing: a million of them take ten seconds to parse."""
    index, kept = -1, True
    for stretch in part:
        start = 0
        for token in _ROW_OR_END.finditer(stretch):
            keeps = True
            if token[1]:
                index += 1
                keeps = filled[index] == 1
            if kept and not keeps:
                yield stretch[start : token.start()]
            elif keeps and not kept:
                start = token.start()
            kept = keeps
        if kept:
            yield stretch[start:]


def _row(row: etree._Element, number: int, sheet: Sheet) -> Row | None:
    texts: list[str] = []
    problems: list[Problem] = []
    column = -1
    for cell in row:
        reference = cell.get("r")
        column = column_of(reference.rstrip("0123456789")) if reference else column + 1
        if not (0 <= column < limits.COLUMNS and 0 < number <= limits.ROWS):
            where = reference or f"第 {number} 行"
            return Row(
                (),
                number,
                sheet.position,
                (problem("roster-cell-outside", sheet.position(number, 0), cell=where),),
            )
        text, code, details = _text(cell, sheet.book)
        if code:
            problems.append(problem(code, sheet.position(number, column), **details))
        if text:
            texts += [""] * (column + 1 - len(texts))
            texts[column] = text
    if row.get("hidden") in ("1", "true"):
        problems.insert(0, problem("roster-row-hidden", sheet.position(number, 0)))
    return (
        Row(tuple(texts), number, sheet.position, tuple(problems)) if texts or _has_errors(problems) else None
    )


def _has_errors(problems: Sequence[Problem]) -> bool:
    return any(found.code != "roster-row-hidden" for found in problems)


def _text(cell: etree._Element, book: Book) -> tuple[str, str, dict[str, str]]:
    """Text of a cell as a person sees it, and the code and details of what is suspicious about it."""
    value, formula = None, False
    for child in cell:
        if child.tag.endswith("}v"):
            value = child.text
        elif child.tag.endswith("}is"):
            value = rich_text(child)
        elif child.tag.endswith("}f"):
            formula = True
    if value is None:
        return ("", "roster-formula-empty", {}) if formula else ("", "", {})
    kind = cell.get("t", "n")
    if kind == "e":
        return "", "roster-cell-error", {"value": value}
    if kind == "n":
        return _number(value, int(cell.get("s", "0")) in book.days, book.epoch)
    return _cell_text(kind, value, book), "", {}


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _cell_text(kind: str, value: str, book: Book) -> str:
    if kind == "b":
        return "是" if value == "1" else "否"
    if kind == "d":
        return value[:10]
    text = book.texts[int(value)] if kind == "s" else value
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.strip()


def _number(value: str, is_day: bool, epoch: datetime.datetime) -> tuple[str, str, dict[str, str]]:
    try:
        number = float(value)
    except ValueError:
        return "", "roster-cell-error", {"value": value}
    if is_day and 0 <= number < 2_958_466:  # the last day of the year 9999
        with suppress(OverflowError):
            return (epoch + datetime.timedelta(days=number)).date().isoformat(), "", {}
    if not number.is_integer():
        return str(number), "", {}
    return str(int(number)), "roster-number-long" if number >= 10**15 else "", {}


def _with_merged(row: Row, sheet: Sheet, covered: dict[int, tuple[str, int]]) -> Row:
    """The row with what merged cells that begin above say of its empty cells."""
    if not sheet.merged:
        return row
    for column, text in enumerate(row.texts):
        last = sheet.merged.get((row.number, column))
        if last:
            covered[column] = (text, last)
    said = {
        column: text
        for column, (text, last) in covered.items()
        if row.number <= last and not row.text(column)
    }
    return Row(row.texts, row.number, row.position_of, row.problems, said) if said else row


# ---------------------------------------------------------------- columns


_COLUMNS: dict[str, int] = {}
_COLUMN = re.compile("[A-Za-z]{1,3}")


def column_of(name: str) -> int:
    """A -> 0, AA -> 26; -1 for what names no column of a sheet."""
    if name not in _COLUMNS:
        if not _COLUMN.fullmatch(name):
            return -1
        number = 0
        for letter in name.upper():
            number = number * 26 + ord(letter) - 64
        _COLUMNS[name] = number - 1
    return _COLUMNS[name]


def letters(column: int) -> str:
    """0 -> A, 26 -> AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
