"""Lists filled in in Word: boxes ticked in whatever way, facts, the table of problems; cells are found by printed words."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from checklists.checklist.build import Order, checklist_for
from checklists.documents.catalogue import CHECKLIST
from checklists.models import Enterprise
from checklists.problems import Position, Refused
from checklists.returns.paper import read_paper
from checklists.returns.returned import Return
from tests.damaged import parts_of, zipped
from tests.returned_books import KIND, ROWS, collected_in, ids, library
from tests.sample import finished, sample_checklist

FIT, UNFIT, ASIDE = "符合", "不符合", "不涉及"
KIND_ID = "fuel-station"


@cache
def blank() -> bytes:
    (content,) = finished(sample_checklist(ROWS, types=(KIND,)), names=[CHECKLIST]).values()
    return content


def opened() -> Any:
    return Document(io.BytesIO(blank()))


def read(document: Any) -> Return:
    written = io.BytesIO()
    document.save(written)
    return read_paper(written.getvalue(), "", Position("一张.docx"))


def row_of(document: Any, content: str) -> tuple[Any, dict[str, int]]:
    """The row that prints an item's wording, and the column of every head of its table."""
    for table in document.tables:
        for row in table.rows:
            texts = [line.text.lstrip("★▲") for cell in row.cells for line in cell.paragraphs]
            if content in texts:
                heads = next(one for one in table.rows if FIT in [cell.text for cell in one.cells])
                return row, {cell.text.replace("\n", ""): at for at, cell in enumerate(heads.cells)}
    raise AssertionError(content)


def box(document: Any, content: str, head: str) -> Any:
    row, heads = row_of(document, content)
    return row.cells[heads[head]]


def by_sign(sign: str) -> Callable[[Any], None]:
    def tick(cell: Any) -> None:
        cell.paragraphs[0].runs[0].text = sign

    tick.__name__ = f"sign {sign}"
    return tick


def beside_the_box(cell: Any) -> None:
    cell.paragraphs[0].add_run("√")


def as_symbol(cell: Any) -> None:
    run = cell.paragraphs[0].runs[0]
    run.text = ""
    symbol = OxmlElement("w:sym")
    symbol.set(qn("w:font"), "Wingdings 2")
    symbol.set(qn("w:char"), "F052")
    run._r.append(symbol)


def as_control(cell: Any) -> None:
    run = cell.paragraphs[0].runs[0]
    run.text = "☒"
    control, about, content = (OxmlElement(name) for name in ("w:sdt", "w:sdtPr", "w:sdtContent"))
    word = "http://schemas.microsoft.com/office/word/2010/wordml"
    checkbox = about.makeelement(f"{{{word}}}checkbox", {}, {"w14": word})
    checked = checkbox.makeelement(f"{{{word}}}checked", {f"{{{word}}}val": "1"})
    checkbox.append(checked)
    about.append(checkbox)
    run._r.addprevious(control)
    content.append(run._r)
    control.append(about)
    control.append(content)


WAYS = (*map(by_sign, "√✓☑■×☒"), beside_the_box, as_symbol, as_control)


@pytest.mark.parametrize("tick", WAYS, ids=lambda way: way.__name__)
def test_a_box_is_ticked_in_whatever_way(tick: Callable[[Any], None]) -> None:
    document = opened()
    one, other, third, *_ = ids()
    for content, head in ((one, UNFIT), (other, FIT), (third, ASIDE)):
        tick(box(document, content, head))

    returned = read(document)

    assert {answer.item: answer.result for answer in returned.answers} == {
        ids()[one]: UNFIT,
        ids()[other]: FIT,
        ids()[third]: ASIDE,
    }
    assert returned.asides == ()


def test_an_empty_list_says_nothing() -> None:
    returned = read(opened())

    assert (returned.answers, returned.entries, returned.asides) == ((), (), ())
    assert returned.count.seen == returned.count.blank >= len(ids())
    assert (returned.firm.name, returned.month) == ("阳城县某某商贸有限公司某某饭店", "2026-11")


def two_boxes(document: Any, content: str) -> None:
    by_sign("√")(box(document, content, FIT))
    by_sign("√")(box(document, content, UNFIT))


def a_word_in_a_box(document: Any, content: str) -> None:
    by_sign("待查")(box(document, content, FIT))


def only_a_fact(document: Any, content: str) -> None:
    row, heads = row_of(document, content)
    row.cells[next(at for head, at in heads.items() if head.startswith("现场情况"))].paragraphs[0].add_run(
        "少一具"
    )


@pytest.mark.parametrize(
    ("write", "words"), [(two_boxes, "同时选了"), (a_word_in_a_box, "看不出"), (only_a_fact, "没有选结果")]
)
def test_what_is_unclear_on_paper_is_told(write: Callable[[Any, str], None], words: str) -> None:
    document = opened()
    content = next(iter(ids()))
    write(document, content)

    returned = read(document)

    (aside,) = returned.asides
    assert words in aside.reason and "表格" in aside.cell
    assert [answer.result for answer in returned.answers] == [""]


def without(document: Any, *lost: str) -> bytes:
    """The file as it is when another program has dropped bookmarks, its own XML or its properties."""
    written = io.BytesIO()
    document.save(written)
    parts = parts_of(written.getvalue())
    if "bookmarks" in lost:
        body = parts["word/document.xml"]
        parts["word/document.xml"] = re.sub(rb"<w:bookmark(?:Start|End)[^>]*/>", b"", body)
    for name in list(parts):
        if ("data" in lost and name.startswith("customXml")) or (
            "properties" in lost and "custom.xml" in name
        ):
            del parts[name]
    gone = [word for word, what in (("customXml", "data"), ("custom\\.xml", "properties")) if what in lost]
    for name, content in parts.items():
        if name.endswith(".rels") and gone:
            told = rf"<Relationship [^>]*(?:{'|'.join(gone)})[^>]*/>".encode()
            parts[name] = re.sub(told, b"", content)
    return zipped(parts)


@pytest.mark.parametrize(
    "lost", [("bookmarks",), ("bookmarks", "data"), ("bookmarks", "data", "properties")], ids="、".join
)
def test_a_list_that_has_lost_its_data_is_known_by_its_wording(lost: tuple[str, ...], tmp_path: Path) -> None:
    document = opened()
    one, other, *_ = ids()
    by_sign("√")(box(document, one, UNFIT))
    by_sign("√")(box(document, other, FIT))
    (tmp_path / "一张.docx").write_bytes(without(document, *lost))

    returned = read_paper((tmp_path / "一张.docx").read_bytes(), "", Position("一张.docx"))

    by_data = {answer.item: answer.result for answer in returned.answers if answer.item}
    by_wording = {ids()[answer.content]: answer.result for answer in returned.answers if not answer.item}
    assert by_data | by_wording == {ids()[one]: UNFIT, ids()[other]: FIT}
    assert bool(by_wording) == ("data" in lost)
    assert (returned.serial, returned.firm.name) == (
        sample_checklist(ROWS, types=(KIND,)).serial,
        "阳城县某某商贸有限公司某某饭店",
    )
    assert len(returned.asides) == (2 if "data" in lost else 0)


def test_the_rules_tell_the_item_of_a_wording(tmp_path: Path) -> None:
    """Of a list made with the rules themselves, whose rows are known to them."""
    checklist = checklist_for(
        library(),
        Enterprise(name="某厂", types=(KIND_ID,), place="阳城县"),
        Order(datetime.date(2026, 11, 22)),
    )
    (content,) = finished(checklist, names=[CHECKLIST]).values()
    document = Document(io.BytesIO(content))
    row = checklist.paper_rows[0]
    by_sign("√")(box(document, row.content, FIT))
    (tmp_path / "一张.docx").write_bytes(without(document, "bookmarks", "data", "properties"))

    (filed,) = collected_in(tmp_path).files

    assert filed.returned
    assert [(one.item, one.result) for one in filed.returned.answers] == [(row.item.id, FIT)]
    assert (filed.returned.asides, filed.returned.count.unclear) == ((), 0)


def test_another_form_with_the_same_boxes_is_none_of_ours() -> None:
    document = Document()
    table = document.add_table(2, 5)
    for at, text in enumerate(("序号", "检查内容", FIT, UNFIT, "不涉及")):
        table.cell(0, at).text = text
    table.cell(1, 2).text = "√"

    with pytest.raises(Refused) as refused:
        read(document)

    assert [one.code for one in refused.value.problems] == ["returns-not-ours"]


def test_the_fact_and_the_problems_are_read() -> None:
    document = opened()
    content = next(iter(ids()))
    row, heads = row_of(document, content)
    by_sign("√")(row.cells[heads[UNFIT]])
    row.cells[next(at for head, at in heads.items() if head.startswith("现场情况"))].paragraphs[0].add_run(
        "二楼两处"
    )
    number = row.cells[0].text
    table = next(one for one in document.tables if any("问题描述" in cell.text for cell in one.rows[0].cells))
    cells = table.rows[1].cells
    columns = {cell.text.replace("\n", ""): at for at, cell in enumerate(table.rows[0].cells)}
    cells[columns["项号"]].paragraphs[0].add_run(number)
    cells[next(at for head, at in columns.items() if head.startswith("问题描述"))].paragraphs[0].add_run(
        "二楼缺两具"
    )
    by_sign("☑")(cells[columns["▲疑似重大"]])
    last = cells[next(at for head, at in columns.items() if "当场改" in head)].paragraphs[-1]
    last.add_run(" 2026年12月5日")

    returned = read(document)

    assert [answer.fact for answer in returned.answers] == ["二楼两处"]
    (entry,) = returned.entries
    assert entry.item == ids()[content]
    assert entry.told["隐患描述"] == "二楼缺两具"
    assert entry.told["级别"] == "疑似重大"
    assert entry.told["时限"] == datetime.date(2026, 12, 5)
    assert returned.source == "部门检查"


def test_the_day_of_the_check_is_the_day_of_its_answers() -> None:
    document = opened()
    row = next(row for table in document.tables for row in table.rows if row.cells[0].text == "检查时间")
    paragraph = row.cells[1].paragraphs[0]
    for run in paragraph.runs:
        run.text = ""
    paragraph.runs[0].text = "2026年11月25日9时10分至11时"
    by_sign("√")(box(document, next(iter(ids())), FIT))

    returned = read(document)

    assert returned.checked == datetime.date(2026, 11, 25)
    assert [answer.day for answer in returned.answers] == [datetime.date(2026, 11, 25)]
