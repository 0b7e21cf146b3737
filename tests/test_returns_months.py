"""Four firms over three months with hazards whose stories are known: states, recurrence, figures, lists and papers.

What is expected is told by the stories alone; cells of books, ledger and papers are found by printed words.
"""

from __future__ import annotations

import datetime
import io
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from checklists.documents.catalogue import FROM_FINDINGS
from checklists.documents.verify.remake import Installed
from checklists.documents.verify.verify import verify
from checklists.problems import Problem
from checklists.returns.ledger import ledger
from checklists.returns.papers import papers_of
from tests.returned_books import (
    MONTH,
    TWISTS,
    answer,
    collected_in,
    fill_period,
    form,
    hazard,
    ids,
    library,
    opened,
    rows_by_content,
    saved,
    source_choice,
)
from tests.sample import ROOT

MONTHS = (9, 10, 11)
TODAY = datetime.date(2026, 12, 1)
FIRMS = {
    "甲饭店": "911400000000000001",
    "乙饭店": "911400000000000002",
    "丙宾馆": "911400000000000003",
    "丁商场": "",
}
OPEN, WAITING, SHUT = "整改中", "待验收", "已验收销号"


@dataclass
class Known:
    """A hazard as it truly is on the day of the ledger."""

    firm: str
    content: str
    what: str
    state: str
    found: datetime.date
    level: str = "一般"
    source: str = "企业自查"
    registered: bool = True
    overdue: int = 0
    days: int = 0
    recurring: bool = False
    twice: bool = False
    criterion: str = ""


def at(month: int, day: int) -> datetime.date:
    return datetime.date(2026, month, day)


def moment(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time())


class House:
    """The three books of one firm while its stories are written into them."""

    def __init__(self, firm: str) -> None:
        self.firm = firm
        self.books = {month: self._book(month) for month in MONTHS}
        self.next_row = dict.fromkeys(MONTHS, 0)
        self.known: list[Known] = []

    def _book(self, month: int) -> Workbook:
        book = opened(form(self.firm, FIRMS[self.firm], f"2026-{month:02}-10"))
        fill_period(book, datetime.datetime(2026, month, 1))
        return book

    def says(self, month: int, content: str, result: str, fact: str, day: int) -> None:
        answer(self.books[month], content, result, fact)
        sheet = self.books[month][MONTH]
        heads = {str(cell.value): cell.column for row in sheet.iter_rows(max_row=5) for cell in row}
        cell = sheet.cell(rows_by_content(sheet)[content], heads["检查人"] - 1)
        cell.value = moment(at(month, day))

    def row(self, month: int, key: str, content: str, **told: Any) -> str:
        book = self.books[month]
        more = {"编号": key} if key else {}
        written = {
            head: moment(value) if isinstance(value, datetime.date) else value for head, value in told.items()
        }
        found = hazard(book, self.next_row[month], **more, **written, 来源项=source_choice(book, content))
        self.next_row[month] += 1
        return found

    def what(self, content: str) -> str:
        return f"{self.firm}的第{len(self.known) + 1}处：{content[:6]}"


# ---------------------------------------------------------------- the stories

Story = Callable[[House, str], Iterable[Known]]


def closed(house: House, content: str) -> Iterable[Known]:
    """Found in September, put right in October, accepted in November."""
    what, found = house.what(content), at(9, 12)
    about = {"来源": "企业自查", "隐患描述": what, "发现日期": found, "级别": "一般", "时限": at(10, 1)}
    house.says(9, content, "不符合", what, 12)
    key = house.row(9, "", content, **about)
    house.row(10, key, content, **about, 整改完成=at(9, 30))
    house.row(11, key, content, **about, 整改完成=at(9, 30), 验收人="王五", 验收日期=at(11, 3), 状态=SHUT)
    yield Known(house.firm, content, what, SHUT, found, days=52)


def denied(house: House, content: str) -> Iterable[Known]:
    """Put right and looked at again: not well. No acceptance closes it."""
    what, found = house.what(content), at(10, 8)
    about = {"来源": "企业自查", "隐患描述": what, "发现日期": found, "级别": "重大", "时限": at(11, 1)}
    key = house.row(10, "", content, **about)
    told = about | {"整改完成": at(11, 2), "复查结果": "不合格", "验收日期": at(11, 4), "验收人": "王五"}
    house.row(11, key, content, **told)
    yield Known(house.firm, content, what, WAITING, found, level="重大", days=54)


def overdue(house: House, content: str) -> Iterable[Known]:
    """Major, found by the office, reported to one of the two, and beyond its day."""
    what, found = house.what(content), at(10, 16)
    about = {"来源": "部门检查", "隐患描述": what, "发现日期": found, "级别": "重大", "时限": at(11, 1)}
    about |= {"报部门日期": at(10, 17), "责任人": "李四"}
    key = house.row(10, "", content, **about)
    house.row(11, key, content, **about)
    yield Known(house.firm, content, what, OPEN, found, "重大", "部门检查", overdue=30, days=46)


def reported(house: House, content: str) -> Iterable[Known]:
    """Major and reported to both; its day is still to come."""
    what, found = house.what(content), at(11, 20)
    about = {"来源": "企业自查", "隐患描述": what, "发现日期": found, "级别": "重大", "时限": at(12, 20)}
    house.row(11, "", content, **about, 报部门日期=at(11, 20), 报职代会日期=at(11, 21), 排查人="赵六")
    yield Known(house.firm, content, what, OPEN, found, "重大", days=11, twice=True)


def fit_later(house: House, content: str) -> Iterable[Known]:
    """Open in its row, and found well a month later: it waits for its acceptance."""
    what, found = house.what(content), at(9, 20)
    house.says(9, content, "不符合", what, 20)
    house.says(10, content, "符合", "", 18)
    about = {"来源": "企业自查", "隐患描述": what, "发现日期": found, "级别": "一般", "时限": at(9, 30)}
    key = house.row(9, "", content, **about)
    house.row(10, key, content, **about)
    house.row(11, key, content, **about)
    yield Known(house.firm, content, what, WAITING, found, overdue=62, days=72)


def never_registered(house: House, content: str) -> Iterable[Known]:
    """Twice found not well; no ledger has it."""
    what = house.what(content)
    house.says(9, content, "不符合", f"{what}（九月）", 9)
    house.says(11, content, "不符合", what, 9)
    yield Known(house.firm, content, what, OPEN, at(9, 9), level="", registered=False, days=83)


def again(house: House, content: str) -> Iterable[Known]:
    """Accepted in October, and there again in November."""
    first, found = house.what(content), at(9, 5)
    about = {"来源": "企业自查", "隐患描述": first, "发现日期": found, "级别": "一般"}
    key = house.row(9, "", content, **about)
    house.row(10, key, content, **about, 整改完成=at(10, 2), 验收日期=at(10, 9), 验收人="王五", 状态=SHUT)
    yield Known(house.firm, content, first, SHUT, found, days=34)
    second, back = f"{first}，又来", at(11, 6)
    house.says(11, content, "不符合", second, 6)
    house.row(11, "", content, 来源="举报", 隐患描述=second, 发现日期=back, 级别="一般", 排查人="匿名")
    yield Known(house.firm, content, second, OPEN, back, source="举报", days=25, recurring=True)


STORIES: tuple[Story, ...] = (
    closed,
    denied,
    overdue,
    reported,
    fit_later,
    never_registered,
    again,
)


def returned(folder: Path) -> tuple[Known, ...]:
    """The twelve books in a folder, those of October sorted and renamed, and the truth."""
    chance, truth = random.Random(14), []
    for number, firm in enumerate(FIRMS):
        house, contents = House(firm), list(ids())
        chance.shuffle(contents)
        stories = [one for place, one in enumerate(STORIES) if place % 4 != number]
        for story, content in zip(stories, contents, strict=False):
            for known in story(house, content):
                house.known.append(known)
        truth += house.known
        for month, book in house.books.items():
            for name in ("sorted_rows", "sheets_renamed") if month == 10 else ():
                TWISTS[name](book, chance)
            (folder / f"{firm}{month}月.xlsx").write_bytes(saved(book))
    return tuple(truth)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, tuple[Known, ...]]:
    folder = tmp_path_factory.mktemp("months")
    truth = returned(folder)
    return collected_in(folder, on=TODAY.isoformat()), truth


Case = tuple[Any, tuple[Known, ...]]


def test_every_hazard_is_as_its_story_tells(case: Case) -> None:
    collected, truth = case
    names = {firm.key: firm.firm.name for firm in collected.firms}

    found = {one.what: one for one in collected.hazards}

    assert len(found) == len(collected.hazards)
    assert set(found) == {one.what for one in truth}
    for known in truth:
        one = found[known.what]
        said = Known(
            names[one.firm], known.content, one.what, one.state, one.found, one.level, one.source,
            one.registered, one.overdue, one.days, one.recurring, one.reported_twice,
        )  # fmt: skip
        assert said == known
        assert one.item == ids()[known.content]


# ---------------------------------------------------------------- the ledger


@pytest.fixture(scope="module")
def book(case: Case) -> Workbook:
    return load_workbook(io.BytesIO(ledger(case[0], ROOT / "templates")))


def table(sheet: Worksheet, first_head: str) -> list[dict[str, Any]]:
    """Rows under the heads that begin so."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at_head = next(number for number, row in enumerate(rows) if row[0] == first_head)
    found = [dict(zip(rows[at_head], row, strict=True)) for row in rows[at_head + 1 :]]
    return [] if found and found[0][first_head] == "（无）" else found


def test_the_figures_are_those_of_a_recount(case: Case, book: Workbook) -> None:
    _, truth = case
    shown = {str(row[0].value): row[1].value for row in book["总览"].iter_rows() if row[0].value}
    majors = [one for one in truth if one.level == "重大"]

    assert shown["全部"] == len(truth)
    for state in (OPEN, WAITING, SHUT):
        assert shown[state] == sum(one.state == state for one in truth), state
    assert shown["全部重大"] == len(majors)
    assert shown["部门检查发现的"] == sum(one.source == "部门检查" for one in majors)
    share = sum(one.source == "企业自查" for one in majors) / len(majors)
    assert shown["企业自查发现重大事故隐患占比"] == pytest.approx(share)
    assert shown["每千次检查发现重大事故隐患数量"] in (None, "") or str(
        shown["每千次检查发现重大事故隐患数量"]
    ).startswith("=")


def test_the_lists_hold_what_they_say(case: Case, book: Workbook) -> None:
    _, truth = case

    def listed(sheet: str) -> list[str]:
        return sorted(row["隐患描述"] for row in table(book[sheet], "序号"))

    majors = [one for one in truth if one.level == "重大"]
    assert listed("隐患") == sorted(one.what for one in truth)
    assert listed("重大未双报告") == sorted(one.what for one in majors if not one.twice)
    assert listed("问题整改清单") == sorted(one.what for one in truth if one.source != "企业自查")
    assert listed("挂牌督办清单") == sorted(one.what for one in majors if one.state != SHUT)
    assert listed("追责问责清单") == sorted(one.what for one in majors if one.state != SHUT and one.overdue)


def test_every_enterprise_is_counted(case: Case, book: Workbook) -> None:
    _, truth = case
    rows = {str(row[0].value): [cell.value for cell in row] for row in book["按企业"].iter_rows(min_row=5)}

    for firm in FIRMS:
        own = [one for one in truth if one.firm == firm]
        states = [sum(one.state == state for one in own) for state in (OPEN, WAITING, SHUT)]
        assert rows[firm][1:6] == [1, len(own), *states], firm


# ---------------------------------------------------------------- the papers


@pytest.fixture(scope="module")
def papers(case: Case) -> dict[tuple[str, str], bytes]:
    """Bytes by enterprise and paper."""
    found = {}
    for made in papers_of(case[0], list(FROM_FINDINGS.values()), ROOT / "templates"):
        assert not isinstance(made, Problem)
        firm, _, paper, *_ = made[0].split("_")
        found[firm, paper] = made[1]
    return found


def words(package: bytes) -> str:
    document = Document(io.BytesIO(package))
    cells = [cell for one in document.tables for row in one.rows for cell in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *(cell.text for cell in cells)])


WANTED: dict[str, Callable[[Known], bool]] = {
    "整改通知": lambda one: one.state == OPEN,
    "复查表": lambda one: one.state != SHUT,
    "重大事故隐患双报告": lambda one: one.level == "重大" and one.state != SHUT,
    "隐患公示单": lambda one: one.state != SHUT,
    "隐患验收销号单": lambda one: one.state == WAITING,
}


def test_each_paper_has_the_hazards_of_its_firm_that_it_is_for(
    case: Case, papers: dict[tuple[str, str], bytes]
) -> None:
    _, truth = case
    for firm in FIRMS:
        own = [one for one in truth if one.firm == firm]
        for paper, is_for in WANTED.items():
            wanted = {one.what for one in own if is_for(one)}
            told = words(papers[firm, paper]) if (firm, paper) in papers else ""
            lines = {line for text in told.split("\n") for line in (text.lstrip("▲"),)}
            on_it = {one.what for one in truth if any(_says(line, one.what) for line in lines)}
            assert on_it == wanted, (firm, paper)


def _says(line: str, what: str) -> bool:
    rest = line.partition(what)[2]
    return what in line and not rest.startswith("，又来")


def test_a_major_hazard_is_reported_to_both_with_its_article_or_a_doubt(
    papers: dict[tuple[str, str], bytes],
) -> None:
    for firm in FIRMS:
        told = words(papers[firm, "重大事故隐患双报告"])
        assert "负有安全生产监督管理职责的部门" in told and "职工代表大会" in told
        assert "依据待核" in told


def test_a_draft_says_so_and_cannot_be_taken_for_a_form_made_from_the_rules(
    papers: dict[tuple[str, str], bytes], tmp_path: Path
) -> None:
    installed = Installed(library(), ROOT / "templates")
    for (firm, paper), content in papers.items():
        document = Document(io.BytesIO(content))
        head = "".join(
            cell.text for one in document.sections[0].header.tables for row in one.rows for cell in row.cells
        )
        assert "工作草稿" in head and firm in head, paper
        (tmp_path / f"{paper}.docx").write_bytes(content)
        verdict = verify(tmp_path / f"{paper}.docx", installed)
        assert verdict.answer == "未能核验"
        assert "verify-findings" in [one.code for one in verdict.problems]


def test_who_reported_something_stands_in_the_register_of_rewards_and_nobody_else(
    papers: dict[tuple[str, str], bytes], case: Case
) -> None:
    told = "\n".join(words(content) for (_, paper), content in papers.items() if paper == "隐患报告奖励登记")
    reported = {one.what for one in case[1] if one.source == "举报"}
    others = {one.what for one in case[1] if one.source == "企业自查"} - reported

    assert reported and all(what in told for what in reported)
    for what in reported:  # some begin with the words of an earlier hazard
        told = told.replace(what, "")
    assert others and not any(what in told for what in others)
