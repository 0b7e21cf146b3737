"""From a filled workbook to the parts of its package: the same bytes every time, and what openpyxl cannot say itself."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Mapping
from copy import copy
from functools import partial

from lxml import etree
from openpyxl import Workbook
from openpyxl.styles import PatternFill, Protection
from openpyxl.worksheet.worksheet import Worksheet

from checklists.documents.core import CORE, dated_core, plain_core
from checklists.documents.excel.losses import sheet_parts
from checklists.documents.excel.write import column_widths, merged_with
from checklists.documents.fields import MARK, choice
from checklists.documents.plate import make_plate, read_parts, stamp
from checklists.documents.template_package import CONTENT_TYPES
from checklists.files.package import is_text, xml_bytes

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STYLES = "xl/styles.xml"
_OF_A_FONT = ("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name",
              "family", "charset", "scheme")  # fmt: skip
_FONT_ORDER = {f"{_MAIN}{name}": place for place, name in enumerate(_OF_A_FONT)}
"""The order in which Office writes, and its validator wants, what a font is; openpyxl has another."""
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_REFERENCES = re.compile(rb"(?:&#\d{3,};)+")
_ONE_MERGED = re.compile(rb"<mergeCell [^>]*/>")
_MERGED = re.compile(rb"(?:<mergeCell [^>]*/>)+")
_ROW = re.compile(rb'<row r="(\d+)"[^>]*>')
_FIXED = b' customHeight="1"'


def parts_of(workbook: Workbook, on: datetime.date) -> dict[str, bytes]:
    """The package as parts, its times those of the checklist's day: no clock gets into a document."""
    parts = settled_parts(workbook)
    return {**parts, CORE: dated_core(parts[CORE], on)}


def settled_parts(workbook: Workbook) -> dict[str, bytes]:
    """The package as parts, the list of their kinds first, without any times."""
    written = io.BytesIO()
    workbook.save(written)
    parts = {
        name: _settled(content) if is_text(name) else content
        for name, content in read_parts(written.getvalue()).items()
    }
    for name, content in parts.items():
        if name.startswith("xl/drawings/") and name.endswith(".xml"):
            parts[name] = _with_usual_prefix(content)
    parts[_STYLES] = _fonts_in_order(parts[_STYLES])
    parts[CORE] = plain_core(parts[CORE])
    return {CONTENT_TYPES: parts.pop(CONTENT_TYPES), **parts}


def _settled(content: bytes) -> bytes:
    """The part with letters instead of their numbers, and with merged cells in order.

    openpyxl writes XML in ASCII, where a mark would not be found, and merged cells in the order of a set.
    """
    content = _REFERENCES.sub(_letters, content)
    return _MERGED.sub(lambda found: b"".join(sorted(_ONE_MERGED.findall(found[0]))), content)


def _letters(found: re.Match[bytes]) -> bytes:
    """&#29028;&#30719; -> 煤矿: stretches at a time, for there are a hundred thousand letters in a workbook."""
    return "".join(map(chr, map(int, found[0][2:-1].split(b";&#")))).encode()


def _with_usual_prefix(drawing: bytes) -> bytes:
    """A drawing with ``xdr:`` before its elements, as Excel writes it: exceljs looks for that, not for the namespace."""
    read = etree.fromstring(drawing)
    root = etree.Element(read.tag, nsmap={"xdr": _DRAWING})
    root.extend(list(read))
    return xml_bytes(root)


def in_order(package: bytes) -> bytes:
    """A workbook that openpyxl wrote, its fonts as :func:`parts_of` has them."""
    parts = read_parts(package)
    return stamp(make_plate({**parts, _STYLES: _fonts_in_order(parts[_STYLES])}), {})


def _fonts_in_order(styles: bytes) -> bytes:
    """xl/styles.xml with the elements of every font in the order of the schema that Office goes by."""
    root = etree.fromstring(styles)
    for font in root.iter(f"{_MAIN}font"):
        font[:] = sorted(font, key=lambda element: _FONT_ORDER.get(str(element.tag), len(_FONT_ORDER)))
    return xml_bytes(root)


# ---------------------------------------------------------------- rows that grow


def with_growing_rows(parts: Mapping[str, bytes], rows: Mapping[str, tuple[range, ...]]) -> dict[str, bytes]:
    """Rows by sheet keep the height they have and grow with what people write; openpyxl fixes every height it sets."""
    made = dict(parts)
    for title, name in sheet_parts(parts):
        if title in rows:
            made[name] = _ROW.sub(partial(_free, rows[title]), parts[name])
    return made


def _free(rows: tuple[range, ...], found: re.Match[bytes]) -> bytes:
    return found[0].replace(_FIXED, b"") if any(int(found[1]) in run for run in rows) else found[0]


# ---------------------------------------------------------------- cells that are open while they are empty

OPENED = {name: name for name in ("name", "code", "address", "person", "phone")} | {"name_or_line": "name"}
"""Field that a cell prints -> field by which it is open; the others are the program's."""


def cells_open_when_empty(sheet: Worksheet) -> dict[str, str]:
    """Cells that print a field of the enterprise alone, and the style each has: open and white while it is empty.

    Returns a choice of two styles by cell, for :func:`with_styles`; a cell merged with others counts with them.
    """
    found: dict[str, str] = {}
    widths = column_widths(sheet)
    for row in sheet.iter_rows():
        for cell in row:
            named = MARK.fullmatch(cell.value) if isinstance(cell.value, str) else None
            if named and named[1] in OPENED and widths[cell.column or 0] and cell.protection.locked:
                for coordinate in merged_with(sheet, cell.coordinate):
                    found[coordinate] = _two_styles(sheet, coordinate, OPENED[named[1]])
    return found


def _two_styles(sheet: Worksheet, coordinate: str, name: str) -> str:
    cell = sheet[coordinate]
    locked, style = cell.style_id, cell._style
    cell._style = copy(style)
    cell.protection, cell.fill = Protection(locked=False), PatternFill()
    opened = cell.style_id
    cell._style = style
    return choice(name, opened, locked)


def with_styles(parts: Mapping[str, bytes], title: str, styles: Mapping[str, str]) -> dict[str, bytes]:
    """The styles of single cells of a sheet, put in as they stand."""
    name = next(part for told, part in sheet_parts(parts) if told == title)
    content = parts[name].decode()
    for coordinate, style in styles.items():
        content = re.sub(
            rf'<c r="{coordinate}"(?: s="\d+")?', f'<c r="{coordinate}" s="{style}"', content, count=1
        )
    return {**parts, name: content.encode()}
