"""Three months of known hazards: states, recurrence and figures as they are worked out by hand; the ledger's files."""

from __future__ import annotations

import datetime
import io
import os
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from checklists.returns.collect import as_json
from checklists.returns.doubts import doubts
from checklists.returns.ledger import ledger
from tests.command import Told, command
from tests.office_schemas import AUDIT, schema_faults
from tests.returned_books import (
    MONTH,
    answer,
    blank,
    cell_saying,
    collected_in,
    column_of,
    fill_period,
    form,
    hazard,
    ids,
    opened,
    saved,
    source_choice,
)
from tests.sample import ROOT

ONE, TWO, THREE, FOUR, *_ = ids()
NAME, CODE, TODAY = "甲饭店", "911400000000000001", "2026-12-01"


def day(month: int, number: int) -> datetime.datetime:
    return datetime.datetime(2026, month, number)


def book_of(month: int, name: str = NAME, code: str = CODE) -> Workbook:
    book = opened(form(name, code, f"2026-{month:02}-10"))
    fill_period(book, day(month, 1))
    sheet = book[MONTH]
    label = next(cell for row in sheet.iter_rows(max_row=3) for cell in row if cell.value == "检查日期")
    sheet.cell(label.row, label.column + 2).value = day(month, 15)
    return book


@cache
def three_months() -> tuple[bytes, bytes, bytes]:
    """甲: ONE rectified, accepted and back again; TWO never registered; THREE found by the office and gone from the book."""
    september, october, november = book_of(9), book_of(10), book_of(11)
    answer(september, ONE, "不符合", "无更新计划")
    answer(september, TWO, "不符合", "没有公示")
    about = {
        "来源": "企业自查",
        "具体部位": "一号梯",
        "隐患描述": "无更新计划",
        "发现日期": day(9, 12),
        "级别": "重大",
    }
    about |= {"时限": day(9, 20), "责任人": "李四"}
    key = hazard(september, 0, 来源项=source_choice(september, ONE), **about)
    answer(october, TWO, "符合")
    told = about | {"整改完成": day(10, 5), "报部门日期": day(9, 13)}
    hazard(october, 5, 编号=key, 来源项=source_choice(october, ONE), **told)
    hazard(
        october,
        0,
        来源="部门检查",
        来源项=source_choice(october, THREE),
        隐患描述="记录缺两次",
        发现日期=day(10, 16),
        级别="重大",
        时限=day(10, 26),
    )
    answer(november, ONE, "不符合", "又没有计划")
    closed = told | {"验收日期": day(11, 3), "验收人": "王五", "复查结果": "合格", "状态": "已验收销号"}
    hazard(november, 5, 编号=key, 来源项=source_choice(november, ONE), **closed)
    hazard(
        november,
        0,
        来源="企业自查",
        来源项=source_choice(november, ONE),
        隐患描述="又没有计划",
        发现日期=day(11, 12),
        级别="一般",
    )
    return saved(september), saved(october), saved(november)


def laid_out(folder: Path) -> Path:
    for number, content in enumerate(three_months(), start=9):
        (folder / f"{number}月.xlsx").write_bytes(content)
    return folder


def collected(folder: Path, *more: str | Path) -> Told:
    return command("collect", folder, "--on", TODAY, *more)


def test_states_days_and_recurrence_are_as_worked_out_by_hand(tmp_path: Path) -> None:
    found = collected(laid_out(tmp_path), "--dry-run", "--json").json["hazards"]

    by_text = {one["what"]: one for one in found}
    assert set(by_text) == {"无更新计划", "没有公示", "记录缺两次", "又没有计划"}
    first, loose, office, again = (
        by_text[text] for text in ("无更新计划", "没有公示", "记录缺两次", "又没有计划")
    )
    assert (first["state"], first["days"], first["overdue"], first["recurring"]) == (
        "已验收销号",
        52,
        0,
        False,
    )
    assert (first["first_month"], first["last_month"], first["to_office"]) == (
        "2026-09",
        "2026-11",
        "2026-09-13",
    )
    assert (loose["state"], loose["registered"], loose["days"]) == ("待验收", False, 77)
    assert (office["state"], office["overdue"], office["source"]) == ("整改中", 36, "部门检查")
    assert any("台账里没有了" in note for note in office["notes"])
    assert (again["state"], again["recurring"], again["days"]) == ("整改中", True, 19)
    assert {one["item"] for one in (first, again)} == {ids()[ONE]}


def shown(sheet: Any) -> dict[str, Any]:
    return {str(row[0].value): row[1].value for row in sheet.iter_rows() if row[0].value}


def test_the_ledger_says_the_same_and_where_it_is_from(tmp_path: Path) -> None:
    folder = laid_out(tmp_path)
    out = tmp_path / "汇总" / "台账.xlsx"

    told = collected(folder, "--out", out)

    assert told.code == 0, told.err
    book = load_workbook(out)
    first = shown(book["总览"])
    assert (first["全部"], first["整改中"], first["待验收"], first["已验收销号"]) == (4, 2, 1, 1)
    assert (first["全部重大"], first["没有销号的"], first["部门检查发现的"]) == (2, 1, 1)
    assert first["企业自查发现重大事故隐患占比"] == 0.5
    assert (first["看到的行"], first["算的"] + first["看不清的"] + first["不算的"]) == (
        first["看到的行"],
    ) * 2
    heads = [cell.value for cell in book["隐患"][4]]
    rows = [
        dict(zip(heads, (cell.value for cell in row), strict=True))
        for row in book["隐患"].iter_rows(min_row=5)
    ]
    assert len(rows) == 4
    for row in rows:
        source = load_workbook(row["来源文件"])[row["工作表"]]
        words = [str(cell.value) for cell in source[source[row["单元格"]].row]]
        assert row["隐患描述"] in words
    assert [row[1].value for row in book["挂牌督办清单"].iter_rows(min_row=5)] == [NAME]
    assert {row[0].value: row[2].value for row in book["按企业"].iter_rows(min_row=5)} == {NAME: 4}
    assert book["重大未双报告"].max_row == 6


@pytest.mark.parametrize("of_nothing", [False, True])
def test_the_ledger_is_valid_by_the_schema(tmp_path: Path, of_nothing: bool) -> None:
    if of_nothing:
        (tmp_path / "空.xlsx").write_bytes(blank())
    else:
        laid_out(tmp_path)
    made = ledger(collected_in(tmp_path, on=TODAY), ROOT / "templates")

    assert schema_faults(AUDIT, made, ".xlsx") == []


def test_a_second_run_changes_nothing_and_reads_its_own_ledger_not(tmp_path: Path) -> None:
    folder, out = laid_out(tmp_path), tmp_path / "台账.xlsx"
    collected(folder, "--out", out)
    before = out.read_bytes()

    told = collected(folder, "--out", out, "--json")

    assert out.read_bytes() == before
    assert len(told.json["hazards"]) == 4
    assert len(told.json["files"]) == 3
    assert [one["code"] for one in told.json["problems"]] == ["returns-own-ledger"]


def test_what_is_remembered_is_not_the_truth(tmp_path: Path) -> None:
    folder, out = laid_out(tmp_path), tmp_path / "汇总" / "台账.xlsx"
    collected(folder, "--out", out)
    before = out.read_bytes()
    (tmp_path / "汇总" / ".checklists-returns.sqlite3").write_bytes(b"not a database" * 100)

    collected(folder, "--out", out)

    assert out.read_bytes() == before


def test_a_ledger_that_somebody_wrote_in_is_kept(tmp_path: Path) -> None:
    folder, out = laid_out(tmp_path), tmp_path / "汇总" / "台账.xlsx"
    collected(folder, "--out", out)
    book = load_workbook(out)
    book["总览"]["B20"] = 1200
    book.save(out)
    written = out.read_bytes()

    told = collected(folder, "--out", out)

    assert (told.code, out.read_bytes()) == (1, written)
    assert "file-kept" in told.err
    assert collected(folder, "--out", out, "--overwrite").code == 0
    assert [path.read_bytes() for path in (tmp_path / "汇总" / "旧件").iterdir()] == [written]


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    book = book_of(11)
    hazard(book, 0, 隐患描述="插座松动", 具体部位="'=1+1")
    book["隐患台账"].cell(
        cell_saying(book["隐患台账"], "编号").row + 1, column_of(book["隐患台账"], "措施")
    ).value = "@SUM"
    (tmp_path / "十一月.xlsx").write_bytes(saved(book))
    made = ledger(collected_in(tmp_path, on=TODAY), ROOT / "templates")

    sheet = load_workbook(io.BytesIO(made))["隐患"]
    assert [cell.value for row in sheet.iter_rows() for cell in row if cell.value == "@SUM"] == ["@SUM"]

    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


# ---------------------------------------------------------------- where nothing has changed


def settle() -> None:
    """What was written only just now is always read again."""
    time.sleep(2.1)


def test_where_nothing_has_changed_the_same_is_said_and_a_change_is_seen(tmp_path: Path) -> None:
    folder, out = tmp_path / "交回", tmp_path / "台账.xlsx"
    folder.mkdir()
    laid_out(folder)
    settle()
    first = collected(folder, "--out", out)
    before = out.read_bytes()

    again = collected(folder, "--out", out)

    assert (again.code, again.err, out.read_bytes()) == (first.code, first.err, before)
    assert again.out == first.out.replace("已生成", "没有变化")
    assert (tmp_path / ".checklists-returns.sqlite3").is_file()

    path = folder / "11月.xlsx"
    status, content = path.stat(), path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    settle()
    changed = collected(folder, "--out", out)
    assert "没有读的 1 个" in changed.out + changed.err

    path.write_bytes(content)
    settle()
    out.unlink()
    assert "隐患 4 条" in collected(folder, "--out", out).out
    assert out.read_bytes() == before


# ---------------------------------------------------------------- papers by the command


def test_papers_stand_beside_the_ledger_and_what_was_written_in_is_kept(tmp_path: Path) -> None:
    folder, out = tmp_path / "交回", tmp_path / "台账.xlsx"
    folder.mkdir()
    laid_out(folder)

    told = collected(folder, "--out", out, "--papers", "复查表，整改通知", "--json")

    drafts = sorted((tmp_path / "台账文书草稿").glob("*.docx"))
    assert [path.name.split("_")[2] for path in drafts] == ["复查表", "整改通知"]
    assert sorted(told.json["written"]["files"]) == sorted(map(str, (out, *drafts)))
    drafts[0].write_bytes(drafts[0].read_bytes() + b"\0")
    mine = drafts[0].read_bytes()
    again = collected(folder, "--out", out, "--papers", "全部")
    assert (again.code, drafts[0].read_bytes()) == (1, mine)
    assert "file-kept" in again.err
    assert len(list((tmp_path / "台账文书草稿").glob("*.docx"))) == 5


def test_drafts_are_no_returns(tmp_path: Path) -> None:
    laid_out(tmp_path)
    (tmp_path / "台账文书草稿").mkdir()
    (tmp_path / "台账文书草稿" / "某.docx").write_bytes(b"PK")

    told = collected_in(tmp_path, on=TODAY)

    assert len(told.files) == 3
    assert [one.code for one in told.beside] == ["returns-own-folder"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--papers", "复核表", "--out", "台账.xlsx"), "returns-paper-unknown"),
        (("--papers", "", "--out", "台账.xlsx"), "argument-empty"),
        (("--papers", "复查表", "--dry-run"), "returns-papers-need-out"),
        (("--out", "台账.docx"), "returns-out-ending"),
    ],
)
def test_wrong_use_is_told(tmp_path: Path, more: tuple[str, ...], code: str) -> None:
    told = command("collect", tmp_path, *more)

    assert (told.code, code in told.err) == (2, True)


# ---------------------------------------------------------------- the same file, two files


def test_the_same_bytes_count_once_and_two_that_disagree_are_both_shown(tmp_path: Path) -> None:
    one, other = book_of(11, "丙饭店", ""), book_of(11, "丙饭店", "")
    answer(one, FOUR, "符合")
    answer(other, FOUR, "不符合", "少一份")
    (tmp_path / "甲.xlsx").write_bytes(saved(one))
    (tmp_path / "乙.xlsx").write_bytes(saved(other))
    (tmp_path / "甲的副本.xlsx").write_bytes((tmp_path / "甲.xlsx").read_bytes())

    gathered = collected_in(tmp_path, on=TODAY)
    told = as_json(gathered)

    assert told["counts"]["same"] == 1
    (apart,) = told["disagreements"]
    assert {said["text"] for said in apart["said"]} == {"符合", "不符合　少一份"}
    assert {Path(said["path"]).name for said in apart["said"]} == {"甲.xlsx", "乙.xlsx"}
    assert [one["code"] for one in told["problems"]] == ["returns-disagree"]
    assert [one["what"] for one in told["hazards"]] == ["少一份"]


# ---------------------------------------------------------------- marks and doubts


def test_a_marked_copy_shows_the_cell_and_leaves_the_book(tmp_path: Path) -> None:
    book = book_of(11)
    answer(book, ONE, "基本符合")
    content = saved(book)
    (tmp_path / "交回.xlsx").write_bytes(content)

    collected(tmp_path, "--out", tmp_path / "台账.xlsx", "--mark")

    assert (tmp_path / "交回.xlsx").read_bytes() == content
    copy = (tmp_path / "台账待核" / "交回.xlsx").read_bytes()
    sheet = load_workbook(io.BytesIO(copy))[MONTH]
    marked = [cell for row in sheet.iter_rows() for cell in row if cell.comment]
    assert [(cell.value, cell.fill.fgColor.rgb) for cell in marked] == [("基本符合", "FFFFC000")]
    assert "看不出是什么结果" in marked[0].comment.text
    assert schema_faults(AUDIT, copy, ".xlsx") == []


def test_doubts_are_questions_with_their_cells(tmp_path: Path) -> None:
    book = book_of(11)
    for content in ids():
        answer(book, content, "符合")
    (tmp_path / "全好.xlsx").write_bytes(saved(book))
    (tmp_path / "没填.xlsx").write_bytes(saved(book_of(10)))

    (asked,) = doubts(collected_in(tmp_path, on=TODAY))

    assert asked.question.endswith("？") and "12 项全部符合" in asked.question
    assert "2026-11-15" in asked.question and asked.cells
