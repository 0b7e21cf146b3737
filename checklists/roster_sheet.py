"""One sheet of an .xlsx roster, streamed row by row.

openpyxl's streaming reader tells neither hidden rows nor merged cells nor formulas without a stored result, and takes
several times as long; a roster needs only the texts of the cells, so they are read here from the XML itself
(ECMA-376 part 1, 18.3 and 18.4).
"""

from __future__ import annotations

import datetime
import posixpath
import re
import zipfile
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from lxml import etree

from checklists.problems import Place, Problem, Refused, problem
from checklists.roster_row import Row

SHEET = "企业名录"
SHEET_GUIDE, OPTIONS = "填写说明", "选项"
OWN_SHEETS = frozenset({SHEET, SHEET_GUIDE, OPTIONS})
_CHUNK = 1 << 20
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_REL = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True)
class Book:
    """What the cells of a workbook refer to."""

    sheets: Mapping[str, str]
    """Name -> part, in the order of the tabs."""
    texts: Texts
    days: frozenset[int]
    """Numbers of the cell formats that print a date."""
    epoch: datetime.datetime


class Texts:
    """The shared texts of a workbook, packed: a list of them would take three times the room."""

    def __init__(self) -> None:
        self.packed = bytearray()
        self.ends = array("Q")

    def add(self, text: str) -> None:
        """Take in the next text."""
        self.packed += text.encode("utf-8", "surrogatepass")
        self.ends.append(len(self.packed))

    def __getitem__(self, number: int) -> str:
        start = self.ends[number - 1] if number else 0
        return self.packed[start : self.ends[number]].decode("utf-8", "surrogatepass")


@dataclass(frozen=True)
class Sheet:
    """A sheet looked over before it is read."""

    path: Path
    name: str
    part: str
    book: Book
    filled_rows: int
    merged: Mapping[tuple[int, int], int] = field(repr=False)
    """Row and column of a merged cell's first cell -> the last row it covers; only what covers several rows."""

    def place(self, row: int, column: int) -> Place:
        """The cell's place; columns count from 0."""
        return Place(str(self.path), sheet=self.name, cell=f"{letters(column)}{row}")


def open_sheet(path: Path) -> tuple[Sheet, list[Problem]]:
    """The sheet 企业名录, or the first one; sheets that are left unread are told. Raises Refused."""
    try:
        with zipfile.ZipFile(path) as package:
            book = _book(package)
            name = SHEET if SHEET in book.sheets else next(iter(book.sheets))
            rows, merged = _looked_over(package, book.sheets[name])
    except (
        OSError, zipfile.BadZipFile, KeyError, ValueError, IndexError, StopIteration, RuntimeError,
        NotImplementedError, etree.XMLSyntaxError,
    ) as failure:  # fmt: skip
        raise _unreadable(path) from failure
    unread = [other for other in book.sheets if other != name and other not in OWN_SHEETS]
    problems = [
        problem("roster-sheet-unread", Place(str(path), sheet=other), sheet=other, read=name)
        for other in unread
    ]
    return Sheet(path, name, book.sheets[name], book, rows, merged), problems


def _unreadable(path: Path) -> Refused:
    why = "不是 Excel 工作簿，或已损坏、加密"
    return Refused([problem("file-unreadable", Place(str(path)), why=why)])


# ---------------------------------------------------------------- what stands around the sheet


def _book(package: zipfile.ZipFile) -> Book:
    parts = set(package.namelist())
    start = next(
        (target for kind, target in _related(package, "") if kind.endswith("/officeDocument")),
        "xl/workbook.xml",
    )
    root = _parsed(package, start)
    targets = {name: part for name, (_, part) in _relations(package, start).items()}
    sheets = {
        sheet.get("name", ""): targets[sheet.get(_REL) or sheet.get(_STRICT_REL) or ""]
        for sheet in root.iterfind("{*}sheets/{*}sheet")
    }
    shown = {name: part for name, part in sheets.items() if "chartsheet" not in part and part in parts}
    kinds = {kind.rpartition("/")[2]: part for kind, part in _related(package, start) if part in parts}
    settings = root.find("{*}workbookPr")
    since_1904 = settings is not None and settings.get("date1904") in ("1", "true")
    epoch = datetime.datetime(1904, 1, 1) if since_1904 else datetime.datetime(1899, 12, 30)
    days = _day_formats(package, kinds["styles"]) if "styles" in kinds else frozenset()
    texts = _texts(package, kinds["sharedStrings"]) if "sharedStrings" in kinds else Texts()
    return Book(shown, texts, days, epoch)


def _parsed(package: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(package.read(part), parser)


def _related(package: zipfile.ZipFile, part: str) -> list[tuple[str, str]]:
    return list(_relations(package, part).values())


def _relations(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Id -> kind and part of what a part refers to."""
    folder, name = posixpath.split(part)
    root = _parsed(package, posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        one.get("Id", ""): (
            one.get("Type", ""),
            posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/"),
        )
        for one in root
    }


def _texts(package: zipfile.ZipFile, part: str) -> Texts:
    texts = Texts()
    with package.open(part) as opened:
        for _, entry in etree.iterparse(opened, tag="{*}si", resolve_entities=False, huge_tree=True):
            texts.add(_rich_text(entry))
            _forget(entry)
    return texts


def _rich_text(entry: etree._Element) -> str:
    """Text of an entry with its fonts apart; how it is pronounced (rPh) is no part of it."""
    if len(entry) == 1 and entry[0].tag.endswith("}t"):
        return entry[0].text or ""
    found = []
    for text in entry.iter("{*}t"):
        parent = text.getparent()
        if parent is None or not parent.tag.endswith("}rPh"):
            found.append(text.text or "")
    return "".join(found)


_DAY_IDS = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
_NOT_CODES = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


def _day_formats(package: zipfile.ZipFile, part: str) -> frozenset[int]:
    root = _parsed(package, part)
    own = {
        int(form.get("numFmtId", "0")): form.get("formatCode", "")
        for form in root.iterfind("{*}numFmts/{*}numFmt")
    }
    days = _DAY_IDS | {
        number for number, code in own.items() if set(_NOT_CODES.sub("", code).lower()) & set("dmyhs")
    }
    return frozenset(
        number
        for number, form in enumerate(root.iterfind("{*}cellXfs/{*}xf"))
        if int(form.get("numFmtId", "0")) in days
    )


# ---------------------------------------------------------------- looking the sheet over


_TOKEN = re.compile(rb"<(?:\w+:)?(row|v|is|mergeCell)\b([^>]*)>")
_RANGE = re.compile(rb'\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')


def _looked_over(package: zipfile.ZipFile, part: str) -> tuple[int, dict[tuple[int, int], int]]:
    """How many rows hold something, and the merged cells (they stand behind the rows they cover)."""
    rows, counted = 0, True
    merged: dict[tuple[int, int], int] = {}
    with package.open(part) as opened:
        for token in _tokens(opened):
            if token[1] == b"row":
                counted = False
            elif token[1] == b"mergeCell":
                merged |= _covering(token[2])
            elif not counted:
                rows, counted = rows + 1, True
    return rows, merged


def _tokens(opened: IO[bytes]) -> Iterator[re.Match[bytes]]:
    rest = b""
    while chunk := opened.read(_CHUNK):
        chunk = rest + chunk
        end = chunk.rfind(b"<")
        rest = chunk[end:]
        yield from _TOKEN.finditer(chunk, 0, end)
    yield from _TOKEN.finditer(rest)


def _covering(attributes: bytes) -> dict[tuple[int, int], int]:
    found = _RANGE.search(attributes)
    if not found or found[2] == found[4]:
        return {}
    return {(int(found[2]), column_of(found[1].decode())): int(found[4])}


# ---------------------------------------------------------------- rows


def sheet_rows(sheet: Sheet) -> Iterator[Row]:
    """Rows that hold something, in order; raises Refused when the sheet breaks off."""
    covered: dict[int, tuple[str, int]] = {}
    number = 0
    try:
        with zipfile.ZipFile(sheet.path) as package, package.open(sheet.part) as opened:
            for _, row in etree.iterparse(opened, tag="{*}row", resolve_entities=False, huge_tree=True):
                number = int(row.get("r") or number + 1)
                read = _row(row, number, sheet)
                _forget(row)
                if read:
                    yield _with_merged(read, sheet, covered)
    except (OSError, zipfile.BadZipFile, EOFError, ValueError, IndexError, etree.XMLSyntaxError) as failure:
        raise _unreadable(sheet.path) from failure


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _row(row: etree._Element, number: int, sheet: Sheet) -> Row | None:
    texts: list[str] = []
    problems: list[Problem] = []
    column = -1
    for cell in row:
        reference = cell.get("r")
        column = column_of(reference.rstrip("0123456789")) if reference else column + 1
        text, code, details = _text(cell, sheet.book)
        if code:
            problems.append(problem(code, sheet.place(number, column), **details))
        if text:
            texts += [""] * (column + 1 - len(texts))
            texts[column] = text
    if row.get("hidden") in ("1", "true"):
        problems.insert(0, problem("roster-row-hidden", sheet.place(number, 0)))
    return Row(tuple(texts), number, sheet.place, tuple(problems)) if texts or _has_errors(problems) else None


def _has_errors(problems: Sequence[Problem]) -> bool:
    return any(found.code != "roster-row-hidden" for found in problems)


def _text(cell: etree._Element, book: Book) -> tuple[str, str, dict[str, str]]:
    """Text of a cell as a person sees it, and the code and details of what is suspicious about it."""
    value, formula = None, False
    for child in cell:
        if child.tag.endswith("}v"):
            value = child.text
        elif child.tag.endswith("}is"):
            value = _rich_text(child)
        elif child.tag.endswith("}f"):
            formula = True
    if value is None:
        return ("", "roster-formula-empty", {}) if formula else ("", "", {})
    kind = cell.get("t", "n")
    if kind == "e":
        return "", "roster-cell-error", {"value": value}
    if kind == "n":
        return _number(value, int(cell.get("s", "0")) in book.days, book.epoch)
    return _told(kind, value, book), "", {}


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _told(kind: str, value: str, book: Book) -> str:
    if kind == "b":
        return "是" if value == "1" else "否"
    if kind == "d":
        return value[:10]
    text = book.texts[int(value)] if kind == "s" else value
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.strip()


def _number(value: str, is_day: bool, epoch: datetime.datetime) -> tuple[str, str, dict[str, str]]:
    number = float(value)
    if is_day and 0 <= number < 2_958_466:  # the last day of the year 9999
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
    return Row(row.texts, row.number, row.place_of, row.problems, said) if said else row


# ---------------------------------------------------------------- columns


_COLUMNS: dict[str, int] = {}


def column_of(name: str) -> int:
    """A -> 0, AA -> 26."""
    if name not in _COLUMNS:
        number = 0
        for letter in name:
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
