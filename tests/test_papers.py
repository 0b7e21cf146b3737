"""The other papers: filled from the shipped templates, opened again as Word would."""

from __future__ import annotations

import datetime
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from checklists.checklist.build import Checklist
from checklists.checklist.identity import grouped
from checklists.checklist.levels import MOST_A_PLACE
from checklists.documents.catalogue import ALL, PAPERS, documents_named
from checklists.documents.fields import field_values
from checklists.documents.make import fill_register
from checklists.documents.paper_rows import (
    REGISTER_ROWS,
    cards,
    documents,
    exam_questions,
    own_lines,
    posters,
)
from checklists.documents.paper_views import DocumentLine, RegisterEntry
from checklists.documents.papers import binding
from checklists.documents.plate import make_plate, read_parts, stamp
from checklists.notices.clauses import quote_stands
from checklists.problems import Refused
from checklists.rules.library import open_library
from checklists.rules.papers import load_papers
from tests.sample import ROOT, filled_parts, finished, sample_checklist
from tests.wordxml import W, body, text_of, word_parts

TEMPLATES = ROOT / "templates"
EVERY = pytest.mark.parametrize("name", list(PAPERS))
OF_ONE = pytest.mark.parametrize("name", [name for name in PAPERS if name != "自查表发放回收登记"])

EVERY_PAGE = ("安全风险告知卡", "重大事故隐患双报告", "隐患验收销号单")
"""Papers whose pages go apart: each says whence it is."""
WRITTEN = load_papers(ROOT / "rules")[0].written
DRAFTS = {
    "agency": "工作用稿，正式执法文书以本机关格式为准",
    "enterprise": "工作用稿，主管部门有统一格式的，以其格式为准",
}


def made(name: str, checklist: Checklist) -> bytes:
    paper = PAPERS[name]
    return stamp(make_plate(filled_parts(paper.name, checklist)), field_values(checklist))


def rows(package: bytes, head: str) -> list[list[str]]:
    """Cells of the rows under the head row that begins with ``head``."""
    for table in word_parts(package)["word/document.xml"].iter(f"{W}tbl"):
        told = [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
        if told[0][0] == head:
            return told[1:]
    raise AssertionError(f"no table begins with {head}")


def pages(package: bytes) -> int:
    """Pages that the document begins by itself."""
    breaks = word_parts(package)["word/document.xml"].iter(f"{W}pageBreakBefore")
    return 1 + sum(1 for _ in breaks)


# ---------------------------------------------------------------- every paper


@EVERY
def test_a_paper_opens_and_says_that_it_is_a_draft_and_what_it_is_not(name: str) -> None:
    package = made(name, sample_checklist(20))

    Document(io.BytesIO(package))
    told = body(package)
    foot = text_of(word_parts(package)["word/footer1.xml"])
    assert DRAFTS[PAPERS[name].holder] in told
    assert "作出行政处罚须另行援引法律、法规、规章条款" in told
    assert "检查提示用，不作处罚依据" in foot
    assert re.search("第 .* 页　共 .* 页", foot)


def test_the_drafts_of_an_agency_defer_to_its_own_forms() -> None:
    assert WRITTEN.drafts == DRAFTS


@OF_ONE
def test_a_paper_carries_the_serial_edition_and_fingerprint_of_the_checklist(name: str) -> None:
    checklist = sample_checklist(20, asks=2)
    package = made(name, checklist)

    head = text_of(word_parts(package)["word/header1.xml"])
    foot = text_of(word_parts(package)["word/footer1.xml"])
    hidden = read_parts(package)["docProps/custom.xml"].decode()

    assert checklist.serial in head
    for told in (checklist.edition, grouped(checklist.fingerprint)):
        assert told in foot
        assert told not in head
        assert told in hidden
    assert checklist.serial in hidden
    assert f">{name}<" in hidden
    assert checklist.enterprise.name in head


@pytest.mark.parametrize("name", ["现场检查方案", "现场检查记录", "备查资料清单", "现场抽考记录表"])
def test_a_paper_of_the_agency_says_where_the_enterprise_is(name: str) -> None:
    assert "山西省晋城市阳城县" in body(made(name, sample_checklist(5)))
    assert "山西省（未写市、县，市县要求未列入）" in body(made(name, sample_checklist(5, place="山西省")))


@EVERY
def test_a_paper_prints_the_words_of_the_notices_that_ask_for_it(name: str) -> None:
    checklist = sample_checklist(8)

    package = made(name, checklist)
    told = body(package) + text_of(word_parts(package)["word/footer1.xml"])

    assert bool(binding(name, checklist)) == bool(WRITTEN.papers[name].basis)
    for basis in binding(name, checklist):
        assert told.count(basis.quote) == (pages(package) if name in EVERY_PAGE else 1)


def test_every_quote_stands_in_the_clause_it_names() -> None:
    library, _ = open_library(ROOT / "rules", ROOT / "seeds")

    assert set(WRITTEN.papers) == set(PAPERS)
    for name, bases in ((name, words.basis) for name, words in WRITTEN.papers.items()):
        years = [library.notices[basis.notice].year for basis in bases]
        assert years == sorted(years, reverse=True), name
        for basis in bases:
            assert quote_stands(library.clauses[basis.notice][basis.clause], basis.quote), (name, basis)


def test_a_countys_own_words_are_printed_in_that_county_only() -> None:
    there = body(made("现场抽考记录表", sample_checklist(8, place="陵川县")))
    elsewhere = body(made("现场抽考记录表", sample_checklist(8, place="阳城县")))

    assert "逢查必考" in there
    assert "逢查必考" not in elsewhere


def test_a_notice_is_not_printed_before_it_was_given() -> None:
    early = sample_checklist(8, on=datetime.date(2024, 12, 31), facts={"key-industry": True})

    assert "shanxi-2025" not in [basis.notice for basis in binding("承诺书（主要负责人）", early)]
    late = sample_checklist(8, facts={"key-industry": True})
    assert "shanxi-2025" in [basis.notice for basis in binding("承诺书（主要负责人）", late)]


@EVERY
def test_same_input_gives_the_same_bytes(name: str) -> None:
    assert made(name, sample_checklist(12)) == made(name, sample_checklist(12))


@EVERY
def test_no_field_is_left(name: str) -> None:
    for part, root in word_parts(made(name, sample_checklist(12, asks=2))).items():
        assert not re.search(r"[{}]|[\ue000-\uf8ff]", text_of(root)), part


@EVERY
def test_cells_are_as_wide_as_the_grid_columns_they_span(name: str) -> None:
    for root in word_parts(made(name, sample_checklist(12, asks=2))).values():
        for table in root.iter(f"{W}tbl"):
            grid = [int(column.get(f"{W}w") or 0) for column in table.iter(f"{W}gridCol")]
            for row in table.iter(f"{W}tr"):
                at = 0
                for cell in row.iterchildren(f"{W}tc"):
                    found = cell.find(f"{W}tcPr/{W}gridSpan")
                    span = int(found.get(f"{W}val") or 1) if found is not None else 1
                    width = cell.find(f"{W}tcPr/{W}tcW")
                    assert width is not None
                    assert int(width.get(f"{W}w") or 0) == pytest.approx(sum(grid[at : at + span]), abs=3)
                    at += span
                assert at == len(grid)


@OF_ONE
def test_a_hostile_name_is_printed_as_it_is(name: str) -> None:
    hostile = '<w:p>&"{{7*7}}{%if%}某店\x00\ue000n\ue001'

    head = text_of(word_parts(made(name, sample_checklist(5, name=hostile)))["word/header1.xml"])

    assert '<w:p>&"{{7*7}}{%if%}某店 n' in head


@OF_ONE
def test_a_blank_form_is_written_on_rules_and_not_on_dashes(name: str) -> None:
    parts = word_parts(made(name, sample_checklist(5, name="")))

    assert "单位名称：" in text_of(parts["word/header1.xml"])
    assert not [part for part, root in parts.items() if "＿" in text_of(root)]


@pytest.mark.parametrize("name", ["现场检查记录", "备查资料清单", "现场抽考记录表"])
def test_both_sides_sign_every_page_of_what_is_found_on_a_visit(name: str) -> None:
    foot = text_of(word_parts(made(name, sample_checklist(5)))["word/footer1.xml"])

    assert "检查人员（签名）" in foot
    assert "被检查单位（签名）" in foot


@EVERY
def test_no_paper_tells_of_appeals_or_penalties(name: str) -> None:
    told = body(made(name, sample_checklist(12)))

    assert not re.search("行政复议|行政诉讼|申请复议|起诉|罚款|六十日|六个月内", told)


# ---------------------------------------------------------------- plan and record


def test_the_plan_walks_place_by_place_and_counts_every_row_once() -> None:
    checklist = sample_checklist(24, asks=3)

    stops = rows(made("现场检查方案", checklist), "顺序")

    assert [stop[1] for stop in stops] == list(dict.fromkeys(row.where for row in checklist.paper_rows))
    assert sum(int(stop[3]) for stop in stops) == checklist.on_paper
    assert sum(int(stop[4] or 0) for stop in stops) == sum(row.key for row in checklist.paper_rows)


def test_the_plan_asks_first_what_the_checklist_asks_first() -> None:
    checklist = sample_checklist(24, asks=3)

    assert checklist.questions[0].line in body(made("现场检查方案", checklist))
    assert "先 问 清" not in body(made("现场检查方案", sample_checklist(5)))


def test_the_record_has_a_line_for_every_place_and_room_for_problems() -> None:
    checklist = sample_checklist(24)

    found = rows(made("现场检查记录", checklist), "部位")
    troubles = rows(made("现场检查记录", checklist), "序号")

    places = list(dict.fromkeys(row.where for row in checklist.paper_rows))
    assert [line[0] for line in found[: len(places)]] == places
    assert [line[0] for line in troubles if line[0].isdigit()] == [str(number) for number in range(1, 9)]


# ---------------------------------------------------------------- documents and questions


def test_documents_are_those_of_the_rows_looked_up_with_their_numbers() -> None:
    checklist = sample_checklist(8)
    expected = [row for row in checklist.paper_rows if "查资料" in row.item.how]

    listed = [line for line in rows(made("备查资料清单", checklist), "序号") if line[0].isdigit()]

    assert expected != []
    assert {line[2] for line in listed if line[1]} == {str(row.number) for row in expected}
    assert all(line[4] == line[5] == "□" for line in listed)


def test_one_document_of_several_rows_is_listed_once() -> None:
    checklist = sample_checklist(24)

    told = [document.name for document in documents(checklist.rows)]

    assert len(told) == len(set(told))
    assert any("、" in document.numbers for document in documents(checklist.rows))


def test_photographs_are_the_inspectors_to_take_and_not_asked_for() -> None:
    told = [document.name for document in documents(sample_checklist(8).rows)]

    assert "电梯台账、更新改造计划" in told
    assert not any("照片" in name for name in told)


def test_documents_of_rows_left_out_are_counted() -> None:
    checklist = sample_checklist(24, most=5)
    rest = len(documents(checklist.rows)) - len(documents(checklist.paper_rows))

    told = body(made("备查资料清单", checklist))

    assert rest > 0
    assert f"另有备查资料 {rest} 种" in told


def test_five_people_get_three_questions_each() -> None:
    people = [line for line in rows(made("现场抽考记录表", sample_checklist(8)), "序号") if line[0].isdigit()]

    assert len(people) == 5
    assert all(sum("□对□错" in cell for cell in person) == 3 for person in people)


def test_questions_come_from_rows_that_ask_people() -> None:
    checklist = sample_checklist(24)
    asking = {row.number for row in checklist.rows if {"问人员", "抽考"} & set(row.item.how)}

    asked = exam_questions(checklist)

    assert {question.item for question in asked} <= asking
    assert asked[0].text == "消防控制室报警当日逐条有处置结果"


# ---------------------------------------------------------------- cards and posters


def test_a_card_a_place_with_thirty_one_days() -> None:
    checklist = sample_checklist(24, facts={"small-unit": False})
    daily = [row for row in checklist.rows if row.item.every == "shift"]
    package = made("班组日查卡", checklist)

    cards = rows(package, "项号")

    assert pages(package) == len({row.where for row in daily})
    assert all(len(line) == 34 for line in cards if line[1] != "")
    assert "31" in body(package)


def test_a_card_holds_as_many_rows_as_the_workbooks_daily_sheet_and_says_what_it_leaves() -> None:
    checklist = sample_checklist(40, every=("shift",), most=0, facts={"small-unit": False})
    crowded = max(
        sum(row.where == where for row in checklist.rows) for where in {row.where for row in checklist.rows}
    )

    package = made("班组日查卡", checklist)

    assert crowded > MOST_A_PLACE
    assert f"本部位另有 {crowded - MOST_A_PLACE} 项" in body(package)


def test_a_card_with_long_rows_has_fewer_of_them() -> None:
    """Ten rows of 8 mm fill a card; one of three lines takes 14.6 mm, so five at most stand on one."""
    short = sample_checklist(40, every=("shift",), most=0, facts={"small-unit": False})
    long = replace(short, rows=tuple(replace(row, question="五十字的条件" * 8) for row in short.rows))

    few, many = [
        [sum(bool(row.text) for row in card.rows) for card in cards(checklist)] for checklist in (long, short)
    ]

    assert max(few) <= 5 < max(many)
    assert sum(few) == sum(many)


def test_without_daily_rows_there_is_one_blank_card() -> None:
    package = made("班组日查卡", sample_checklist(5, every=("month", "quarter")))

    assert pages(package) == 1
    assert "部位：　　" in body(package)


def test_a_poster_tells_what_has_to_be_and_what_to_do_when_it_is_not() -> None:
    checklist = sample_checklist(8)
    risky = [row for row in checklist.rows if row.major and row.where != "资料"]

    package = made("安全风险告知卡", checklist)

    assert pages(package) == len({row.where for row in risky})
    for row in risky:
        assert row.item.content in body(package)
        assert row.item.rectify in body(package)


def test_papers_in_an_office_are_no_risk_at_a_place() -> None:
    assert "资料" not in [poster.where for poster in posters(sample_checklist(8).rows)]


def test_the_risks_of_a_place_are_shared_evenly_among_its_posters() -> None:
    risky = next(row for row in sample_checklist(8).rows if row.major and row.where != "资料")

    told = posters([replace(risky, number=number) for number in range(6)])

    assert [sum(bool(risk.title) for risk in poster.risks) for poster in told] == [3, 3]


def test_without_major_rows_there_is_one_blank_poster() -> None:
    package = made("安全风险告知卡", sample_checklist(3, every=("month",)))

    assert pages(package) == 1
    assert "部位：　　" in body(package)


def test_what_hangs_on_an_unknown_fact_says_so_on_card_and_poster() -> None:
    checklist = sample_checklist(8, asks=8)

    for name in ("班组日查卡", "安全风险告知卡"):
        assert "：否则划去）" in body(made(name, checklist))


# ---------------------------------------------------------------- pledges and register


def test_a_pledge_names_the_enterprises_own_starred_items_and_leaves_room() -> None:
    checklist = sample_checklist(8)

    told = body(made("承诺书（主要负责人）", checklist))

    assert "盯住本单位的要紧事项" in told
    assert "安全出口畅通" in told
    assert "另外承诺：" in told


def test_a_small_unit_does_not_pledge_departments_and_budgets_it_has_not() -> None:
    small = body(made("承诺书（主要负责人）", sample_checklist(8, facts={"small-unit": True})))
    other = body(made("承诺书（主要负责人）", sample_checklist(8, facts={"small-unit": False})))

    assert "安全管理队伍" not in small
    assert "安全管理队伍" in other


def test_the_register_of_one_enterprise_has_it_on_its_first_line() -> None:
    checklist = sample_checklist(8)

    lines = rows(made("自查表发放回收登记", checklist), "序号")

    assert lines[0][:5] == ["1", checklist.enterprise.name, "餐饮用气单位", "8", checklist.serial]
    assert len(lines) == REGISTER_ROWS
    assert all(line[1] == "" for line in lines[1:])


def test_the_register_of_a_batch_gives_every_town_pages_of_its_own() -> None:
    entries = [RegisterEntry(f"某店{number}&<", "九小场所", "15", "") for number in range(REGISTER_ROWS + 1)]
    template = TEMPLATES / "自查表发放回收登记.docx"

    package = stamp(
        make_plate(
            fill_register(template, [("凤城镇", entries), ("北留镇", entries[:2])], sample_checklist(5))
        ),
        {},
    )

    assert pages(package) == 3
    told = body(package)
    assert told.count("凤城镇") == 2
    assert told.count("北留镇") == 1
    assert f"某店{REGISTER_ROWS}&<" in told


# ---------------------------------------------------------------- choosing and making


def test_an_unknown_name_gets_the_nearest_ones() -> None:
    with pytest.raises(Refused) as refused:
        documents_named(["检查方案", "抽考表"])

    assert refused.value.exit_code == 2
    assert [found.code for found in refused.value.problems] == ["document-unknown"] * 2
    assert "「现场检查方案」" in refused.value.problems[0].remedy


def test_all_papers_may_be_asked_for_in_one_word() -> None:
    assert [paper.name for paper in documents_named([ALL])] == list(PAPERS)
    assert [paper.name for paper in documents_named(["承诺书（员工）", "承诺书（员工）"])] == [
        "承诺书（员工）"
    ]


def test_files_are_named_after_enterprise_paper_and_day() -> None:
    names = list(finished(sample_checklist(3, name="某店"), names=["现场检查方案"]))

    assert [name[:-12] for name in names] == ["某店_晋城市阳城县_现场检查方案_2026-11-22"]


def test_the_command_lists_and_makes_papers_with_the_checklists_serial(tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "checklists", *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False
        )

    who = ("--type", "九小场所", "--name", "某店", "--on", "2026-11-22", "--out", str(tmp_path), "--json")
    listed = json.loads(run("papers", "list", "--json").stdout)
    told = json.loads(run("papers", "make", "全部", *who).stdout)
    checklist = json.loads(run("generate", *who).stdout)

    assert [paper["name"] for paper in listed] == list(PAPERS)
    assert len(told["files"]) == len(PAPERS)
    assert all(Path(name).exists() for name in told["files"])
    assert told["serial"] == checklist["serial"]
    assert run("papers", "make", "方案", *who).returncode == 2


def test_the_users_page_names_every_field_and_every_paper() -> None:
    page = (ROOT / "docs" / "papers.md").read_text("utf-8")

    for paper in PAPERS.values():
        assert f"| {paper.name} |" in page
        for field in paper.kinds["paper"].__dataclass_fields__:
            assert field == "on_iso" or f"`paper.{field}`" in page, field


@pytest.mark.parametrize(("named", "empty"), [(0, 5), (12, 5), (15, 2), (17, 0), (18, 5)])
def test_empty_lines_alone_make_no_second_page(named: int, empty: int) -> None:
    listed = [DocumentLine(number, "台账", "1") for number in range(1, named + 1)]

    assert own_lines(listed) == tuple(range(named + 1, named + empty + 1))
