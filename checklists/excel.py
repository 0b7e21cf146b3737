"""The enterprise's self-check workbook: a template filled with one checklist, the enterprise left open as marks."""

from __future__ import annotations

import dataclasses
import datetime
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.worksheet import Worksheet

from checklists.checklist import Checklist
from checklists.claims import PLATE_MARKS, cell_claims, claims_of, with_claims
from checklists.excel_reach import drop_sheet, stretch_all
from checklists.excel_reading import workbook_digest
from checklists.excel_rows import GUIDE, MAY_BE_ABSENT, PrintedChecklist, printed_checklist, tables_of
from checklists.excel_template import open_template
from checklists.excel_write import Filler, put, write_cells, write_headers, write_table
from checklists.fields import EnterpriseFields, mark
from checklists.package import read_parts
from checklists.problems import Problem, Refused

WORKBOOK = "企业自查工作簿"
CONTENT_TYPES, CORE = "[Content_Types].xml", "docProps/core.xml"


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
    cells = Filler(str(template), {"checklist": printed, "enterprise": EnterpriseFields()})
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
    claims = claims_of(checklist, WORKBOOK, template)
    _show_claims(workbook[GUIDE], cell_claims(claims))
    digest = workbook_digest(workbook)
    parts = _with_digest(parts_of(workbook, checklist.on), digest)
    return with_claims(parts, {**claims, **digest})


CLAIMS_HEAD = "核验数据"
CLAIMS_NOTE = "供核验本文件时用，不打印；请勿改动。"


def _show_claims(sheet: Worksheet, claims: Mapping[str, str]) -> None:
    """What the workbook says of itself, readable, under the first sheet and outside of what is printed."""
    last = sheet.max_row
    if not sheet.print_area:
        sheet.print_area = f"A1:{get_column_letter(sheet.max_column)}{last}"
    for row, (label, text) in enumerate([(CLAIMS_HEAD, CLAIMS_NOTE), *claims.items()], start=last + 2):
        for column, told in ((1, label), (2, text)):
            cell = sheet.cell(row, column)
            if isinstance(cell, Cell):  # under the form no cells are merged
                put(cell, told)


def _with_digest(parts: Mapping[str, bytes], digest: Mapping[str, str]) -> dict[str, bytes]:
    """The parts with the digest in place of its marks."""
    made = dict(parts)
    for name, field in PLATE_MARKS.items():
        for part, content in made.items():
            made[part] = content.replace(mark(field).encode(), escape(digest[name]).encode())
    return made


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
    """Properties of the file: what it is and for whom; the restyler's own name is not for 400 enterprises."""
    told = workbook.properties
    told.title = f"{printed.title} {mark('name')}"
    told.keywords = f"编号 {mark('serial')}；规则版 {printed.edition}；指纹 {printed.fingerprint}"
    told.creator, told.lastModifiedBy, told.description, told.subject = "checklists", None, None, None


def parts_of(workbook: Workbook, on: datetime.date) -> dict[str, bytes]:
    """The package as parts, its times those of the checklist's day: no clock gets into a document."""
    written = io.BytesIO()
    workbook.save(written)
    parts = {name: _settled(content) for name, content in read_parts(written.getvalue()).items()}
    day = f"{on.isoformat()}T00:00:00Z".encode()
    parts[CORE] = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + day, parts[CORE])
    return {CONTENT_TYPES: parts.pop(CONTENT_TYPES), **parts}


_REFERENCES = re.compile(rb"(?:&#\d{3,};)+")
_ONE_MERGED = re.compile(rb"<mergeCell [^>]*/>")
_MERGED = re.compile(rb"(?:<mergeCell [^>]*/>)+")


def _settled(content: bytes) -> bytes:
    """The part with letters instead of their numbers, and with merged cells in order.

    openpyxl writes XML in ASCII, where a mark would not be found, and merged cells in the order of a set.
    """
    content = _REFERENCES.sub(_letters, content)
    return _MERGED.sub(lambda found: b"".join(sorted(_ONE_MERGED.findall(found[0]))), content)


def _letters(found: re.Match[bytes]) -> bytes:
    """&#29028;&#30719; -> 煤矿: stretches at a time, for there are a hundred thousand letters in a workbook."""
    return "".join(map(chr, map(int, found[0][2:-1].split(b";&#")))).encode()
