"""The form into which a clerk types a list that was filled in on paper; ``collect`` reads it as it reads a workbook."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from checklists import __version__
from checklists.documents.claims import DAY, DOCUMENT, FORMAT, FORMAT_NUMBER, PROGRAM
from checklists.documents.excel.answers import CONTENT, ID, NUMBER, RESULT
from checklists.documents.excel.fill import CLAIMS_HEAD
from checklists.documents.excel.parts import parts_of
from checklists.documents.excel.sheets import GUIDE, RESULTS, UNFIT
from checklists.documents.excel.write import put
from checklists.documents.fields import FIRM_PROPERTY, enterprise_of
from checklists.documents.plate import make_plate, stamp
from checklists.documents.properties import with_properties
from checklists.returns.book import ENTERED
from checklists.returns.codes import Code, Typed
from checklists.returns.guide import SOURCE_CLAIM
from checklists.returns.sent import Sent
from checklists.returns.words import day_of
from checklists.text import clean

SHEET, FACT_HEAD = "录入", "不符合情况（部位、数量、事实）"
HEADS = ((NUMBER, 7), (CONTENT, 46), (RESULT, 10), (FACT_HEAD, 40), (ID, 14))
NO_DAY = datetime.date(2000, 1, 1)
"""The file's own date where the list tells no day: no clock gets into a document."""
FIRST = 5
"""Number of the first row of the table."""
_HEAD = Font(name="黑体", size=11, bold=True)
_BODY = Font(name="宋体", size=11)
_OPEN, _HEADS = PatternFill("solid", fgColor="FFFDF3D8"), PatternFill("solid", fgColor="FFE6E6E6")
_THIN = Side(style="thin", color="FF999999")
_LINE = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAPPED = Alignment(wrap_text=True, vertical="center")
_STEPS = (
    "照纸上的项号填“录入”表：结果从下拉里选（√、x、/ 也认），不符合的写事实；没有填的行空着。",
    "检查日期、检查人写在表头上面。填好后和企业交回的文件放在一起，运行 checklists collect。",
)


def form(sent: Sent, typed: Typed | None = None) -> bytes:
    """The form of a list, filled with what was typed. Same list and codes give the same bytes."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    name = _name_of(sent)
    _write_table(sheet, sent, name, typed or Typed(sent.serial, 0))
    claims = {
        DOCUMENT: ENTERED,
        FORMAT_NUMBER: FORMAT,
        PROGRAM: __version__,
        SOURCE_CLAIM: sent.source,
        **{label: clean(text) for label, text in sent.claims.items() if text},
    }
    _write_guide(book.create_sheet(GUIDE), name, claims)
    on = day_of(sent.claims.get(DAY, ""))
    parts = with_properties(parts_of(book, on or NO_DAY), claims)
    return stamp(make_plate(parts), {})


def _name_of(sent: Sent) -> str:
    try:
        return clean(enterprise_of(sent.claims.get(FIRM_PROPERTY, ""), ("?",)).name)
    except ValueError:
        return ""


def _cell(sheet: Worksheet, row: int, column: int) -> Any:
    return sheet.cell(row, column)


def _write_table(sheet: Worksheet, sent: Sent, name: str, typed: Typed) -> None:
    for column, (_, width) in zip("ABCDE", HEADS, strict=True):
        sheet.column_dimensions[column].width = width
    put(_cell(sheet, 1, 1), "检查表录入")
    _cell(sheet, 1, 1).font = Font(name="黑体", size=14, bold=True)
    put(_cell(sheet, 2, 1), f"单位：{name}　编号 {sent.serial}")
    for at, value in enumerate(("检查日期", typed.day or "", "检查人", typed.by), start=1):
        put(_cell(sheet, 3, at), value)
        if at in (2, 4):
            _cell(sheet, 3, at).fill, _cell(sheet, 3, at).border = _OPEN, _LINE
    _cell(sheet, 3, 2).number_format = "yyyy-mm-dd"
    _cell(sheet, 3, 2).alignment = Alignment(horizontal="left")
    for at, (head, _) in enumerate(HEADS, start=1):
        cell = _cell(sheet, FIRST - 1, at)
        put(cell, head)
        cell.font, cell.fill, cell.border, cell.alignment = _HEAD, _HEADS, _LINE, _WRAPPED
    codes = {code.number: code for code in typed.codes}
    for number, row in enumerate(sent.rows, start=FIRST):
        code = codes.get(row.number, Code(row.number, "", "", 0))
        for at, told in enumerate((int(row.number), row.content, code.result, code.note, row.item), start=1):
            cell = _cell(sheet, number, at)
            put(cell, told)
            cell.font, cell.border, cell.alignment = _BODY, _LINE, _WRAPPED
            if at in (3, 4):
                cell.fill = _OPEN
    sheet.freeze_panes = f"A{FIRST}"
    choices = DataValidation(type="list", formula1=f'"{",".join(RESULTS)}"', allow_blank=True)
    choices.errorStyle = "warning"
    choices.add(f"C{FIRST}:C{max(FIRST, FIRST + len(sent.rows) - 1)}")
    sheet.add_data_validation(choices)


def _write_guide(sheet: Worksheet, name: str, claims: Mapping[str, str]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 18, 60
    lines = [("怎样录入", ""), *((text, "") for text in _STEPS), ("单位名称", name), ("", "")]
    lines += [(CLAIMS_HEAD, "软件用，请勿改动"), *((label, text) for label, text in claims.items())]
    for number, (label, text) in enumerate(lines, start=1):
        for at, value in ((1, label), (2, text)):
            put(_cell(sheet, number, at), value)


def lacking(typed: Typed) -> list[str]:
    """Numbers of rows that are 不符合 and have no fact."""
    return [code.number for code in typed.codes if code.result == UNFIT and not code.note]
