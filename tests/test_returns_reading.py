"""Books that come back: not one answer lost, none invented, every twist told, the counts add up to the rows seen."""

from __future__ import annotations

import datetime
import hashlib
import os
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from checklists.problems import Position
from checklists.returns.book import read_book
from checklists.returns.returned import Return
from tests.damaged import parts_of, zipped
from tests.returned_books import (
    DAY,
    GUIDE,
    JUDGING,
    LEDGER,
    MONTH,
    PERIOD,
    TWISTS,
    answer,
    blank,
    cell_saying,
    column_of,
    fill_period,
    form,
    hazard,
    ids,
    opened,
    rows_by_content,
    saved,
    source_choice,
)

MEANS = {
    "符合": "符合",
    "√": "符合",
    "是": "符合",
    "合格": "符合",
    "符合要求": "符合",
    " 符合 ": "符合",
    "不符合": "不符合",
    "×": "不符合",
    "X": "不符合",
    "否": "不符合",
    "不合格": "不符合",
    "不涉及": "不涉及",
    "／": "不涉及",
    "": "",
    "基本符合": "?",
    "已整改": "?",
    "12": "?",
}
"""What an answer means; ? for one that nobody can be sure of."""
WORDS = sorted(MEANS)
BOOKS = int(os.environ.get("BOOKS", "12"))
"""How many books are filled at random, twisted and read; a hundred when asked for."""


def read(book: Workbook | bytes) -> Return:
    content = book if isinstance(book, bytes) else saved(book)
    return read_book(content, hashlib.sha256(content).hexdigest(), Position("一本.xlsx"))


def results(returned: Return) -> dict[str, str]:
    return {one.item: one.result for one in returned.answers if one.kind == "check"}


def filled(answers: dict[str, tuple[str, str]]) -> Workbook:
    book = opened(form())
    fill_period(book)
    for content, (word, fact) in answers.items():
        answer(book, content, word or None, fact)
    return book


@settings(max_examples=BOOKS, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(WORDS), min_size=12, max_size=12),
    st.lists(st.sampled_from(sorted(TWISTS)), max_size=4, unique=True),
    st.integers(0, 9999),
)
def test_no_answer_is_lost_and_none_is_invented(words: list[str], twists: list[str], seed: int) -> None:
    given_ = {
        content: (word, "缺两处" if word == "不符合" else "")
        for content, word in zip(ids(), words, strict=True)
    }
    book = filled(given_)
    key = hazard(
        book, 2, 发现日期=datetime.datetime(2026, 11, 5), 具体部位="后厨", 隐患描述="报警器不响", 级别="一般"
    )
    for twist in sorted(twists, key="sheets_renamed".__eq__):
        TWISTS[twist](book, random.Random(seed))

    returned = read(book)

    expected = {ids()[content]: MEANS[word] for content, (word, _) in given_.items() if word}
    clear = {item: result for item, result in expected.items() if result != "?"}
    assert {item: result for item, result in results(returned).items() if result} == clear
    odd = {item for item, result in expected.items() if result == "?"}
    assert {one.item for one in returned.answers if not one.result} == odd
    assert sum(one.verdict == "unclear" for one in returned.asides) == len(odd)
    assert [(one.key, one.told["隐患描述"]) for one in returned.entries] == [(key, "报警器不响")]
    assert returned.entries[0].told["发现日期"] == datetime.date(2026, 11, 5)
    assert returned.count.seen == returned.count.accepted + len(returned.asides)
    assert returned.month == "2026-11"
    if "properties_lost" not in twists:
        assert returned.firm.name == "某某饭店"


def test_every_row_that_is_printed_is_seen() -> None:
    printed = opened(form())
    rows = sum(len(set(rows_by_content(printed[name])) & set(ids())) for name in (MONTH, DAY, "车间周查"))
    sheet = printed[JUDGING] if JUDGING in printed.sheetnames else None
    situations = sheet.max_row - cell_saying(sheet, "序号").row if sheet else 0

    count = read(blank()).count

    assert (count.seen, count.blank) == (rows + situations, rows + situations)


# ---------------------------------------------------------------- twists that are told, by the cell


def first_two() -> tuple[str, str]:
    one, other, *_ = ids()
    return one, other


def as_formula(book: Workbook) -> None:
    answer(book, first_two()[0], '="符合"')


def merged_with_above(book: Workbook) -> None:
    sheet = book[MONTH]
    rows, column = sorted(rows_by_content(sheet).values()), column_of(sheet, "结果")
    sheet.cell(rows[0], column).value = "符合"
    sheet.merge_cells(start_row=rows[0], start_column=column, end_row=rows[1], end_column=column)


def fact_alone(book: Workbook) -> None:
    sheet = book[MONTH]
    sheet.cell(rows_by_content(sheet)[first_two()[0]], column_of(sheet, "不符合情况")).value = "坏了"


def own_line_without_number(book: Workbook) -> None:
    sheet = book[MONTH]
    at = rows_by_content(sheet)[first_two()[0]]
    sheet.insert_rows(at)
    sheet.cell(at, column_of(sheet, "检查内容")).value = "门口地砖松动"
    sheet.cell(at, column_of(sheet, "结果")).value = "不符合"


def said_twice(book: Workbook) -> None:
    answer(book, first_two()[0], "符合")
    copy = book.copy_worksheet(book[MONTH])
    copy.cell(rows_by_content(copy)[first_two()[0]], column_of(copy, "结果")).value = "不符合"


def day_nobody_reads(book: Workbook) -> None:
    answer(book, first_two()[0], "符合")
    sheet = book[MONTH]
    at = rows_by_content(sheet)[first_two()[0]]
    heads = cell_saying(sheet, "序号").row
    column = next(cell.column for cell in sheet[heads] if cell.value == "检查日期")
    sheet.cell(at, column).value = "上旬"


def odd_day_in_the_ledger(book: Workbook) -> None:
    hazard(book, 0, 隐患描述="插座松动", 发现日期="月初")


def two_of_one_key(book: Workbook) -> None:
    key = hazard(book, 0, 隐患描述="插座松动")
    hazard(book, 1, 隐患描述="灭火器过期", 编号=key)


def word_of_their_own(book: Workbook) -> None:
    hazard(book, 0, 隐患描述="插座松动", 状态="快了")


TOLD: dict[Callable[[Workbook], None], tuple[int, str]] = {
    as_formula: (1, "公式"),
    merged_with_above: (1, "合并"),
    fact_alone: (1, "没有写结果"),
    own_line_without_number: (1, "没有检查项编号"),
    said_twice: (2, "填得不一样"),
    day_nobody_reads: (1, "看不懂"),
    odd_day_in_the_ledger: (1, "看不懂是哪一天"),
    two_of_one_key: (1, "编号与"),
    word_of_their_own: (1, "不是清单里的词"),
}


@pytest.mark.parametrize("twist", TOLD, ids=lambda twist: twist.__name__)
def test_what_is_unclear_is_told_with_its_cell(twist: Callable[[Workbook], None]) -> None:
    book = opened(form())
    fill_period(book)
    assert read(book).asides == ()

    twist(book)
    returned = read(book)

    count, words = TOLD[twist]
    assert len(returned.asides) == count
    for one in returned.asides:
        assert one.verdict == "unclear" and words in one.reason
        assert one.cell and one.sheet
    assert returned.count.seen == returned.count.accepted + count


def test_the_same_row_twice_is_rejected_and_counted_once() -> None:
    book = opened(form())
    fill_period(book)
    answer(book, first_two()[0], "不符合", "缺一具")
    book.copy_worksheet(book[MONTH])

    returned = read(book)

    assert [one.result for one in returned.answers] == ["不符合"]
    assert [one.verdict for one in returned.asides] == ["rejected"]


def test_a_row_without_its_id_is_known_by_its_wording_on_another_sheet() -> None:
    book = opened(form())
    sheet = book[MONTH]
    content = next(text for text in rows_by_content(book["车间周查"]) if text in ids())
    answer(book, content, "符合")
    sheet.cell(rows_by_content(sheet)[content], column_of(sheet, "检查项编号")).value = None

    assert results(read(book)) == {ids()[content]: "符合"}


def test_a_hazard_keeps_its_item_wherever_its_row_goes() -> None:
    book = opened(form())
    content = first_two()[1]
    hazard(book, 4, 隐患描述="坏了", 来源项=source_choice(book, content))
    TWISTS["sorted_rows"](book, random.Random(3))

    (entry,) = read(book).entries

    assert entry.item == ids()[content]


def test_a_number_that_was_typed_for_the_source_means_the_row_of_that_number() -> None:
    book = opened(form())
    content = first_two()[1]
    sheet = book[MONTH]
    number = sheet.cell(rows_by_content(sheet)[content], column_of(sheet, "序号")).value
    hazard(book, 0, 隐患描述="坏了", 来源项=number)

    assert read(book).entries[0].item == ids()[content]


@pytest.mark.parametrize(
    ("written", "month"),
    [
        (datetime.datetime(2026, 10, 17), "2026-10"),
        (46_300, "2026-10"),
        ("2026年10月", "2026-10"),
        ("2026.10.3", "2026-10"),
        ("十月份", "2026-11"),
        (None, "2026-11"),
    ],
)
def test_the_month_is_read_as_people_write_it_or_told(written: Any, month: str) -> None:
    book = opened(form())
    label = cell_saying(book[GUIDE], "检查期间")
    book[GUIDE].cell(label.row, label.column + 1).value = written
    book[GUIDE].cell(label.row, label.column + 1).number_format = "General"

    returned = read(book)

    assert returned.month == month
    told = [one.code for one in returned.notices]
    assert ("returns-no-period" in told) == (month == "2026-11")


def test_the_day_sheet_is_read_mark_by_mark() -> None:
    book = opened(form())
    fill_period(book)
    sheet = book[DAY]
    content, number = next((text, at) for text, at in rows_by_content(sheet).items() if text in ids())
    heads = cell_saying(sheet, "序号").row
    days = {str(cell.value): cell.column for cell in sheet[heads]}
    for day, mark in (("3", "√"), ("4", "×"), ("5", "／"), ("6", "√")):
        sheet.cell(number, days[day]).value = mark

    answers = read(book).answers

    assert [(one.item, one.result, one.day) for one in answers] == [
        (ids()[content], result, PERIOD.date().replace(day=day))
        for day, result in ((3, "符合"), (4, "不符合"), (5, "不涉及"), (6, "符合"))
    ]


def test_names_signed_under_the_day_sheet_are_no_answers() -> None:
    book = opened(form())
    sheet = book[DAY]
    line = cell_saying(sheet, "早班检查人")
    sheet.cell(line.row, line.column + 1).value = "张三"

    returned = read(book)

    assert (returned.answers, returned.asides) == ((), ())


def test_another_firms_name_over_the_printed_one_is_told() -> None:
    book = opened(form())
    label = next(cell for row in book[GUIDE].iter_rows(max_col=1) for cell in row if cell.value == "单位名称")
    book[GUIDE].cell(label.row, 2).value = "隔壁饭店"

    returned = read(book)

    assert "returns-firm-differs" in [one.code for one in returned.notices]


def test_the_ledger_has_more_rows_than_were_prepared() -> None:
    book = opened(form())
    sheet = book[LEDGER]
    sheet.cell(sheet.max_row + 3, column_of(sheet, "隐患描述")).value = "井盖松动"

    assert [one.told["隐患描述"] for one in read(book).entries] == ["井盖松动"]


def test_it_reads_what_is_sent_out_by_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "本.xlsx").write_bytes(blank())
    assert read((tmp_path / "本.xlsx").read_bytes()).serial


# ---------------------------------------------------------------- as other programs write the same book (imitated in XML)


def in_parts(content: bytes, change: Callable[[str, str], str]) -> bytes:
    parts = parts_of(content)
    told = {
        name: change(name, part.decode()).encode()
        if name.startswith("xl/") and name.endswith(".xml") and "drawing" not in name and "chart" not in name
        else part
        for name, part in parts.items()
    }
    return zipped(told)


def as_excel(name: str, part: str) -> str:
    """Rich text with phonetics, spans and extensions on every row, as Excel writes them."""
    if name.endswith("sharedStrings.xml"):
        return re.sub(
            r"<si><t(?: [^>]*)?>([^<])([^<]*)</t></si>",
            r'<si><r><t xml:space="preserve">\1</t></r><r><rPr><b/><sz val="11"/></rPr>'
            r'<t xml:space="preserve">\2</t></r><rPh sb="0" eb="1"><t>ビ</t></rPh><phoneticPr fontId="1"/></si>',
            part,
        )
    if "/worksheets/" in name:
        more = (
            ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac"'
            ' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
        )
        part = part.replace("<worksheet ", f"<worksheet{more} ", 1)
        return part.replace("<row ", '<row spans="1:18" x14ac:dyDescent="0.2" ')
    return part


def as_wps(name: str, part: str) -> str:
    """Attributes in another order, texts as results of nothing, an extension at the end, as WPS writes them."""
    if "/worksheets/" not in name:
        return part
    part = re.sub(r'<c r="([A-Z]+\d+)" s="(\d+)" t="(\w+)"', r'<c r="\1" t="\3" s="\2"', part)
    more = '<extLst><ext uri="{0}" xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/></extLst>'
    return part.replace("</worksheet>", f"{more}</worksheet>") if "<extLst>" not in part else part


def with_prefix(name: str, part: str) -> str:
    """Every element with a prefix, as the Open XML SDK writes it."""
    if "/worksheets/" not in name and not name.endswith(("workbook.xml", "sharedStrings.xml")):
        return part
    part = re.sub(r"<(/?)([A-Za-z])", r"<\1x:\2", part)
    return part.replace(' xmlns="', ' xmlns:x="')


def places_left_out(name: str, part: str) -> str:
    """No row says its number; every cell still says where it is."""
    return re.sub(r'<row r="\d+"', "<row", part) if "/worksheets/" in name else part


@pytest.mark.parametrize(
    "write", [as_excel, as_wps, with_prefix, places_left_out], ids=lambda way: way.__name__
)
def test_the_same_book_as_another_program_writes_it(write: Callable[[str, str], str]) -> None:
    one, other = first_two()
    book = filled({one: ("不符合", "缺两处"), other: ("√", "")})
    key = hazard(book, 0, 发现日期=datetime.datetime(2026, 11, 5), 隐患描述="报警器不响")
    plain = saved(book)
    written = in_parts(plain, write)
    assert parts_of(written) != parts_of(plain)

    returned = read(written)

    assert results(returned) == {ids()[one]: "不符合", ids()[other]: "符合"}
    assert [answer.fact for answer in returned.answers] == ["缺两处", ""]
    assert [(entry.key, entry.told["发现日期"]) for entry in returned.entries] == [
        (key, datetime.date(2026, 11, 5))
    ]
    assert (returned.firm.name, returned.month, returned.asides) == ("某某饭店", "2026-11", ())


def test_nobody_checked_what_nobody_has_signed() -> None:
    """Above the ids the sheet says its serial, which is no name, wherever the columns are."""
    one, _ = first_two()
    for twist in ("sorted_rows", "columns_moved"):
        book = filled({one: ("符合", "")})
        TWISTS[twist](book, random.Random(9))

        assert [answer.by for answer in read(book).answers] == [""], twist


def test_who_has_signed_above_the_table_has_checked() -> None:
    one, _ = first_two()
    book = filled({one: ("符合", "")})
    label = cell_saying(book[MONTH], "检查人（")
    book[MONTH].cell(label.row, label.column + 1).value = "张三"

    assert [answer.by for answer in read(book).answers] == ["张三"]
