"""重大事故隐患判定 on paper and in the workbook, and the month of a small place: what stands there, what is read back."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries

from checklists.checklist.build import Checklist, Order, checklist_for
from checklists.checklist.standards import PrintedCriterion, criteria_on_paper
from checklists.documents.fields import field_values
from checklists.documents.plate import make_plate, stamp
from checklists.models import Enterprise
from tests.sample import filled_parts, finished, sample_checklist
from tests.tampering import ACROSS, BOOK, DAY, LIST, in_book, installed, judged

CRITERIA, REST, MONTH, LEDGER, FIRST = "重大隐患判定", "其余检查项", "厂矿月查", "隐患台账", 5
HEADING = "重大事故隐患判定（摘要，以官方文本为准）"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def asked(kind: str, on: datetime.date = DAY) -> Checklist:
    enterprise = Enterprise(place="阳城县", types=(kind,))
    return checklist_for(installed().library, enterprise, Order(on))


def package(document: str, checklist: Checklist) -> bytes:
    parts = filled_parts(document, checklist)
    return stamp(make_plate(parts), field_values(checklist))


@cache
def paper(kind: str, on: datetime.date = DAY, document: str = LIST) -> str:
    """Texts of the paper, a paragraph a line, tables included."""
    opened = Document(io.BytesIO(package(document, asked(kind, on))))
    paragraphs = opened.element.body.iter(f"{W}p")
    return "\n".join("".join(text.text or "" for text in one.iter(f"{W}t")) for one in paragraphs)


@cache
def book_of(kind: str) -> bytes:
    return package(BOOK, asked(kind))


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


# ---------------------------------------------------------------- on paper


@pytest.mark.parametrize("document", [LIST, ACROSS])
def test_a_coal_mine_has_a_sheet_of_its_own_behind_the_list(document: str) -> None:
    text = paper("underground-coal-mine", DAY, document)
    before, _, sheet = text.partition(HEADING)
    sheet = sheet.partition("附录一")[0]

    line = "检查日2026-11-22适用：应急管理部令第21号《煤矿重大事故隐患判定标准》（2026-07-01起；此前应急管理部令第4号）"
    assert line in sheet
    assert "（签名）" in before.rpartition("检查发现的问题")[2]
    assert sheet.count("□") == 90
    assert "本页列30条，全部在企业自查工作簿“重大隐患判定”表" in sheet
    assert sheet.count("疑似，待判定") == 2
    assert "▲ 按判定标准，不符合即疑似重大" in before
    assert "应查 40 项" in before


def test_the_sheet_begins_a_page() -> None:
    body = Document(io.BytesIO(package(LIST, asked("underground-coal-mine"))))
    heading = next(one for one in body.paragraphs if one.text == HEADING)

    assert heading.paragraph_format.page_break_before


def test_the_day_before_the_new_standard_a_coal_mine_is_told_to_bring_the_old_one() -> None:
    old = paper("underground-coal-mine", datetime.date(2026, 6, 30))
    new = paper("underground-coal-mine", datetime.date(2026, 7, 1))

    assert HEADING not in old
    assert "《煤矿重大事故隐患判定标准》（应急管理部令第4号" in old
    assert "▲ 该标准条文未收录，由人对照原文" in old
    assert "第21号" not in old.partition("令第4号")[0]
    assert HEADING in new
    assert "应急管理部令第4号，" not in new


def test_a_hazardous_chemicals_plant_sees_both_standards_from_the_day_of_the_new_one() -> None:
    before = paper("hazchem-producer", datetime.date(2026, 9, 29))
    after = paper("hazchem-producer", datetime.date(2026, 9, 30))

    assert "安监总管三〔2017〕121号" in before
    assert "（AQ 3067-2026，" not in before
    assert "安监总管三〔2017〕121号《" in after
    assert "（AQ 3067-2026，2026-09-30起）：条文未收录，请带原文" in after
    assert "是否继续适用，以发布机关公告为准" in after


def test_criteria_of_several_standards_say_which_they_are_of() -> None:
    sheet = paper("hazchem-producer").partition(HEADING)[2]

    assert "甲　检查日2026-11-22适用：安监总管三〔2017〕121号《" in sheet
    assert "乙　检查日2026-11-22适用：GB 45067-2024《" in sheet
    assert "\n甲 第" in sheet
    assert "\n乙 4." in sheet
    assert "甲 第" not in paper("underground-coal-mine")


def test_a_place_that_only_a_standard_not_held_binds_has_a_line_and_no_sheet() -> None:
    text = paper("catering-gas-user")

    assert HEADING not in text
    assert text.count("条文未收录") == 2  # the legend of ▲, and the line
    assert "《重大火灾隐患判定规则》（GB 35181-2025，2025-11-01起）：条文未收录" in text
    assert "疑似，待判定" not in text


def criterion(number: int, article: str, **told: bool) -> PrintedCriterion:
    known = {"key": False, "sure": True, "own": True, "named": False, "one_of_many": False} | told
    return PrintedCriterion(
        number=number,
        standard="第1号",
        sign="",
        article=article,
        text="情形",
        see="看",
        where="资料",
        numbers="",
        paper_numbers="",
        **known,
    )


def on_paper(*criteria: PrintedCriterion) -> list[int]:
    return [one.number for one in criteria_on_paper(criteria)]


def test_the_paper_takes_the_first_case_of_every_point_key_ones_first_and_the_articles_in_turn() -> None:
    cases = [criterion(number, f"第一条（一）{number}", key=True) for number in range(1, 21)]
    points = [criterion(number, f"第二条（{number}）") for number in range(21, 61)]
    later = [criterion(number, f"第{number}条") for number in range(61, 66)]

    assert on_paper(*cases, *points, *later) == [1, *range(21, 45), *range(61, 66)]
    assert on_paper(*cases, *later) == [*range(1, 21), *range(61, 66)]


@pytest.mark.parametrize("last", ["sure", "own"])
def test_what_hangs_on_a_question_and_what_is_said_to_another_trade_comes_last(last: str) -> None:
    others = [criterion(number, f"第{number}条", key=True, **{last: False}) for number in range(1, 31)]
    first = [criterion(number, f"第{number}条") for number in range(31, 51)]

    assert on_paper(*others, *first) == [*range(1, 11), *range(31, 51)]


def test_what_hangs_on_one_of_many_choices_is_left_to_the_workbook() -> None:
    others = [criterion(number, f"第{number}条", sure=False, one_of_many=True) for number in range(1, 6)]

    assert on_paper(*others, criterion(6, "第六条", sure=False)) == [6]


def test_a_factory_sees_the_criteria_of_its_own_sector_only() -> None:
    whole = paper("general-factory").partition(HEADING)[2]

    assert "转炉" not in whole and "特种作业人员未按规定" in whole


def test_what_is_said_to_the_trade_by_name_is_not_behind_what_surely_holds() -> None:
    named = [criterion(number, f"第{number}条", sure=False, named=True) for number in range(1, 11)]
    general = [criterion(number, f"第{number}条") for number in range(11, 51)]

    assert on_paper(*named, *general) == [*range(1, 31)]


# ---------------------------------------------------------------- in the workbook


def test_the_workbook_lists_every_criterion_and_the_ledger_offers_each() -> None:
    book = opened(book_of("underground-coal-mine"))
    sheet = book[CRITERIA]
    rows = list(sheet.iter_rows(min_row=FIRST, values_only=True))
    left, top, right, bottom = range_boundaries(book.defined_names["判定条款"].attr_text.rpartition("!")[2])
    offered = [row[0] for row in sheet.iter_rows(top, bottom, left, right, values_only=True)]
    rule = next(rule for rule in book[LEDGER].data_validations.dataValidation if rule.formula1 == "判定条款")

    assert len(rows) > 100
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    assert len(set(offered)) == len(offered) == len(rows)
    assert any("应急管理部令第21号第二十条（十六）：" in str(one) for one in offered)
    assert str(rule.sqref) == "N5:N5000"
    assert book[LEDGER]["N4"].value == "判定条款"
    assert "应急管理部令第21号" in str(sheet["A2"].value)
    assert "“突出”指" in str(sheet["A2"].value)


def test_the_three_answers_are_chosen_and_open() -> None:
    sheet = opened(package(BOOK, sample_checklist(30)))[CRITERIA]
    answers = next(rule for rule in sheet.data_validations.dataValidation if rule.type == "list")

    assert answers.formula1 == '"未发现,疑似,不涉及"'
    assert f"F{FIRST}" in answers.sqref
    assert sheet["F4"].value == "判定"
    assert not sheet[f"F{FIRST}"].protection.locked
    assert sheet[f"C{FIRST}"].protection.locked


def test_key_criteria_stand_first_and_then_those_of_each_place_together() -> None:
    sheet = opened(book_of("underground-coal-mine"))[CRITERIA]
    rows = [(str(row[2]).startswith("★"), row[1]) for row in sheet.iter_rows(FIRST, values_only=True)]
    places = [where for _, where in rows]

    assert rows[0][0]
    assert [key for key, _ in rows] == sorted((key for key, _ in rows), reverse=True)
    runs = [run for run, _ in groupby(rows)]
    assert len(runs) == len(set(runs))
    assert set(places) <= set(installed().library.vocabulary.where)


def test_without_criteria_there_is_neither_sheet_nor_drop_down() -> None:
    book = opened(book_of("catering-gas-user"))

    assert CRITERIA not in book.sheetnames
    sheet, _, cell = str(book.defined_names["判定条款"].attr_text).partition("!")
    assert book[sheet][cell.replace("$", "")].value is None
    assert all(rule.formula1 != "判定条款" for rule in book[LEDGER].data_validations.dataValidation)
    told = {row[0]: str(row[1]) for row in book["说明"].iter_rows(max_col=2, values_only=True)}
    assert "重大火灾隐患判定规则" in told["判定标准"]


# ---------------------------------------------------------------- small places


def numbers(book: Workbook, sheet: str) -> list[int]:
    return [row[0] for row in book[sheet].iter_rows(FIRST, values_only=True) if isinstance(row[0], int)]


def test_a_small_place_has_a_month_of_at_most_forty_rows_and_the_rest_on_one_sheet() -> None:
    checklist, book = asked("catering-gas-user"), opened(book_of("catering-gas-user"))
    month, rest = numbers(book, MONTH), numbers(book, REST)
    starred = {row.number for row in checklist.rows if row.key}

    assert len(month) <= 40
    assert starred <= set(month)
    assert sorted([*month, *rest]) == [row.number for row in checklist.rows]
    assert book.sheetnames == ["说明", MONTH, LEDGER, "统计", REST]
    assert book[REST]["A1"].value == "其余检查项（年内自行安排，不计入本月）"
    assert f"{REST} {len(rest)} 项" in str(book["说明"]["B12"].value)


def test_a_large_place_has_everything_in_its_month() -> None:
    checklist = sample_checklist(60, facts={"small-unit": False})
    book = opened(package(BOOK, checklist))

    assert REST not in book.sheetnames
    assert numbers(book, MONTH) == [row.number for row in checklist.rows]


# ---------------------------------------------------------------- read back


def put(sheet: str, at: str, value: str) -> Callable[[bytes], bytes]:
    def edit(book: Workbook) -> None:
        book[sheet][at].value = value

    return in_book(edit)


@cache
def small_book() -> bytes:
    return next(
        content for name, content in finished(asked("catering-gas-user")).items() if name.endswith(".xlsx")
    )


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        (put(REST, "G6", "不符合"), "相符"),
        (put(REST, "C6", "员工食堂每日晨检"), "不符"),
        (put(REST, "K6", "不用改"), "不符"),
    ],
    ids=["answered", "other content", "other remedy"],
)
def test_the_rest_of_a_small_place_is_read_back(
    tmp_path: Path, change: Callable[[bytes], bytes], answer: str
) -> None:
    assert judged(tmp_path, change(small_book()), BOOK).answer == answer


@cache
def plant_book() -> bytes:
    enterprise = Enterprise(place="阳城县", types=("hazchem-producer",))
    told = checklist_for(installed().library, enterprise, Order(DAY, 100, "消防"))
    return next(content for name, content in finished(told).items() if name.endswith(".xlsx"))


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        (put(CRITERIA, "F6", "疑似"), "相符"),
        (put(LEDGER, "N5", "1 安监总管三〔2017〕121号第十八项：动火"), "相符"),
        (put(CRITERIA, "C6", "控制室没有门"), "不符"),
        (put(CRITERIA, "E6", "第一百项"), "不符"),
    ],
    ids=["answered", "criterion picked", "other text", "other article"],
)
def test_the_criteria_are_read_back(tmp_path: Path, change: Callable[[bytes], bytes], answer: str) -> None:
    assert judged(tmp_path, change(plant_book()), BOOK).answer == answer
