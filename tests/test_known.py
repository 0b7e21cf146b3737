"""「已知情况」: what was told of an enterprise and what its types suppose, as the paper and the workbook say it."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from checklists.checklist.build import Checklist, Order, checklist_for
from checklists.checklist.printed import printed
from checklists.models import Enterprise, FactValue
from checklists.rules.checks import sound_library
from checklists.rules.library import Library
from tests.sample import finished
from tests.small_rules import small_rules

LABEL = "已知情况"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = small_rules(tmp_path_factory.mktemp("rules"))
    return sound_library(folder / "rules", folder / "seeds")


def checklist(library: Library, types: tuple[str, ...], facts: dict[str, FactValue]) -> Checklist:
    """Of the small rules: an item of dust looks at 涉粉作业人数 and one at 高危行业, one of gas at 使用燃气 and one at 供气方式."""
    told = Enterprise(name="某厂", place="阳城县", types=types, facts=facts)
    return checklist_for(library, told, Order(datetime.date(2026, 11, 22)))


CASES: list[tuple[tuple[str, ...], dict[str, FactValue], str]] = [
    (("dust-plant",), {}, "按通常情况（不符的请改）：涉粉作业人数：3人"),
    (("dust-plant",), {"dust-workers": 12}, "涉粉作业人数：12人"),
    (
        ("dust-plant",),
        {"uses-gas": True},
        "使用燃气：是。按通常情况（不符的请改）：涉粉作业人数：3人",
    ),
    (
        ("dust-plant",),
        {"uses-gas": True, "gas-supply": "瓶装"},
        "使用燃气：是；供气方式：瓶装。按通常情况（不符的请改）：涉粉作业人数：3人",
    ),
    (
        ("dust-plant",),
        {"uses-gas": True, "gas-supply": "瓶装", "dust-workers": 7},
        "涉粉作业人数：7人；使用燃气：是；供气方式：瓶装",
    ),
    (("restaurant",), {"gas-supply": "瓶装"}, "供气方式：瓶装"),
    (
        ("restaurant", "dust-plant"),
        {"gas-supply": "瓶装"},
        "供气方式：瓶装。按通常情况（不符的请改）：涉粉作业人数：3人",
    ),
]


def told_beside(label: str, cells: Iterator[list[str]]) -> list[str]:
    """What stands in the cell behind each one with the label."""
    return [row[row.index(label) + 1] for row in cells if label in row]


def word_rows(package: bytes) -> Iterator[list[str]]:
    for table in Document(io.BytesIO(package)).tables:
        for row in table.rows:
            yield list(dict.fromkeys(cell.text for cell in row.cells))


def sheet_rows(package: bytes) -> Iterator[list[str]]:
    for sheet in openpyxl.load_workbook(io.BytesIO(package)).worksheets:
        for row in sheet.iter_rows(values_only=True):
            yield [str(value) for value in row if value is not None]


@pytest.mark.parametrize(("types", "facts", "known"), CASES, ids=range(len(CASES)))
def test_it_names_what_was_told_and_what_is_supposed_and_nothing_that_the_type_settles(
    library: Library, types: tuple[str, ...], facts: dict[str, FactValue], known: str
) -> None:
    assert printed(checklist(library, types, facts)).known == known


@pytest.mark.parametrize("landscape", [False, True], ids=["portrait", "landscape"])
@pytest.mark.parametrize(("types", "facts", "known"), [CASES[0], CASES[3]], ids=["supposed", "told"])
def test_it_stands_on_the_paper_and_in_the_workbook(
    library: Library, types: tuple[str, ...], facts: dict[str, FactValue], known: str, landscape: bool
) -> None:
    made = finished(checklist(library, types, facts), landscape=landscape)
    paper = next(content for name, content in made.items() if Path(name).suffix == ".docx")
    book = next(content for name, content in made.items() if Path(name).suffix == ".xlsx")

    assert told_beside(LABEL, word_rows(paper)) == [known]
    assert told_beside(LABEL, sheet_rows(book)) == [known]


def test_where_nothing_is_known_the_workbook_says_what_the_list_rests_on(library: Library) -> None:
    book = next(
        content
        for name, content in finished(checklist(library, ("restaurant",), {})).items()
        if "工作簿" in name
    )

    assert told_beside(LABEL, sheet_rows(book)) == ["按所选企业类型的通常情况选取"]
