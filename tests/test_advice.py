"""What the notices only encourage, or only name: how it is printed, and that no figure and no other paper counts it."""

from __future__ import annotations

import datetime
import io
from functools import cache

from docx import Document
from openpyxl import load_workbook

from checklists.checklist.build import Checklist, Order, checklist_for
from checklists.checklist.levels import EVERY_SHIFT, EVERY_WEEK, daily, monthly, of_level
from checklists.data import data_folder
from checklists.models import Enterprise
from checklists.rules.checks import sound_library
from tests.sample import finished

DAY = datetime.date(2026, 11, 22)
PARK = Enterprise(name="某某景区", place="交城县", types=("scenic-area",), facts={"amusement-rides": True})
FAILS = "不符合"


@cache
def whole(most: int | None = 0) -> Checklist:
    """All rows on the paper."""
    return checklist_for(
        sound_library(data_folder("rules"), data_folder("seeds")), PARK, Order(DAY, most=most)
    )


def says(row_id: str) -> set[str]:
    row = next(row for row in whole().rows if row.item.id == row_id)
    return {basis.says for basis in row.basis}


def content(ending: str) -> bytes:
    return next(told for name, told in finished(whole()).items() if name.endswith(ending))


def test_a_row_that_is_only_encouraged_cannot_be_failed() -> None:
    advice = [row for row in whole().rows if row.advice]

    assert advice
    for row in advice:
        assert says(row.item.id) == {"encourages"}
        assert FAILS not in row.standard
        assert not row.key
    assert not {row.item.id for row in whole(None).paper_rows} & {row.item.id for row in advice}


def test_no_sheet_of_the_month_and_no_level_has_advice() -> None:
    everything = whole()

    for rows in (
        daily(everything.rows),
        of_level(everything.rows, EVERY_SHIFT),
        of_level(everything.rows, EVERY_WEEK),
        monthly(everything),
    ):
        assert rows and not any(row.advice for row in rows)


def test_the_paper_gives_advice_boxes_of_its_own() -> None:
    advice = {row.content for row in whole().rows if row.advice}
    cells = [
        [cell.text for cell in row.cells]
        for table in Document(io.BytesIO(content(".docx"))).tables
        for row in table.rows
    ]
    boxed = [row for row in cells if len(row) == 7 and row[1] and row[3].startswith("□")]
    advised = [row for row in boxed if "已做" in row[3]]

    assert {row[1].partition("\n")[0] for row in advised} == advice
    for row in advised:
        assert (row[3], row[4], row[5]) == ("□\n已做", "□\n未做", "")
        assert "（建议，不计入结果）" in row[1]
    assert all(row[3:6] == ["□", "□", "□"] for row in boxed if row not in advised)


def test_the_workbook_has_advice_on_the_sheet_that_no_figure_counts() -> None:
    book = load_workbook(io.BytesIO(content(".xlsx")))
    advice = {row.content for row in whole().rows if row.advice}
    held = {
        sheet: [str(row[2].value).split("\n") for row in book[sheet].iter_rows(min_row=5) if row[2].value]
        for sheet in ("厂矿月查", "其余检查项")
    }
    (choices,) = [
        rule.formula1 for rule in book["其余检查项"].data_validations.dataValidation if rule.type == "list"
    ]

    assert {lines[0] for lines in held["其余检查项"]} == advice
    assert all("建议，不计入结果" in lines for lines in held["其余检查项"])
    assert not {lines[0].lstrip("★▲") for lines in held["厂矿月查"]} & advice
    assert choices.strip('"').split(",") == ["符合", "不符合", "不涉及", "已做", "未做"]


def test_a_row_whose_object_is_only_named_says_so() -> None:
    named = [row for row in whole().rows if row.named]
    text = "\n".join(
        cell.text
        for table in Document(io.BytesIO(content(".docx"))).tables
        for row in table.rows
        for cell in row.cells
    )

    assert named
    for row in named:
        assert says(row.item.id) <= {"names", "encourages"}
        assert not row.key
        assert f"{row.standard}（通知仅点到本领域，未列具体要求）" in text
