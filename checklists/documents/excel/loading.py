"""Opening a workbook with openpyxl: only what has been looked over first, so that its loops stay within the limits.

openpyxl goes over the rectangle from A1 to the last cell, makes an object of every merged cell, reads a part again for
every reference to it, and believes every number; one stray cell at XFD1048576 would keep it busy for a week.
"""

from __future__ import annotations

import io
import posixpath
import re
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree
from openpyxl import Workbook, load_workbook

from checklists import limits
from checklists.files.package import XML, Damaged, TooBig, damage_told, is_text, parse_xml, read_parts

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})\Z")
_LIGHT = frozenset({"row", "c", "v", "is", "t", "f", "si", "r", "rPr", "mergeCell"})
"""What openpyxl reads without making much of it."""
_LEVEL = re.compile(rb'(<col\b[^>]*?) level="[0-9]+"')
_REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def load_book(
    content: bytes, *, rich_text: bool = False, data_only: bool = False
) -> tuple[Workbook, list[str]]:
    """The workbook, and what openpyxl warned that it does not keep.

    Raises Damaged for what is no whole workbook, TooBig for one beyond the limits, naming the sheet.
    """
    parts = read_parts(content)
    if data_only:  # pictures are not looked at, but have to be there
        parts = {name: part if is_text(name) else b"" for name, part in parts.items()}
    look_over(parts)
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            package = io.BytesIO(zipped(_as_office_says_it(parts)))
            workbook = load_workbook(package, rich_text=rich_text, data_only=data_only)
    except (MemoryError, RecursionError) as failure:
        raise TooBig("内容太多") from failure
    except Exception as failure:  # openpyxl raises whatever its reader of a wrong part raises
        raise Damaged(_why(failure)) from failure
    return workbook, [str(warning.message) for warning in told]


def _why(failure: Exception) -> str:
    if isinstance(failure, KeyError):
        return f"缺少部件 {failure.args[0] if failure.args else ''}"
    return "里面的部件不合工作簿的规定"


def _as_office_says_it(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """SheetJS calls the outline level of a column ``level``, which openpyxl does not know and stops at."""
    return {name: _LEVEL.sub(rb"\1", part) if is_text(name) else part for name, part in parts.items()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a package again: openpyxl reads what has been looked over, whatever else the file held."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as made:
        for name, content in parts.items():
            made.writestr(zipfile.ZipInfo(name), content)
    return written.getvalue()


@dataclass
class _Seen:
    """What has been seen of the parts so far."""

    cells: int = 0
    area: int = 0
    merged: int = 0
    objects: dict[str, int] = field(default_factory=dict)
    """Part -> its elements beside cells and texts."""
    targets: dict[str, dict[str, str]] = field(default_factory=dict)
    """Part -> what its relationships are called and mean."""
    referring: list[tuple[str, str]] = field(default_factory=list)
    """Part and the relationship that one of its elements names."""
    names: dict[str, str] = field(default_factory=dict)
    """Part of a sheet -> 工作表「…」."""


def look_over(parts: Mapping[str, bytes]) -> None:
    """Raises Damaged for a part whose XML is wrong, TooBig for a workbook that openpyxl would be too long about."""
    seen = _Seen()
    small_first = sorted(parts, key=lambda name: (not name.endswith(".rels"), "sheets/" in name))
    for name in small_first:
        if XML.match(parts[name]):
            root = parse_xml(parts[name], name)
            with damage_told():
                _look_over_part(root, name, seen)
    referred = sum(
        seen.objects.get(seen.targets.get(name, {}).get(relation, ""), 0) for name, relation in seen.referring
    )
    if sum(seen.objects.values()) + referred > 2 * limits.OBJECTS:
        raise TooBig("部件互相引用得太多")


def _look_over_part(root: etree._Element, name: str, seen: _Seen) -> None:
    kind = _local(root)
    if kind == "Relationships":
        _note_targets(root, name, seen)
        return
    objects = 0
    for element in root.iter():
        if _local(element) not in _LIGHT:
            objects += 1
            seen.referring += [
                (name, value) for key, value in element.attrib.items() if key.startswith(_REFERENCE)
            ]
    seen.objects[name] = objects
    if sum(seen.objects.values()) > limits.OBJECTS:
        raise TooBig(f"{_named(name, seen)}里的格式、名称或图形太多")
    if kind == "workbook":
        _note_sheets(root, name, seen)
    if kind == "worksheet":
        _look_over_sheet(root, name, seen)


def _note_targets(root: etree._Element, name: str, seen: _Seen) -> None:
    folder, _, file = name.rpartition("_rels/")
    owner = folder + file.removesuffix(".rels")
    seen.targets[owner] = {
        one.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
        for one in root
    }


def _note_sheets(root: etree._Element, name: str, seen: _Seen) -> None:
    targets = seen.targets.get(name, {})
    found = [
        (targets.get(sheet.get(f"{_REFERENCE}id", ""), ""), sheet.get("name", ""))
        for sheet in root.iterfind("{*}sheets/{*}sheet")
    ]
    parts = [part for part, _ in found if part]
    if len(set(parts)) < len(parts):
        raise Damaged("两张工作表是同一个部件")
    seen.names.update({part: f"工作表「{title}」" for part, title in found})


def _named(name: str, seen: _Seen) -> str:
    return seen.names.get(name) or f"部件 {name} "


# ---------------------------------------------------------------- one sheet


def _look_over_sheet(root: etree._Element, name: str, seen: _Seen) -> None:
    sheet = _named(name, seen)
    rows, columns, count = _extent(root)
    seen.cells += count
    seen.area += rows * columns
    if max(seen.cells, seen.area) > limits.CELLS:
        raise TooBig(f"{sheet}一直用到第 {rows} 行、第 {columns} 列")
    for merged in root.iterfind("{*}mergeCells/{*}mergeCell"):
        seen.merged += _covered(merged.get("ref", ""))
    if seen.merged > limits.MERGED_CELLS:
        raise TooBig(f"{sheet}里合并的单元格太大")
    for column in root.iterfind("{*}cols/{*}col"):
        if not 1 <= int(column.get("min", "0")) <= int(column.get("max", "0")) <= limits.COLUMNS:
            raise Damaged(f"{sheet}里有表格没有的列")
    if sum(len(ranges) for ranges in root.xpath("//@sqref")) > limits.RANGES_LENGTH:
        raise TooBig(f"{sheet}里的条件格式或下拉清单分得太碎")


def _extent(root: etree._Element) -> tuple[int, int, int]:
    """Last row and column of the rectangle that openpyxl will go over, and the number of cells."""
    last_row = last_column = count = number = 0
    for row in root.iterfind("{*}sheetData/{*}row"):
        number = int(row.get("r") or number + 1)
        column = 0
        for cell in row:
            reference = cell.get("r")
            at = cell_at(reference) if reference else _checked(number, column + 1)
            column = at[1]
            last_row, last_column = max(last_row, at[0]), max(last_column, column)
            count += 1
    return last_row, last_column, count


def _covered(reference: str) -> int:
    first, _, last = reference.partition(":")
    top, left = cell_at(first)
    bottom, right = cell_at(last or first)
    return (abs(bottom - top) + 1) * (abs(right - left) + 1)


def cell_at(reference: str) -> tuple[int, int]:
    """Row and column of a reference, from 1. Raises Damaged for one that no sheet has."""
    found = _CELL.match(reference.upper())
    if not found:
        raise Damaged(f"有表格没有的单元格 {reference[:20]}")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return _checked(int(found[2]), column)


def _checked(row: int, column: int) -> tuple[int, int]:
    if not (1 <= row <= limits.ROWS and 1 <= column <= limits.COLUMNS):
        raise Damaged(f"有表格没有的单元格（第 {row} 行第 {column} 列）")
    return row, column


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
