"""Lists filled in on paper and typed in: what was typed is what is collected, whoever types it and however."""

from __future__ import annotations

import datetime
import io
import json
import random
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from checklists.documents.catalogue import CHECKLIST
from checklists.problems import Position, Refused
from checklists.returns.book import read_book
from checklists.returns.codes import read_codes
from checklists.returns.entering import Entered, blank_forms, entered_lists
from checklists.returns.returned import Return
from tests.command import command
from tests.returned_books import KIND, ROWS, ids
from tests.sample import finished, sample_checklist

FIT, UNFIT, ASIDE = "符合", "不符合", "不涉及"
WAYS = {
    FIT: ("√", " √", "：√", "v", "Ｖ", "符合", " 是"),
    UNFIT: ("x", "×", " X", "ｘ", "不符合", "否", ".x"),
    ASIDE: ("/", "／", " 不涉及", "不适用"),
}
FACTS = ("", "灭火器过期", "出口堆放纸箱，宽0.6米", "2具缺失，3 处漏水")


@cache
def paper() -> bytes:
    (content,) = finished(sample_checklist(ROWS, types=(KIND,)), names=[CHECKLIST]).values()
    return content


@cache
def printed() -> dict[str, str]:
    """Id by the number that is printed beside an item's wording, from the pages themselves."""
    found = {}
    for table in Document(io.BytesIO(paper())).tables:
        for row in table.rows:
            texts = {line.text.lstrip("★▲") for cell in row.cells for line in cell.paragraphs}
            for content in texts & ids().keys():
                found[re.match(r"\d+", row.cells[0].text)[0]] = ids()[content]  # type: ignore[index]
    assert len(found) == ROWS
    return found


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    folder = tmp_path / "下发"
    folder.mkdir()
    (folder / "某某饭店_现场检查表.docx").write_bytes(paper())
    return folder


def serial() -> str:
    return sample_checklist(ROWS, types=(KIND,)).serial


def read(entered: Entered) -> Return:
    (content,) = entered.files.values()
    return read_book(content, "", Position("录入.xlsx"))


def said(returned: Return) -> dict[str, tuple[str, str]]:
    return {one.item: (one.result, one.fact) for one in returned.answers}


def wide(text: str) -> str:
    return text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})


Told = dict[str, tuple[str, str]]


@st.composite
def typings(draw: Any) -> tuple[Told, str]:
    """What is on the paper by number, and one of the ways to type it."""
    chance = draw(st.randoms(use_true_random=False))
    told: Told = {}
    for number in map(str, range(1, ROWS + 1)):
        result = draw(st.sampled_from((FIT, FIT, UNFIT, ASIDE, "")))
        if result:
            told[number] = (result, chance.choice(FACTS) if result != FIT else "")
    return told, typed(told, chance)


def typed(told: Told, chance: random.Random) -> str:
    text, numbers = "", list(told)
    while numbers:
        run = [numbers.pop(0)]
        while numbers and told[numbers[0]] == told[run[-1]] and int(numbers[0]) == int(run[-1]) + 1:
            run.append(numbers.pop(0))
        result, fact = told[run[0]]
        named = f"{run[0]}{chance.choice('-－~—')}{run[-1]}" if len(run) > 1 else run[0]
        named = chance.choice((named, wide(named), "、".join(run), "，".join(run)))
        end = (
            chance.choice((";", "；", "\n", "\r\n"))
            if fact
            else chance.choice((" ", "，", ",", ";", "\n", ""))
        )
        text += (
            f"{named}{chance.choice(WAYS[result])}{chance.choice(('', ' ', '　')) if fact else ''}{fact}{end}"
        )
    return text


@settings(max_examples=60, deadline=None)
@given(typings())
def test_what_is_typed_is_what_is_read(typing: tuple[Told, str]) -> None:
    told, text = typing

    (found,), problems = read_codes(text or "# nichts", "") if told else (([None]), [])

    assert problems == []
    assert {code.number: (code.result, code.note) for code in (found.codes if found else [])} == told


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789x√/-,，;；、 \n编号a灭", max_size=40))
def test_no_text_breaks_it_and_every_line_is_read_or_told(text: str) -> None:
    lists, problems = read_codes(text, "短码")

    lines = {number for number, line in enumerate(text.splitlines(), start=1) if line.strip(" \t,，、")}
    told = {code.line for one in lists for code in one.codes} | {one.line for one in lists if one.serial}
    assert {one.position.line for one in problems} | told >= {
        number for number in lines if text.splitlines()[number - 1].strip(" ;；,，、")
    }


def test_codes_become_a_file_that_is_collected_like_any_return(sent: Path) -> None:
    text = f"编号 {serial()} 2026-11-25 张三、李四\n1-3√ 5x 灭火器过期\n6/ 没有地下室"

    entered = entered_lists([sent], text, "短码")

    assert entered.problems == []
    returned = read(entered)
    number = printed()
    assert said(returned) == {
        **{number[str(at)]: (FIT, "") for at in (1, 2, 3)},
        number["5"]: (UNFIT, "灭火器过期"),
        number["6"]: (ASIDE, "没有地下室"),
    }
    assert (returned.document, returned.serial, returned.month) == (CHECKLIST, serial(), "2026-11")
    assert {(one.day, one.by) for one in returned.answers} == {(datetime.date(2026, 11, 25), "张三、李四")}
    assert (returned.source, returned.firm.name) == ("部门检查", "阳城县某某商贸有限公司某某饭店")
    assert (returned.count.seen, returned.count.blank, returned.notices) == (ROWS, ROWS - 5, ())


def test_a_clerk_fills_the_form_in_excel(sent: Path) -> None:
    (content,) = blank_forms([sent]).files.values()
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    places = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    sheet.cell(places["检查日期"].row, places["检查日期"].column + 1).value = datetime.datetime(2026, 11, 25)
    one, other, *_ = ids()
    result, fact = places["结果"].column, places["不符合情况（部位、数量、事实）"].column
    sheet.cell(places[one].row, result).value = "不符合"
    sheet.cell(places[one].row, fact).value = "二楼东侧"
    sheet.cell(places[other].row, result).value = "√"
    written = io.BytesIO()
    book.save(written)

    returned = read_book(written.getvalue(), "", Position("录入.xlsx"))

    assert said(returned) == {ids()[one]: (UNFIT, "二楼东侧"), ids()[other]: (FIT, "")}
    assert (returned.month, returned.document, returned.asides) == ("2026-11", CHECKLIST, ())


def test_an_empty_form_says_nothing(sent: Path) -> None:
    returned = read(blank_forms([sent]))

    assert (returned.answers, returned.entries, returned.asides, returned.count.blank) == ((), (), (), ROWS)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("1√\n5 灭火器过期", "enter-code", 2),
        ("1√\n9-5x", "enter-range", 2),
        ("1√\n99x 过期", "enter-number", 2),
        ("1√\n1x 过期", "enter-twice", 2),
        ("20991231-ffffff\n1√", "enter-serial", 1),
        ("20991231-ffffff 2026-13-45\n1√", "enter-day", 1),
    ],
)
def test_a_slip_is_told_by_its_line_and_nothing_is_made(sent: Path, text: str, code: str, line: int) -> None:
    entered = entered_lists([sent], text, "短码")

    assert code in [one.code for one in entered.problems]
    assert next(one for one in entered.problems if one.code == code).position.line == line
    assert entered.files == {}


def test_one_list_with_a_slip_keeps_no_other_from_being_made(sent: Path, tmp_path: Path) -> None:
    other = sample_checklist(ROWS, types=(KIND,), name="乙饭店")
    (content,) = finished(other, names=[CHECKLIST]).values()
    (sent / "乙.docx").write_bytes(content)

    entered = entered_lists([sent], f"{serial()} 2026-11-25\n1q\n{other.serial} 2026-11-25\n2√", "短码")

    assert [one.code for one in entered.problems] == ["enter-code"]
    assert list(entered.files) == ["乙_录入.xlsx"]


def test_a_manifest_tells_where_the_list_is(sent: Path) -> None:
    line = {"row": 2, "serial": serial(), "folder": "阳城县/甲", "word": "甲.docx"}
    (sent / "阳城县" / "甲").mkdir(parents=True)
    (sent / "某某饭店_现场检查表.docx").rename(sent / "阳城县" / "甲" / "甲.docx")
    manifest = sent / "manifest.json"
    manifest.write_text('{"on": "2026-11-22",\n"enterprises": [\n' + json.dumps(line) + "\n]}\n", "utf-8")

    entered = entered_lists([manifest], f"{serial()} 2026-11-25\n1√", "短码")

    assert (list(entered.files), entered.problems) == (["甲_录入.xlsx"], [])


def test_a_manifest_leads_to_no_file_outside_its_folder(sent: Path, tmp_path: Path) -> None:
    line = {"row": 2, "serial": serial(), "folder": "../下发", "word": "某某饭店_现场检查表.docx"}
    folder = tmp_path / "别处"
    folder.mkdir()
    (folder / "manifest.json").write_text(
        '{"on": "2026-11-22",\n"enterprises": [\n' + json.dumps(line) + "\n]}\n"
    )

    entered = entered_lists([folder], f"{serial()} 2026-11-25\n1√", "短码")

    assert [one.code for one in entered.problems] == ["enter-serial"]


def test_other_documents_of_the_same_serial_beside_the_list_are_not_taken_for_it(sent: Path) -> None:
    (content,) = finished(sample_checklist(ROWS, types=(KIND,)), names=["企业留存"]).values()
    (sent / "a企业留存.docx").write_bytes(content)

    typed, blank = entered_lists([sent], f"{serial()} 2026-11-25\n1√", "短码"), blank_forms([sent])

    assert (list(typed.files), typed.problems) == (["某某饭店_现场检查表_录入.xlsx"], [])
    assert (list(blank.files), blank.problems) == (["某某饭店_现场检查表_录入.xlsx"], [])


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "别的.docx"
    Document().save(str(path))

    with pytest.raises(Refused) as refused:
        blank_forms([path])

    assert [one.code for one in refused.value.problems] == ["enter-no-list"]


def test_the_command_makes_it_and_keeps_what_somebody_wrote(sent: Path, tmp_path: Path) -> None:
    codes, out = tmp_path / "短码.txt", tmp_path / "录入"
    codes.write_text(f"编号 {serial()} 2026-11-25 张三\n1√ 2x 过期", "gb18030")

    first = command("enter", sent, "--codes", codes, "--out", out)
    (path,) = out.glob("*.xlsx")
    again = command("enter", sent, "--codes", codes, "--out", out)
    path.write_bytes(path.read_bytes() + b"\0")
    kept = command("enter", sent, "--codes", codes, "--out", out)

    assert (first.code, again.code, kept.code) == (0, 0, 1)
    assert "符合 1，不符合 1，没有录的 10 项" in first.out
    assert "没有变化" in again.out
    assert "file-kept" in kept.err
