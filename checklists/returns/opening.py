"""Opening a returned workbook: values by calamine, formulas and limits by the XML itself, nothing of it executed.

calamine is quick because it lays out the rectangle of a sheet in memory and believes what a package says of itself; so
every part that it will read is inflated and judged here first.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, load_workbook

from checklists import limits
from checklists.documents.excel.loading import cell_at
from checklists.documents.excel.sheets import BASES, COUNTS, KEPT_PAPERS
from checklists.documents.properties import properties_of
from checklists.files.package import (
    LEGACY,
    Damaged,
    TooBig,
    damage_told,
    is_text,
    parse_xml,
    read_parts,
    relations,
)
from checklists.problems import Position, Refused, problem

NOT_READ = frozenset({BASES, COUNTS, KEPT_PAPERS})
"""Sheets in which nobody answers anything."""
_BOOK = "xl/workbook.xml"
_SMALL = frozenset({"[Content_Types].xml", "_rels/.rels", _BOOK, "xl/_rels/workbook.xml.rels"})
_SHARED = ("xl/sharedStrings.xml", "xl/styles.xml")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SCAN = re.compile(
    rb'<c r="(?:([A-Z]{1,2}[0-9]{1,4})"[^>]*><f|([A-Z]{3}[0-9]|[D-Z][A-Z][0-9]|[A-Z]{1,3}[0-9]{5}))'
)
"""Formulas near the corner; cells so far from it that the rectangle up to them has to be reckoned."""
_FILLED = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]*(?<!/)>(?!</)')
_FORMULA = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]*><f')
_CELL = b"<c "
_MACRO, _EXTERNAL = ".bin", "xl/externalLinks/"

Cell = Any
"""What calamine gives for a cell: a text, a number, a date, a truth; "" for nothing."""


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet from A1, row by row, and which of them are formulas."""

    name: str
    rows: list[list[Cell]]
    formulas: frozenset[str]
    under: frozenset[tuple[int, int]]
    """Row and column (from 0) of cells that a merged cell above them covers."""


@dataclass(frozen=True)
class OpenBook:
    """A workbook opened: its sheets that may hold answers, and its properties."""

    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str]
    has_macros: bool
    has_links: bool


def open_book(content: bytes, position: Position) -> OpenBook:
    """Raises Refused with the one problem of a file that cannot be read as a workbook."""
    refuse_no_package(content, position)
    try:
        return _opened(content)
    except Damaged as damage:
        raise Refused([damage.problem("returns-damaged", position)]) from damage


def refuse_no_package(content: bytes, position: Position) -> None:
    """Raises Refused for what is no package at all: locked, of the old format, a text with another ending."""
    if content[:4] == LEGACY:
        code = "returns-locked" if _ENCRYPTED in content else "returns-legacy"
        raise Refused([problem(code, position)])
    if content[:2] != b"PK":
        raise Refused([problem("returns-no-package", position, kind=_kind(content))])


def _kind(content: bytes) -> str:
    if not content:
        return "是空文件"
    head = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head[:5] in (b"%PDF-", b"{\\rtf"):
        return "是 PDF 或 RTF 文件"
    if head[:1] == b"<":
        return "是网页或 XML 文字"
    return "是文字（多半是 CSV）" if b"\0" not in content[:2000] else "不是压缩包，或不完整"


def _opened(content: bytes) -> OpenBook:
    names: list[str] = []

    def wanted(name: str) -> bool:
        names.append(name)
        return name in _SMALL or name in _SHARED or name.startswith("docProps/custom")

    parts = read_parts(content, wanted)
    if _BOOK not in parts:
        raise Damaged("里面没有 Excel 工作簿")
    refuse_definitions(parts)
    titles = {title: part for title, part in _titles(parts) if title not in NOT_READ}
    sheets = read_parts(content, frozenset(titles.values()).__contains__)
    refuse_definitions(sheets)
    formulas = scan(titles, sheets)
    with _calamine(content) as book:
        read = tuple(
            _sheet(book.get_sheet_by_name(title), formulas[part])
            for title, part in titles.items()
            if part in sheets and title in book.sheet_names
        )
    return OpenBook(
        read,
        properties_of(parts),
        any(name.lower().endswith(_MACRO) and "vba" in name.lower() for name in names),
        any(name.startswith(_EXTERNAL) for name in names),
    )


def _titles(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Title and part of every sheet."""
    with damage_told():
        targets = {name: target for name, _, target in relations(parts, _BOOK)}
        for sheet in parse_xml(parts[_BOOK], _BOOK).iterfind("{*}sheets/{*}sheet"):
            named = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
            yield sheet.get("name", ""), targets.get(named, "")


# ---------------------------------------------------------------- looked over


def refuse_definitions(parts: Mapping[str, bytes]) -> None:
    """Raises Damaged for a part with a document type definition (entities), or in UTF-16."""
    for name, part in parts.items():
        if b"<!DOCTYPE" in part:
            raise Damaged(f"部件 {name} 里有 DOCTYPE，办公软件不这样写")
        if is_text(name) and (part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in part[:200]):
            raise Damaged(f"部件 {name} 的编码不是 UTF-8")


def scan(titles: Mapping[str, str], sheets: Mapping[str, bytes]) -> dict[str, frozenset[str]]:
    """Cells with formulas by part. Raises TooBig when the sheets' rectangles or cells are more than a machine bears."""
    cells = 0
    found: dict[str, frozenset[str]] = {}
    for title, part in titles.items():
        content = sheets.get(part, b"")
        here = content.count(_CELL)
        cells += here
        if cells > 4 * limits.CELLS:
            raise TooBig(f"工作表「{title}」里的单元格太多")
        if part not in found:
            found[part] = _formulas(content, here, title)
    return found


def _formulas(content: bytes, cells: int, title: str) -> frozenset[str]:
    if _is_plain(content, cells):
        near = _SCAN.findall(content)
        if not any(far for _, far in near):
            return frozenset(cell.decode() for cell, _ in near)
        filled: Iterator[str] = (one[1].decode() for one in _FILLED.finditer(content))
        formulas = frozenset(one.decode() for one in _FORMULA.findall(content))
    else:
        tree = list(parse_xml(content).iter("{*}c"))
        if not all(cell.get("r") for cell in tree):
            raise Damaged(f"工作表「{title}」里有没写位置的单元格")
        filled = (cell.get("r", "") for cell in tree if len(cell))
        formulas = frozenset(cell.get("r", "") for cell in tree if cell.find("{*}f") is not None)
    _refuse_far(filled, title)
    return formulas


def _is_plain(content: bytes, cells: int) -> bool:
    """Whether every cell says first where it is, as all programs write it; only then does the pattern find all cells."""
    return content.count(b'<c r="') == cells and b":c " not in content and b"<c>" not in content


def _refuse_far(cells: Iterable[str], title: str) -> None:
    rows = columns = 0
    for row, column in map(cell_at, cells):
        rows, columns = max(rows, row), max(columns, column)
    if rows * columns > limits.CELLS:
        raise TooBig(f"工作表「{title}」一直用到第 {rows} 行、第 {columns} 列")


# ---------------------------------------------------------------- calamine


@contextmanager
def _calamine(content: bytes) -> Iterator[CalamineWorkbook]:
    """A workbook of calamine; whatever it raises, a panic of its own too, becomes Damaged."""
    try:
        with load_workbook(io.BytesIO(content)) as book:
            yield book
    except Damaged:
        raise
    except MemoryError as failure:
        raise TooBig("内存不够用") from failure
    except BaseException as failure:
        if (
            isinstance(failure, Exception) or type(failure).__name__ == "PanicException"
        ):  # of Rust: no Exception
            raise Damaged("里面的部件不合工作簿的规定") from failure
        raise


def _sheet(sheet: CalamineSheet, formulas: frozenset[str]) -> Sheet:
    rows = sheet.to_python(skip_empty_area=False) if sheet.start is not None else []
    return Sheet(sheet.name, rows, formulas, frozenset(_under(sheet)))


def _under(sheet: CalamineSheet) -> Iterator[tuple[int, int]]:
    """Cells that a merged one covers from above; of a merged block its first column only, which holds the value."""
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if bottom - top < 5_000:
            yield from ((row, left) for row in range(top + 1, bottom + 1))
