"""The enterprise's self-check workbook: a template filled with one checklist, the enterprise left open as marks."""

from __future__ import annotations

import dataclasses
import datetime
import io
import re
from pathlib import Path
from typing import Any

from lxml import etree
from openpyxl import Workbook
from openpyxl.workbook.properties import CalcProperties

from checklists.checklist import Checklist
from checklists.excel_reach import drop_sheet, stretch_all
from checklists.excel_rows import MAY_BE_ABSENT, PrintedChecklist, printed_checklist, tables_of
from checklists.excel_template import open_template
from checklists.excel_write import Filler, write_cells, write_headers, write_table
from checklists.fields import EnterpriseFields, mark
from checklists.package import read_parts
from checklists.package_core import CORE, dated_core, plain_core
from checklists.problems import Problem, Refused
from checklists.templates_tags import STEPS, Steps

CONTENT_TYPES = "[Content_Types].xml"


def fill_excel(template: Path, checklist: Checklist) -> dict[str, bytes]:
    """Parts of the filled workbook by name, the enterprise's fields standing in them as marks.

    Same template and checklist give the same bytes. Raises Refused for a template that breaks the contract.
    """
    opened = open_template(template)
    workbook, tables = opened.workbook, tables_of(checklist)
    for title in MAY_BE_ABSENT:
        if title not in tables:
            drop_sheet(workbook, title)
    printed = printed_checklist(checklist, tables)
    names = {"checklist": printed, "enterprise": EnterpriseFields(), STEPS: Steps()}
    cells = Filler(str(template), names)
    headers = Filler(str(template), {**cells.names, "checklist": _with_doubled_ampersands(printed)})
    for sheet in workbook.worksheets:
        model_row = opened.model_rows.get(sheet.title)
        write_cells(sheet, model_row, cells)
        write_headers(sheet, headers)
        if model_row is not None:
            table = tables[sheet.title]
            last = write_table(sheet, model_row, table, cells)
            stretch_all(workbook, sheet, model_row, last, len(table.under))
    _open_at_the_beginning(workbook)
    _describe(workbook, printed)
    return parts_of(workbook, checklist.on)


def check_excel(template: Path) -> list[Problem]:
    """Everything that is wrong with a workbook template, without filling it."""
    try:
        open_template(template)
    except Refused as refused:
        return list(refused.problems)
    return []


def _with_doubled_ampersands(printed: PrintedChecklist) -> PrintedChecklist:
    texts: dict[str, Any] = {
        name: value.replace("&", "&&")
        for name, value in dataclasses.asdict(printed).items()
        if isinstance(value, str)
    }
    return dataclasses.replace(printed, **texts)


def _open_at_the_beginning(workbook: Workbook) -> None:
    """The first sheet shown and alone selected: typing into several selected sheets would fill them all."""
    workbook.active = 0
    for sheet in workbook.worksheets:
        sheet.sheet_view.tabSelected = sheet is workbook.worksheets[0]
    workbook.calculation = CalcProperties(fullCalcOnLoad=True)


def _describe(workbook: Workbook, printed: PrintedChecklist) -> None:
    """Properties of the file: what it is and for whom."""
    told = workbook.properties
    told.title = f"{printed.title} {mark('name')}"
    told.keywords = f"编号 {mark('serial')}；规则版 {printed.edition}；指纹 {printed.fingerprint}"


def parts_of(workbook: Workbook, on: datetime.date) -> dict[str, bytes]:
    """The package as parts, its times those of the checklist's day: no clock gets into a document."""
    written = io.BytesIO()
    workbook.save(written)
    parts = {name: _settled(content) for name, content in read_parts(written.getvalue()).items()}
    for name, content in parts.items():
        if name.startswith("xl/drawings/") and name.endswith(".xml"):
            parts[name] = _with_usual_prefix(content)
    parts[CORE] = dated_core(plain_core(parts[CORE]), on)
    return {CONTENT_TYPES: parts.pop(CONTENT_TYPES), **parts}


_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"


def _with_usual_prefix(drawing: bytes) -> bytes:
    """A drawing with ``xdr:`` before its elements, as Excel writes it: exceljs looks for that, not for the namespace."""
    read = etree.fromstring(drawing)
    root = etree.Element(read.tag, nsmap={"xdr": _DRAWING})
    root.extend(list(read))
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


_REFERENCE = re.compile(rb"&#(\d{3,});")
_ONE_MERGED = re.compile(rb"<mergeCell [^>]*/>")
_MERGED = re.compile(rb"(?:<mergeCell [^>]*/>)+")


def _settled(content: bytes) -> bytes:
    """The part with letters instead of their numbers, and with merged cells in order.

    openpyxl writes XML in ASCII, where a mark would not be found, and merged cells in the order of a set.
    """
    content = _REFERENCE.sub(lambda found: chr(int(found[1])).encode(), content)
    return _MERGED.sub(lambda found: b"".join(sorted(_ONE_MERGED.findall(found[0]))), content)
