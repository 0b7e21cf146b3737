"""What somebody might do to a self-check workbook so that it says something else, or counts otherwise."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from checklists.documents.plate import read_parts
from tests.tampering import BOOK, CUSTOM, FIRM, Change, checklist, in_book, in_parts, made, replaced, zipped

GUIDE, DAY, WEEK, MONTH, LEDGER, PAPERS, COUNTS, BASES = (
    "说明",
    "班组日查",
    "车间周查",
    "厂矿月查",
    "隐患台账",
    "备查资料",
    "统计",
    "依据",
)
FIRST = 5
ROWS = checklist(document=BOOK).rows
WORDED = [
    row
    for row in load_workbook(io.BytesIO(made(BOOK)))[MONTH].iter_rows(min_row=5, values_only=True)
    if str(row[2] or "").strip()
]
MONTHLY, DUE = len(WORDED), sum(row[5] != "季查" for row in WORDED)
"""Rows of the month that hold a wording, and those due in November: a small place leaves some to the sheet of the rest."""
SERIAL = checklist(document=BOOK).serial


def in_sheet(sheet: str, old: str, new: str, drop: str = "") -> Change:
    """XML of a sheet changed; ``drop``: what is taken out everywhere before."""

    def change(package: bytes) -> bytes:
        parts = read_parts(package)
        name = f"xl/worksheets/sheet{load_workbook(io.BytesIO(package)).sheetnames.index(sheet) + 1}.xml"
        xml = re.sub(drop, "", parts[name].decode()) if drop else parts[name].decode()
        assert old in xml
        parts[name] = xml.replace(old, new, 1).encode()
        return zipped(parts)

    return change


def letter(sheet: str, at: str) -> Change:
    """One letter of a cell changed: the last that is no digit."""

    def edit(book: Workbook) -> None:
        cell = book[sheet][at]
        assert isinstance(cell.value, str) and cell.data_type != "f"
        cell.value = re.sub(r"[^\d\s](?=[\d\s]*$)", "某", cell.value)

    return in_book(edit)


def put(sheet: str, at: str, value: Any) -> Change:
    def edit(book: Workbook) -> None:
        assert book[sheet][at].value != value
        book[sheet][at].value = value

    return in_book(edit)


def cell_with(sheet: Worksheet, words: str) -> Any:
    return next(cell for row in sheet.iter_rows() for cell in row if words in str(cell.value))


def words(sheet: str, old: str, new: str) -> Change:
    """Words of the first cell that holds them changed."""

    def edit(book: Workbook) -> None:
        cell = cell_with(book[sheet], old)
        cell.value = str(cell.value).replace(old, new)

    return in_book(edit)


def swapped_wording(book: Workbook) -> None:
    """Content of two rows exchanged, their ids left where they are."""
    one, other = book[MONTH]["C5"], book[MONTH]["C6"]
    one.value, other.value = other.value, one.value


def forged_row(book: Workbook) -> None:
    sheet = book[MONTH]
    sheet.append(
        [
            141,
            "厨房",
            "★员工食堂每日晨检",
            "看记录",
            "晋26三(十一)6",
            *[None] * 11,
            "food-morning-check",
        ]
    )


def copied_row(book: Workbook) -> None:
    sheet = book[MONTH]
    sheet.append([cell.value for cell in sheet[FIRST]])


def on_sheet(name: str, edit: Callable[[Worksheet], object]) -> Change:
    return in_book(lambda book: edit(book[name]))


def state(name: str, told: str) -> Change:
    return on_sheet(name, lambda sheet: setattr(sheet, "sheet_state", told))


def moved_name(book: Workbook) -> None:
    book.defined_names["月查_结果"].attr_text = "厂矿月查!$I$5:$I$2000"


def shadowed_name(book: Workbook) -> None:
    book[COUNTS].defined_names["月查_结果"] = DefinedName("月查_结果", attr_text="厂矿月查!$I$5:$I$2000")


def other_list(sheet: Worksheet) -> None:
    rule = next(rule for rule in sheet.data_validations.dataValidation if rule.type == "list")
    rule.formula1 = '"符合,基本符合"'


def another_list(sheet: Worksheet) -> None:
    rule = DataValidation("list", formula1='"好,很好"')
    rule.add("H10")
    sheet.add_data_validation(rule)


def without_lists(sheet: Worksheet) -> None:
    sheet.data_validations.dataValidation = []


def hidden_by_condition(sheet: Worksheet) -> None:
    sheet.conditional_formatting.add("D5:D9", FormulaRule(["TRUE"], font=Font(color="FFFFFFFF")))


def first_foot(sheet: Worksheet) -> None:
    sheet.HeaderFooter.differentFirst = True
    sheet.firstFooter.center.text = "可作处罚依据"


def titled(book: Workbook) -> None:
    book[COUNTS]._charts[0].title = "全部合格"


def other_chart(book: Workbook) -> None:
    from openpyxl.chart import Reference

    chart = book[COUNTS]._charts[0]
    chart.series[0].val.numRef.f = str(Reference(book[COUNTS], min_col=2, min_row=15, max_row=18))


def with_text_box(parts: dict[str, bytes]) -> None:
    name = next(name for name in parts if name.startswith("xl/drawings/drawing"))
    box = (
        '<xdr:oneCellAnchor xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff>'
        "<xdr:row>4</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx='900000' cy='900000'/><xdr:sp macro='' textlink=''>"
        "<xdr:nvSpPr><xdr:cNvPr id='9' name='b'/><xdr:cNvSpPr txBox='1'/></xdr:nvSpPr><xdr:spPr/><xdr:txBody><a:bodyPr/><a:p><a:r>"
        "<a:t>全部合格</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:oneCellAnchor>"
    )
    parts[name] = re.sub(rb"</((?:xdr:)?wsDr)>", lambda end: box.encode() + end[0], parts[name])


def with_remark(sheet: str, at: str) -> Change:
    return on_sheet(sheet, lambda found: setattr(found[at], "comment", Comment("本项可以不查", "某人")))


def with_results(package: bytes, results: dict[tuple[str, str], str]) -> bytes:
    """The package with stored results behind these formulas, as Excel leaves them."""
    parts = read_parts(package)
    titles = load_workbook(io.BytesIO(package)).sheetnames
    for (sheet, at), told in results.items():
        name = f"xl/worksheets/sheet{titles.index(sheet) + 1}.xml"
        xml = parts[name].decode()
        cell = re.search(rf'<c r="{at}"[^>]*>.*?</c>', xml)
        assert cell and "<f>" in cell[0]
        changed = re.sub(r"<v\s*/>|<v>[^<]*</v>", f"<v>{told}</v>", cell[0])
        assert changed != cell[0]
        parts[name] = xml.replace(cell[0], changed).encode()
    return zipped(parts)


def stale(package: bytes) -> bytes:
    """Two answers, and the figures of before they were given."""
    answered = in_book(lambda book: [setattr(book[MONTH][at], "value", "不符合") for at in ("H5", "H6")])(
        package
    )
    return with_results(answered, {(COUNTS, "B8"): "0", (COUNTS, "B5"): str(DUE)})


def in_row(name: str, edit: Callable[[Any], object]) -> Change:
    return on_sheet(name, lambda sheet: edit(sheet.row_dimensions[FIRST + 2]))


def in_column(name: str, column: str) -> Change:
    return on_sheet(name, lambda sheet: setattr(sheet.column_dimensions[column], "hidden", True))


def data(old: str, new: str) -> Change:
    return replaced(old, new, CUSTOM)


def white(book: Workbook) -> None:
    cell = book[MONTH]["D7"]
    cell.font = Font(name="宋体", size=10, color="FFFFFFFF")


TAMPERED_BOOK: dict[str, Change] = {
    "title of the first sheet": letter(GUIDE, "A1"),
    "name": put(GUIDE, "B2", "另一家餐饮有限公司"),
    "code of the firm": put(GUIDE, "B3", FIRM.code[:-1] + "Z"),
    "place": put(GUIDE, "D3", "泽州县"),
    "address": put(GUIDE, "B4", "凤城镇某某街21号"),
    "person": put(GUIDE, "B5", "李四"),
    "types": letter(GUIDE, "B6"),
    "serial": put(GUIDE, "B10", "20261122-000000"),
    "fingerprint": put(GUIDE, "D10", "0000-0000-0000"),
    "edition": put(GUIDE, "B11", "9.9.9"),
    "day": put(GUIDE, "D11", "2027-01-01"),
    "scope": words(GUIDE, f"共 {len(ROWS)} 项", "共 14 项"),
    "known facts": letter(GUIDE, "B13"),
    "questions": words(GUIDE, "有关各项照查", "有关各项不查"),
    "step": words(GUIDE, "空着就是未检查", "空着就是符合"),
    "legend": words(GUIDE, "√ 符合　× 不符合", "√ 符合　× 基本符合"),
    "next month": words(GUIDE, "什么也不清", "全都清掉"),
    "disclaimer": words(GUIDE, "须另行援引", "无须援引"),
    "label": put(GUIDE, "A10", "流水号"),
    "hidden identity": put(GUIDE, "F8", "20261122-000000"),
    "data on the first sheet": words(GUIDE, "catering-gas-user", "hospital"),
    "words beside the form": put(GUIDE, "H14", "本单位不适用"),
    "words under the form": put(GUIDE, "B99", "本簿作废"),
    "title of a sheet": letter(MONTH, "A1"),
    "note of a sheet": words(MONTH, "不涉及的写理由", "不涉及的不用写"),
    "unit on a sheet": words(MONTH, FIRM.name, "另一家"),
    "month on a sheet": put(MONTH, "E3", "2020年1月"),
    "head of a column": put(MONTH, "H4", "自评"),
    "number": put(MONTH, "A7", 77),
    "where": letter(MONTH, "B7"),
    "star taken away": words(MONTH, "★", ""),
    "triangle taken away": words(MONTH, "▲", ""),
    "content": letter(MONTH, "C7"),
    "second line under the content": in_book(
        lambda book: setattr(book[MONTH]["C7"], "value", f"{book[MONTH]['C7'].value}\n小微企业可以不查")
    ),
    "standard": letter(MONTH, "D7"),
    "code": put(MONTH, "E7", "晋99九(九)9"),
    "remark under the code": words(MONTH, "〔历年〕", "〔现行〕"),
    "hidden remedy": letter(MONTH, "M7"),
    "hidden id": put(MONTH, "Q7", "general-duty-nothing"),
    "content of two rows swapped": in_book(swapped_wording),
    "row emptied": on_sheet(MONTH, lambda sheet: [setattr(cell, "value", None) for cell in sheet[7]]),
    "row deleted": on_sheet(MONTH, lambda sheet: sheet.delete_rows(7)),
    "row added": in_book(forged_row),
    "row twice": in_book(copied_row),
    "own row deleted": on_sheet(MONTH, lambda sheet: sheet.delete_rows(FIRST + MONTHLY + 3)),
    "words beside a row": put(MONTH, "T7", "本项作废"),
    "content on the daily sheet": letter(DAY, "C5"),
    "row of the daily sheet deleted": on_sheet(DAY, lambda sheet: sheet.delete_rows(5)),
    "line to sign on the daily sheet": words(DAY, "检查人（签名）", "无须签名"),
    "standard on the weekly sheet": letter(WEEK, "D6"),
    "weeks": put(WEEK, "E4", "第二周"),
    "head of the ledger": put(LEDGER, "K4", "想法"),
    "note of the ledger": words(LEDGER, "填任何一格都算一条", "填齐了才算一条"),
    "formula of the ledger": put(LEDGER, "AC5", "=0"),
    "name of a document": letter(PAPERS, "A6"),
    "numbers of a document": in_book(lambda book: setattr(book[PAPERS]["B6"], "value", "99")),
    "document deleted": on_sheet(PAPERS, lambda sheet: sheet.delete_rows(6)),
    "quote": letter(BASES, "D6"),
    "clause": put(BASES, "C6", "一/（一）"),
    "notice": put(BASES, "B6", "晋政发〔2000〕1号"),
    "says": on_sheet(BASES, lambda sheet: setattr(cell_with(sheet, "禁止"), "value", "推动")),
    "term": on_sheet(
        BASES, lambda sheet: setattr(sheet.cell(sheet.max_row, 4), "value", "三违：想怎样就怎样")
    ),
    "row of the bases deleted": on_sheet(BASES, lambda sheet: sheet.delete_rows(9)),
    "row of the bases added": on_sheet(
        BASES, lambda sheet: sheet.append([1, "晋政发〔2026〕1号", "一", "可以不查", "要求", 2026, "山西省"])
    ),
    "label of a figure": put(COUNTS, "A6", "待改进"),
    "place of the figures": letter(COUNTS, "A57"),
    "formula of a figure": put(COUNTS, "B6", "=0"),
    "formula of a share": put(COUNTS, "C8", "=IF($B$9=0,0,B5/$B$9)"),
    "formula replaced by a number": put(COUNTS, "B6", 0),
    "formula of a row": put(MONTH, "L7", '=""'),
    "formula of a row replaced": put(MONTH, "L7", "1"),
    "formula that counts crosses": put(DAY, "AI6", '=COUNTIF($D6:$E6,"×")'),
    "formula in place of wording": put(MONTH, "C7", '="无"&"事"'),
    "results of before": stale,
    "result without its cause": lambda package: with_results(package, {(COUNTS, "B7"): "140"}),
    "result of a row": lambda package: with_results(
        in_book(lambda book: setattr(book[MONTH]["H7"], "value", "不符合"))(package), {(MONTH, "L7"): "3"}
    ),
    "sheet deleted": in_book(lambda book: book.remove(book[BASES])),
    "sheet of the figures deleted": in_book(lambda book: book.remove(book[COUNTS])),
    "first sheet deleted": in_book(lambda book: book.remove(book[GUIDE])),
    "sheet added": in_book(
        lambda book: setattr(book.create_sheet("补充规定")["A1"], "value", "本簿不适用小微企业")
    ),
    "sheet renamed": on_sheet(BASES, lambda sheet: setattr(sheet, "title", "参考")),
    "sheet hidden": state(BASES, "hidden"),
    "sheet hidden from the menu": state(MONTH, "veryHidden"),
    "sheets in another order": in_book(lambda book: book.move_sheet(BASES, -3)),
    "row hidden": in_row(MONTH, lambda row: setattr(row, "hidden", True)),
    "row without height": in_sheet(
        MONTH, '<row r="7"', '<row r="7" ht="0" customHeight="1"', drop=r' ht="[^"]*" customHeight="1"'
    ),
    "row of the bases hidden": in_row(BASES, lambda row: setattr(row, "hidden", True)),
    "column hidden": in_column(MONTH, "D"),
    "column without width": in_sheet(MONTH, 'width="42"', 'width="0"'),
    "rows without height unless they say so": in_sheet(
        MONTH, "<sheetFormatPr ", '<sheetFormatPr zeroHeight="1" ', drop=r' ht="[^"]*" customHeight="1"'
    ),
    "wording in white": in_book(white),
    "wording shown as nothing": on_sheet(MONTH, lambda sheet: setattr(sheet["D7"], "number_format", ";;;")),
    "wording with words beside": on_sheet(
        MONTH, lambda sheet: setattr(sheet["D7"], "number_format", '@"（不查）"')
    ),
    "number shown as another": on_sheet(MONTH, lambda sheet: setattr(sheet["A7"], "number_format", '"9"')),
    "figure shown as another": on_sheet(COUNTS, lambda sheet: setattr(sheet["B6"], "number_format", '"0"')),
    "wording merged away": on_sheet(MONTH, lambda sheet: sheet.merge_cells("C7:D7")),
    "remark at the wording": with_remark(MONTH, "C7"),
    "remark at an answer": with_remark(MONTH, "H7"),
    "name for another column": in_book(moved_name),
    "name over a name": in_book(shadowed_name),
    "name deleted": in_book(lambda book: book.defined_names.pop("月查_结果")),
    "other choices": on_sheet(MONTH, other_list),
    "more choices in a cell": on_sheet(MONTH, another_list),
    "no choices": on_sheet(MONTH, without_lists),
    "hint at a cell": on_sheet(
        MONTH, lambda sheet: setattr(sheet.data_validations.dataValidation[0], "prompt", "不涉及的不用写")
    ),
    "days without limit": on_sheet(
        MONTH, lambda sheet: setattr(sheet.data_validations.dataValidation[1], "formula1", "1")
    ),
    "wording hidden by a condition": on_sheet(MONTH, hidden_by_condition),
    "foot of the pages": on_sheet(
        MONTH, lambda sheet: setattr(sheet.oddFooter.center, "text", "可作处罚依据")
    ),
    "serial in the foot": on_sheet(
        MONTH, lambda sheet: setattr(sheet.oddFooter.left, "text", "编号 20261122-000000")
    ),
    "other foot on the first page": on_sheet(MONTH, first_foot),
    "head of the pages": on_sheet(MONTH, lambda sheet: setattr(sheet.oddHeader.center, "text", "已通过验收")),
    "title of the chart": in_book(titled),
    "chart of other figures": in_book(other_chart),
    "text box": in_parts(with_text_box),
    "facts in the data": data('"dormitory":true', '"dormitory":false'),
    "name in the data": data(FIRM.name, "另一家"),
    "serial in the data": data(SERIAL, "20261122-000000"),
    "department in the data": data('"department":"消防"', '"department":"应急"'),
    "type in the data": data(">catering-gas-user<", ">moon-base<"),
    "no data": in_parts(lambda parts: parts.pop(CUSTOM)),
}
"""By what is done: the change; every one must be seen."""
