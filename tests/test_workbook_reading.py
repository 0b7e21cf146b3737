"""Opening workbooks: openpyxl is given only what it can go over in a moment."""

from __future__ import annotations

import io

import openpyxl
import pytest

from checklists import limits
from checklists.documents.excel.loading import load_book
from checklists.files.package import Damaged, TooBig
from tests.damaged import parts_of, repacked, zipped

SHEET = "xl/worksheets/sheet1.xml"


def book() -> bytes:
    made = openpyxl.Workbook()
    made.active.title = "厂矿月查"
    made.active.append(["甲", "乙"])
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


BOOK = book()


def with_cell(reference: str, row: str = "2") -> bytes:
    cell = f'<row r="{row}"><c r="{reference}"><v>1</v></c></row></sheetData>'.encode()
    return repacked(BOOK, SHEET, lambda part: part.replace(b"</sheetData>", cell))


def after_the_cells(xml: str) -> bytes:
    return repacked(BOOK, SHEET, lambda part: part.replace(b"</sheetData>", b"</sheetData>" + xml.encode()))


def test_a_plain_workbook_is_read() -> None:
    workbook, told = load_book(BOOK)

    assert workbook["厂矿月查"]["B1"].value == "乙" and told == []


@pytest.mark.parametrize("reference", ["XFD1048576", "A1048576"])
def test_one_stray_cell_is_told_with_its_sheet(reference: str) -> None:
    with pytest.raises(TooBig, match="工作表「厂矿月查」一直用到第 1048576 行"):
        load_book(with_cell(reference, "1048576"))


def test_a_cell_in_the_last_column_is_within_the_limits() -> None:
    assert load_book(with_cell("XFD2"))[0].active.max_column == limits.COLUMNS


@pytest.mark.parametrize("number", ["-5", "0", "1048577", "99999999999999999999", "x"])
def test_a_row_that_no_sheet_has_is_damage(number: str) -> None:
    row = f'<row r="{number}"><c><v>1</v></c></row></sheetData>'.encode()

    with pytest.raises(Damaged):
        load_book(repacked(BOOK, SHEET, lambda part: part.replace(b"</sheetData>", row)))


@pytest.mark.parametrize("reference", ["ZZZZZZ2", "A0", "A1048577", "XFE1", "1A", "A", "A1:B2", "甲1"])
def test_a_cell_that_no_sheet_has_is_damage(reference: str) -> None:
    with pytest.raises(Damaged):
        load_book(with_cell(reference))


@pytest.mark.parametrize(
    "xml",
    [
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        f'<conditionalFormatting sqref="{"A1 " * limits.RANGES_LENGTH}"/>',
        "<x>" + "<y/>" * (limits.OBJECTS + 1) + "</x>",
    ],
)
def test_what_would_keep_openpyxl_busy_is_too_big(xml: str) -> None:
    with pytest.raises(TooBig, match="厂矿月查"):
        load_book(after_the_cells(xml))


@pytest.mark.parametrize(
    "xml",
    [
        '<cols><col min="1" max="999999999" width="5"/></cols>',
        '<cols><col min="0" max="5"/></cols>',
        '<mergeCells><mergeCell ref="nonsense"/></mergeCells>',
        "<unclosed>",
    ],
)
def test_what_no_sheet_can_be_is_damage(xml: str) -> None:
    with pytest.raises(Damaged):
        load_book(after_the_cells(xml))


def test_two_sheets_of_one_part_are_damage() -> None:
    def twice(part: bytes) -> bytes:
        sheet = part[part.index(b"<sheet ") : part.index(b"</sheets>")]
        return part.replace(b"</sheets>", sheet.replace("厂矿月查".encode(), b"again") + b"</sheets>")

    with pytest.raises(Damaged, match="同一个部件"):
        load_book(repacked(BOOK, "xl/workbook.xml", twice))


def test_a_workbook_without_a_part_or_with_a_wrong_one_is_damage() -> None:
    parts = parts_of(BOOK)
    for name in parts:
        rest = {other: content for other, content in parts.items() if other != name}
        for changed in (rest, {**parts, name: b"<a/>"}, {**parts, name: b""}):
            try:
                load_book(zipped(changed))  # some parts it can do without
            except Damaged as damage:
                assert damage.why


def test_pictures_are_not_carried_along_where_only_values_are_read() -> None:
    parts = {**parts_of(BOOK), "xl/media/image1.png": b"\x89PNG" * 1000}

    assert load_book(zipped(parts), data_only=True)[0].active["A1"].value == "甲"


def test_the_outline_of_columns_as_sheetjs_writes_it_is_read() -> None:
    columns = b'<cols><col min="1" max="1" customWidth="1" width="8" hidden="true" level="1" outlineLevel="1"/></cols>'
    told = repacked(BOOK, SHEET, lambda part: part.replace(b"<sheetData>", columns + b"<sheetData>"))

    column = load_book(told)[0].active.column_dimensions["A"]

    assert column.hidden and column.outlineLevel == 1
