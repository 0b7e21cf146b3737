"""The self-check workbook: filled from the shipped template, opened again as Excel would."""

from __future__ import annotations

import datetime
import io
import math
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from checklists.checklist.build import Checklist
from checklists.documents.excel.losses import sheet_parts
from checklists.documents.fields import MARK, field_values
from checklists.documents.plate import make_plate, read_parts, stamp
from checklists.models import Term
from tests.sample import ROOT, filled_parts, sample_checklist

TEMPLATE = ROOT / "templates" / "企业自查工作簿.xlsx"
GROUP = ("主体企业（集团公司）",)
DAY, WEEK, MONTH, QUARTER, LEDGER = "班组日查", "车间周查", "厂矿月查", "集团季查", "隐患台账"
CRITERIA, REST = "重大隐患判定", "其余检查项"
LARGE = {"small-unit": False}
FIRST = 5
"""Row of the first item on every table sheet of the shipped template."""
ID = "检查项编号（隐藏，勿改）"


def stamped(checklist: Checklist, template: Path = TEMPLATE) -> bytes:
    values = field_values(checklist)
    return stamp(make_plate(filled_parts("企业自查工作簿", checklist, template)), values)


def opened(checklist: Checklist, template: Path = TEMPLATE) -> Workbook:
    return load_workbook(io.BytesIO(stamped(checklist, template)), rich_text=True)


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(sample_checklist(42, asks=3, facts=LARGE))


def column(sheet: Worksheet, head: str) -> int:
    """Number of the column with this head."""
    return next(cell.column for cell in sheet[FIRST - 1] if str(cell.value).startswith(head))


def items(sheet: Worksheet) -> list[dict[str, object]]:
    """Rows that carry an item's id, by the heads of the columns."""
    heads = [str(cell.value) for cell in sheet[FIRST - 1]]
    rows = [
        dict(zip(heads, values, strict=True)) for values in sheet.iter_rows(min_row=FIRST, values_only=True)
    ]
    return [row for row in rows if row.get("检查项编号（隐藏，勿改）")]


def rows_between(sheet: Worksheet, first: int, last: int) -> list[Cell]:
    return [
        cell for row in sheet.iter_rows(min_row=first, max_row=last) for cell in row if isinstance(cell, Cell)
    ]


# ---------------------------------------------------------------- what stands where


def test_the_sheets_stand_in_the_order_of_use(book: Workbook) -> None:
    assert book.sheetnames == ["说明", DAY, WEEK, MONTH, CRITERIA, LEDGER, "备查资料", "统计", "依据"]


def test_the_monthly_sheet_has_every_item_under_the_number_of_the_paper() -> None:
    checklist = sample_checklist(60, asks=4, most=20, facts=LARGE)

    found = [row for row in items(opened(checklist)[MONTH]) if isinstance(row["序号"], int)]

    assert [(row["序号"], row["检查项编号（隐藏，勿改）"]) for row in found] == [
        (row.number, row.item.id) for row in checklist.rows
    ]


def test_wording_stands_on_its_first_line_to_the_letter() -> None:
    checklist = sample_checklist(20, asks=2)

    found = items(opened(checklist)[MONTH])

    for row, printed in zip(checklist.rows, found, strict=False):
        assert str(printed["检查内容"]).split("\n")[0] == row.marks + row.content
        assert printed["怎样算符合（标准与方法）"] == row.standard
        assert str(printed["依据（通知）"]).split("\n")[0] == row.code


def test_a_sheet_holds_its_own_level_and_the_lower_ones() -> None:
    checklist = sample_checklist(40, facts=LARGE)
    book = opened(checklist)
    level = {row.number: row.item.every for row in checklist.rows}

    def levels(sheet: str) -> set[str]:
        return {level[row["序号"]] for row in items(book[sheet]) if isinstance(row["序号"], int)}  # type: ignore[index]

    assert levels(DAY) == {"shift"}
    assert levels(WEEK) == {"shift", "week"}
    assert levels(MONTH) == {"shift", "week", "month", "quarter"}


def test_the_daily_sheet_has_at_most_twelve_items_of_a_place_and_says_so() -> None:
    book = opened(sample_checklist(60, every=("shift",), facts=LARGE))
    places = [row["部位"] for row in items(book[DAY]) if not str(row[ID]).startswith("own-")]
    weekly = [row for row in items(book[WEEK]) if not str(row[ID]).startswith("own-")]

    assert max(map(places.count, places)) == 12
    assert len(weekly) == 60
    assert any("日查每部位至多 12 项，另 24 项只列入周查、月查" in text for text in texts(book["说明"]))


def texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def test_the_daily_sheet_is_one_place_a_page_with_lines_for_three_shifts_to_sign() -> None:
    sheet = opened(sample_checklist(24, facts=LARGE))[DAY]
    rows = list(sheet.iter_rows(min_row=FIRST))
    kinds = [
        "own" if str(row[35].value).startswith("own-") else "row" if row[35].value else "sign" for row in rows
    ]
    pages = "".join(kind[0] for kind in kinds).replace("sss", "s|").strip("|").split("|")
    signed = [row for row, kind in zip(rows, kinds, strict=True) if kind == "sign"]
    places = {row[1].value for row in rows if row[35].value and row[1].value}

    assert len(pages) == len(places) > 2
    assert all(page.strip("r") == "oos" for page in pages)
    assert [one.id for one in sheet.row_breaks.brk] == [row[0].row for row in signed[2::3]][:-1]
    assert [str(row[2].value) for row in signed[:3]] == [
        f"{shift}检查人（签名）" for shift in ("早班", "中班", "夜班")
    ]
    assert all(not row[3].protection.locked and row[34].value is None for row in signed)
    assert not any(
        row[3].coordinate in rule.sqref for row in signed for rule in sheet.data_validations.dataValidation
    )
    assert sheet.print_area.endswith(str(sheet.max_row))


def test_sheets_without_items_are_left_out_and_nothing_refers_to_them() -> None:
    book = opened(sample_checklist(12, every=("month", "quarter")))
    formulas = [
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]

    assert DAY not in book.sheetnames and WEEK not in book.sheetnames
    assert any("没有须日查、周查的项目" in text for text in texts(book["说明"]))
    for absent in (DAY, WEEK, QUARTER):
        assert not any(f"{absent}!" in formula for formula in formulas)
        assert not any(f"{absent}!" in str(name.attr_text) for name in book.defined_names.values())


def test_only_a_group_company_has_the_quarterly_sheet_with_the_marked_items() -> None:
    checklist = sample_checklist(40, types=GROUP)
    book = opened(checklist)

    assert book.sheetnames[1:5] == [DAY, WEEK, MONTH, QUARTER]
    assert [row["序号"] for row in items(book[QUARTER])] == [
        row.number for row in checklist.rows if row.marks
    ]
    firms = [cell for cell in book[QUARTER][FIRST - 1] if str(cell.value).startswith("所属企业")]
    assert len(firms) == 8 and not any(cell.protection.locked for cell in firms)


def test_the_monthly_sheet_ends_with_twenty_rows_of_the_enterprises_own(book: Workbook) -> None:
    sheet = book[MONTH]
    own = [row for row in sheet.iter_rows(min_row=FIRST) if str(row[0].value).startswith("自")]

    assert [row[0].value for row in own] == [f"自{number}" for number in range(1, 21)]
    assert own[-1][0].row == sheet.max_row
    for row in own:
        reckoned = [row[6], row[11]]
        assert not any(cell.protection.locked for cell in row[1:11] if cell not in reckoned)
        assert row[0].protection.locked
        assert all(cell.data_type == "f" and cell.protection.locked for cell in reckoned)


def test_every_document_to_keep_stands_once_and_no_photograph() -> None:
    checklist = sample_checklist(16, facts=LARGE)
    sheet = opened(checklist)["备查资料"]

    found = {str(row[0].value): str(row[1].value) for row in sheet.iter_rows(min_row=FIRST) if row[0].value}

    lifts = "、".join(str(row.number) for row in checklist.rows if row.item.id.startswith("lift"))
    assert set(found) == {
        "供气合同",
        "配送单",
        "电梯台账",
        "更新改造计划",
        "签署的承诺书",
        "双报告回执",
        "职代会记录",
    }
    assert found["电梯台账"] == found["更新改造计划"] == lifts


def test_every_basis_is_quoted_in_full_with_what_it_says() -> None:
    term = Term(
        term="双报告", notice="shanxi-2018", clause="三/（九）", quote="双报告", meaning="报部门和职代会"
    )
    named = Term(term="两客一危", notice="shanxi-2018", clause="三/（九）", quote="两客一危")
    checklist = replace(sample_checklist(10, facts=LARGE), terms=(term, named))

    found = list(opened(checklist)["依据"].iter_rows(min_row=FIRST, values_only=True))

    quotes = [(row.number, basis.quote) for row in checklist.rows for basis in row.basis]
    assert [(row[0], row[3]) for row in found[:-1]] == quotes
    assert {row[4] for row in found[:-1]} <= {"要求", "推动", "整治", "禁止"}
    assert found[-1][:4] == ("术语", "晋政发〔2018〕1号", "三/（九）", "双报告：报部门和职代会")


def test_the_number_of_an_item_leads_to_its_first_quote_where_that_sheet_is(book: Workbook) -> None:
    bases, rows = book["依据"], list(book[MONTH].iter_rows(min_row=FIRST))
    linked = [row for row in rows if isinstance(row[0].value, int)]

    assert len(linked) > 40
    for row in linked:
        sheet, _, cell = row[0].hyperlink.location.partition("!A")
        assert sheet == "'依据'" and bases[f"A{cell}"].value == row[0].value
        assert int(cell) == FIRST or bases[f"A{int(cell) - 1}"].value != row[0].value

    small = opened(sample_checklist(12, facts={"small-unit": True}))
    assert "依据" not in small.sheetnames
    assert all(row[0].hyperlink is None for row in small[MONTH].iter_rows(min_row=FIRST))


def test_the_first_sheet_says_who_what_and_that_it_is_no_ground_for_a_penalty() -> None:
    checklist = sample_checklist(
        30, asks=2, code="91140522MA0XXXXX1X", address="某街12号", person="张某", phone="0356"
    )
    sheet = opened(checklist)["说明"]
    printed = texts(sheet)

    for word in ("91140522MA0XXXXX1X", "某街12号", "张某", "0356", checklist.serial, checklist.edition):
        assert word in printed
    assert any(
        "作出行政处罚须另行援引法律、法规、规章条款。本表不代替现场检查记录。" in text for text in printed
    )
    asked = [row for row in sheet.iter_rows(values_only=True) if row[0] == "问1"]
    assert [row[1:3] for row in asked] == [("在地下、半地下用气", None)]
    assert re.fullmatch("[0-9]+—[0-9]+", str(asked[0][3]))
    assert any(text.startswith("共 30 项（★ ") for text in printed)


def test_the_first_sheet_says_where_in_full_and_what_is_missing() -> None:
    assert "山西省晋城市阳城县" in texts(opened(sample_checklist(5))["说明"])
    assert "山西省（未写市、县，市县要求未列入）" in texts(
        opened(sample_checklist(5, place="山西省"))["说明"]
    )


# ---------------------------------------------------------------- how it behaves under the hand


def test_it_opens_on_the_period_alone_selected(book: Workbook) -> None:
    period = book["说明"]["B8"]

    assert book.active.title == "说明"
    assert book["说明"].sheet_view.selection[0].activeCell == "B8"
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["说明"]
    assert book.defined_names["检查期间"].attr_text == "说明!$B$8"
    assert period.value == datetime.datetime(2026, 11, 1) and not period.protection.locked


def covered(sheet: Worksheet, cell: Cell) -> bool:
    return any(cell.coordinate in rule.sqref for rule in sheet.data_validations.dataValidation)


@pytest.mark.parametrize(
    ("name", "heads"),
    [
        (DAY, [str(day) for day in range(1, 32)]),
        (WEEK, ["第1周", "第5周"]),
        (MONTH, ["结果", "检查日期"]),
        (LEDGER, ["来源", "来源项", "发现日期", "级别", "时限", "报部门", "报职代会", "公示", "整改完成", "验收日期", "状态"]),
        ("备查资料", ["有／无", "更新日期"]),
    ],
)  # fmt: skip
def test_a_drop_down_or_date_check_covers_every_row(book: Workbook, name: str, heads: list[str]) -> None:
    sheet = book[name]
    signed = {cell.row for cell in sheet["C"] if str(cell.value).endswith("（签名）")}

    for head in heads:
        number = next(cell.column for cell in sheet[FIRST - 1] if str(cell.value).startswith(head))
        for row in {*range(FIRST, sheet.max_row + 1)} - signed:
            assert covered(sheet, sheet.cell(row, number)), (head, row)


def test_the_ledger_offers_exactly_the_numbers_of_the_monthly_sheet(book: Workbook) -> None:
    rule = next(
        rule
        for rule in book[LEDGER].data_validations.dataValidation
        if rule.formula1 == "项号" and "C5" in rule.sqref
    )
    left, top, right, bottom = range_boundaries(book.defined_names["项号"].attr_text.rpartition("!")[2])
    offered = [
        str(row[0].value).split("　")
        for row in book[MONTH].iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right)
    ]

    assert rule.type == "list"
    known = {row[ID]: str(row["序号"]) for row in items(book[MONTH])}
    assert [one[0] for one in offered] == [
        *map(str, range(1, 43)),
        *(f"自{number}" for number in range(1, 21)),
    ]
    assert all(known[one[-1]] == one[0] for one in offered)


def test_answers_are_open_and_wording_is_locked_without_a_password(book: Workbook) -> None:
    open_heads = {
        DAY: {str(day) for day in range(1, 32)},
        WEEK: {"第1周", "第2周", "第3周", "第4周", "第5周", "不符合情况（部位、数量、事实）"},
        MONTH: {
            "结果",
            "不符合情况（部位、数量、事实）；不涉及的写理由",
            "检查日期",
            "检查人",
            "上期（不打印）",
        },
    }
    for name, heads in open_heads.items():
        sheet = book[name]
        assert {str(head.value) for cell, head in zip(sheet[FIRST], sheet[FIRST - 1], strict=True)
                if not cell.protection.locked} == heads  # fmt: skip
    for sheet in (one for one in book if one.title != LEDGER):
        allowed = sheet.protection
        assert allowed.sheet and not allowed.password
        assert not (
            allowed.autoFilter
            or allowed.sort
            or allowed.formatRows
            or allowed.formatColumns
            or allowed.formatCells
        )


def test_the_ledger_is_not_protected_at_all(book: Workbook) -> None:
    sheet = book[LEDGER]

    assert not sheet.protection.sheet
    assert sheet.max_row == FIRST + 499
    assert not any(cell.protection.locked for cell in rows_between(sheet, FIRST, sheet.max_row))
    assert not any(sheet.column_dimensions[letter].protection.locked for letter in "ABCDEFGHIJKLMNOPQRSTUVW")


def test_twenty_rows_of_the_ledger_are_seen_and_the_others_unfold_step_by_step(book: Workbook) -> None:
    sheet = book[LEDGER]
    about = [sheet.row_dimensions[row] for row in range(FIRST, FIRST + 500)]

    assert [row.hidden for row in about] == [False] * 20 + [True] * 480
    levels = [row.outlineLevel for row in about]
    assert [levels.count(level) for level in range(6)] == [20, 20, 40, 80, 160, 180]
    assert levels == sorted(levels)
    assert (
        not sheet.sheet_properties.outlinePr.summaryBelow
    )  # the sign stands beside the last row that is seen


def row_tags(package: bytes, sheet: str) -> dict[int, str]:
    """Start tags of the rows of a sheet by number, as they stand in the file."""
    parts = read_parts(package)
    part = next(part for title, part in sheet_parts(parts) if title == sheet)
    return {int(found[1]): found[0] for found in re.finditer(r'<row r="(\d+)"[^>]*>', parts[part].decode())}


def test_rows_that_people_write_in_are_as_high_as_needed_and_may_grow() -> None:
    package = stamped(sample_checklist(20, types=GROUP))
    for sheet in (DAY, WEEK, MONTH, QUARTER, LEDGER, "备查资料"):
        tags = row_tags(package, sheet)
        found = load_workbook(io.BytesIO(package))[sheet]
        signed = {cell.row for cell in found["C"] if str(cell.value).endswith("（签名）")}
        written = {*range(FIRST, max(tags) + 1)} - signed
        assert all(' ht="' in tags[row] for row in written), sheet
        assert not any("customHeight" in tags[row] for row in written), sheet
        assert all("customHeight" in tags[row] for row in signed) and bool(signed) is (sheet == DAY)


@pytest.mark.parametrize(
    "particulars", [{}, {"name": "", "code": "", "address": "", "person": "", "phone": ""}]
)
def test_cells_of_who_it_is_are_open_where_they_are_empty(particulars: dict[str, str]) -> None:
    told = {
        "code": "91140522MA0XXXXX1X",
        "address": "某街12号",
        "person": "张某",
        "phone": "0356",
        **particulars,
    }
    sheet = opened(sample_checklist(8, **told))["说明"]
    places = {"name": "B2", "code": "B3", "address": "B4", "person": "B5", "phone": "D5"}

    for name, cell in places.items():
        assert sheet[cell].protection.locked is bool(told.get(name, "某店")), name
        assert (sheet[cell].fill.fill_type is None) is not sheet[cell].protection.locked
    assert sheet["C2"].protection.locked is sheet["B2"].protection.locked  # merged with it
    assert sheet["D3"].protection.locked and sheet["B6"].protection.locked
    assert all(sheet[f"F{row}"].protection.locked for row in range(1, 10))


def test_only_what_is_missing_is_open() -> None:
    sheet = opened(sample_checklist(8, code="", phone="0356"))["说明"]

    assert [sheet[cell].protection.locked for cell in ("B2", "B3", "D5")] == [True, False, True]


def test_every_drawing_has_the_prefix_that_other_programs_look_for() -> None:
    for package in (stamped(sample_checklist(8)), TEMPLATE.read_bytes()):
        drawings = [
            content for name, content in read_parts(package).items() if name.startswith("xl/drawings/drawing")
        ]
        assert len(drawings) == 1
        root = etree.fromstring(drawings[0])
        assert root.prefix == "xdr"
        namespace = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
        own = [element for element in root.iter() if etree.QName(element).namespace == namespace]
        assert {element.prefix for element in own} == {"xdr"} and len(own) > 8


def test_ids_and_fingerprint_ride_in_hidden_locked_cells(book: Workbook) -> None:
    fingerprint = sample_checklist(42, asks=3, facts=LARGE).fingerprint
    for name in (DAY, WEEK, MONTH):
        sheet = book[name]
        number = column(sheet, "检查项编号")
        letter = sheet.cell(FIRST, number).column_letter
        assert sheet.column_dimensions[letter].hidden
        assert sheet.cell(FIRST, number).protection.locked
        assert str(sheet.cell(1, number).value).replace("-", "") == fingerprint
    guide = book["说明"]
    told = {row[4].value: row[5].value for row in guide.iter_rows(max_row=9)}
    assert all(guide.column_dimensions[letter].hidden for letter in "EF")
    assert str(told["指纹"]).replace("-", "") == fingerprint and told["所在地"] == "阳城县"


# ---------------------------------------------------------------- on paper


@pytest.mark.parametrize(
    ("name", "paper", "orientation"),
    [
        ("说明", 9, "portrait"),
        (DAY, 9, "landscape"),
        (WEEK, 9, "landscape"),
        (MONTH, 9, "landscape"),
        (QUARTER, 9, "landscape"),
        (LEDGER, 8, "landscape"),
        ("备查资料", 9, "portrait"),
        ("统计", 9, "landscape"),
        ("依据", 9, "landscape"),
    ],
)
def test_every_sheet_prints_one_page_wide_with_its_head_on_each_page(
    name: str, paper: int, orientation: str
) -> None:
    sheet = opened(sample_checklist(20, types=GROUP))[name]

    assert int(sheet.page_setup.paperSize) == paper and sheet.page_setup.orientation == orientation
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert "&P" in sheet.oddFooter.right.text and sheet.oddFooter.center.text.endswith(
        "检查提示用，不作处罚依据"
    )
    assert ("主要负责人（签名）" in sheet.oddFooter.center.text) is (name in (MONTH, LEDGER, "统计"))
    assert "编号 20261122-" in sheet.oddFooter.left.text and "指纹 " in sheet.oddFooter.left.text
    first, last = sheet.print_title_rows.replace("$", "").split(":")
    assert any(
        "单位" in str(cell.value) for cell in rows_between(sheet, int(first), int(last))
    )  # on every printed page


def test_no_row_is_too_low_for_its_text() -> None:
    checked = 0
    for sheet in opened(sample_checklist(30, asks=5)):
        widths = {
            letter: found.width for letter, found in sheet.column_dimensions.items() if not found.hidden
        }
        for cell in rows_between(sheet, FIRST, sheet.max_row):
            if (
                cell.data_type == "s"
                and cell.alignment.wrap_text
                and cell.coordinate not in sheet.merged_cells
            ):
                points, width = cell.font.sz, widths.get(cell.column_letter, 0) * 5.25
                lines = sum(
                    math.ceil(points * ems(line) / width) for line in str(cell.value).split("\n") if width
                )
                height = sheet.row_dimensions[cell.row].height or 15
                assert height >= lines * points * 1.15, (sheet.title, cell.coordinate)
                checked += lines > 1
    assert checked > 50


def ems(text: str) -> float:
    return sum(0.5 if char.isascii() else 1 for char in text)


def test_a_row_is_never_higher_than_excel_allows() -> None:
    long = replace(sample_checklist(12), known="；".join(["某属性：是（按通常情况）"] * 400))

    heights = [found.height for found in opened(long)["说明"].row_dimensions.values() if found.height]

    assert max(heights) <= 409


# ---------------------------------------------------------------- enterprise and bytes

HOSTILE = [
    "=1+1",
    "+SUM(A1)",
    "-1",
    "@cmd",
    "<a>&amp;<b>",
    "A&B&P&D",
    '\', "引号"',
    "店" * 300,
    "𠮷野家🔥",
    "a\tb\nc\x07",
    "{{ 7*7 }}",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_a_text_whatever_it_looks_like(name: str) -> None:
    values = field_values(sample_checklist(8, name=name))
    book = opened(sample_checklist(8, name=name))

    cell = book["说明"]["B2"]
    assert cell.data_type == "s" and str(cell.value) == values["name"]
    for sheet in book:
        assert MARK.search("".join(texts(sheet))) is None
        for part in (sheet.oddHeader, sheet.oddFooter):
            assert name not in "".join(filter(None, (part.left.text, part.center.text, part.right.text)))


def test_a_blank_form_has_room_for_the_name() -> None:
    book = opened(sample_checklist(8, name=""))

    room = book["说明"]["B2"]
    assert not str(room.value).strip() and not room.protection.locked
    assert str(book[MONTH]["A3"].value).startswith("单位：" + "＿" * 6)


def test_enterprises_that_share_a_list_share_the_plate() -> None:
    one = sample_checklist(10, name="甲", address="某街", code="1" * 18)
    other = sample_checklist(10, name="乙 & 丙", phone="110")

    assert filled_parts("企业自查工作簿", one) == filled_parts("企业自查工作簿", other)


def test_the_same_inputs_give_the_same_bytes_in_another_process() -> None:
    program = (
        "import hashlib, sys; sys.path.insert(0, '.');"
        "from tests.test_excel import *;"
        "print(hashlib.sha256(stamped(sample_checklist(12, asks=1, types=GROUP))).hexdigest())"
    )

    told = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    ]

    assert told[0] == told[1] and len(told[0]) == 65


def test_the_file_tells_its_day_and_not_the_clock() -> None:
    core = zipfile.ZipFile(io.BytesIO(stamped(sample_checklist(8)))).read("docProps/core.xml").decode()

    assert core.count("2026-11-22T00:00:00Z") == 2
    assert "企业安全生产自查工作簿 阳城县某某商贸有限公司某某饭店" in core
