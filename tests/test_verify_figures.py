"""The formulas of a workbook reckoned again: by hand for single ones, against LibreOffice for whole books."""

from __future__ import annotations

import datetime
import io
import random
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName

from checklists.documents.verify.figures import stale_results
from checklists.problems import Position
from tests.tampering import BOOK, made
from tests.test_excel_figures import NOVEMBER, answer_everything

# column A: numbers, B: texts, C: days, D: empty but for one cell, E: mixed
CELLS: dict[str, list[Any]] = {
    "A": [1, 2, 3, 4, None, 6],
    "B": ["符合", "不符合", "不涉及", "★▲出口畅通", "★报警有效", "a*b"],
    "C": [datetime.date(2026, 11, 1), datetime.date(2026, 11, 30), None, None, None, None],
    "D": [None, None, "有", None, None, None],
    "E": [5, "5", "5.0", "", True, None],
}


def book_with(formula: str) -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = "表"
    for letter, values in CELLS.items():
        for row, value in enumerate(values, start=2):
            sheet[f"{letter}{row}"].value = value
    sheet["H2"].value = f"={formula}"
    for name, letter in (("数", "A"), ("词", "B"), ("日", "C"), ("一格", "D")):
        cells = "$D$4" if name == "一格" else f"${letter}$2:${letter}$2000"
        book.defined_names[name] = DefinedName(name, attr_text=f"表!{cells}")
    return book


def stored(formula: str, result: Any) -> tuple[int, list[str]]:
    """How many results were reckoned, and what is told of the one stored for this formula."""
    compared, found = stale_results(book_with(formula), {("表", "H2"): result}, Position("簿.xlsx"))
    return compared, [one.message for one in found]


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("1+2*3-4/2", 5.0),
        ("-A3+10", 8.0),
        ("(1+2)*3", 9.0),
        ('"甲"&A2&"乙"', "甲1乙"),
        ("SUM(A2:A7)", 16.0),
        ("MAX(数)", 6.0),
        ("A6+1", 1.0),
        ('COUNTIFS(词,"符合")', 1.0),
        ('COUNTIFS(词,"*符合")', 2.0),
        ('COUNTIFS(词,"★*")', 2.0),
        ('COUNTIFS(词,"*▲*",数,">3")', 1.0),
        ('COUNTIFS(词,"?*")', 6.0),
        ('COUNTIFS(词,"a~*b")', 1.0),
        ('COUNTIFS(词,"<>")', 6.0),
        ('COUNTIFS(D2:D7,"<>")', 1.0),
        ('COUNTIFS(词,"<>符合",数,"<>2")', 4.0),
        ('COUNTIF($A2:$A7,">=3")', 3.0),
        ("COUNTIF(E2:E7,5)", 3.0),
        ('COUNTIF(词,"×")', 0.0),
        ("IF(A2=1,B2,B3)", "符合"),
        ('IF(D2="","空","满")', "空"),
        ("IF(N(B2)=0,0,1/0)", 0.0),
        ("IF($A$6=0,0,B5/$A$6)", 0.0),
        ('IFERROR(1/0,"无")', "无"),
        ('IFERROR(VALUE("x"),7)', 7.0),
        ("1/0", "#DIV/0!"),
        ("N(C2)", 46327.0),
        ("DATE(YEAR(C3),MONTH(C3),1)", 46327.0),
        ("DATE(2026,14,0)", 46418.0),
        ('LOOKUP(2,1/((词="不涉及")*(数<9)),数)', 3.0),
        ('IFERROR(LOOKUP(2,1/((词="没有")*(数>0)),数),"未登记")', "未登记"),
        ('LOOKUP(2,1/((数&""=A4&"")*((日="")+(日>=C2)>0)),词)', "不涉及"),
        ('HYPERLINK("#表!A"&2,B2)', "符合"),
        ('HYPERLINK("#表!A"&2)', "#表!A2"),
        ('IFERROR(HYPERLINK("#表!A"&1/0,B2),"未登记")', "未登记"),
        ("LOOKUP(2,1/(数=3),ROW(数))", 4.0),
        ("INDEX(词,MATCH(3,数,0))", "不涉及"),
        ('INDEX(词,MATCH(VALUE("3"),数,0))&""', "不涉及"),
        ('IFERROR(MATCH("x",词,0),0)', 0.0),
        ("INDEX($B:$B,ROW())", "符合"),
        ('COUNTIF(INDEX($A:$A,ROW()):INDEX($C:$C,ROW()),"符合")', 1.0),
        ('OR(A2=2,B2="符合")', True),
        ("AND(A2=1,A3=1)", False),
        ("NOT(A2=1)", False),
        ("A2<>A3", True),
        ('"A"="a"', True),
        ("B2>A7", True),
        ("SUMPRODUCT(SIGN((1-ISBLANK(数))+(1-ISBLANK(日))))", 5.0),
        ('SUMPRODUCT(ISNUMBER(MATCH(词,{"符合"},0))*(数>0))', 1.0),
        ("SUMPRODUCT(ISNUMBER(1/((日>=36526)*(日<=73050)))*1)", 2.0),
        ("LEN(B5)+INT(2.7)+ABS(-3)", 11.0),
        ("ISTEXT(B2)", True),
        ("COUNTA(D2:D7)", 1.0),
        ("COUNT(数)", 5.0),
        ("一格", "有"),
        ("D2", 0.0),
        ('D2&""', ""),
        ("表!A3*2", 4.0),
        ("TRUE", True),
    ],
)
def test_a_formula_is_reckoned_as_excel_does(formula: str, result: Any) -> None:
    assert stored(formula, result) == (1, [])


@pytest.mark.parametrize(
    ("formula", "old", "new"),
    [
        ('COUNTIFS(词,"不符合")', 0.0, "1"),
        ("SUM(A2:A7)", "16", "16"),
        ('IF(A2=1,"未登记","")', "", "未登记"),
        ('IFERROR(1/0,"无")', "#DIV/0!", "无"),
        ("A2/3", 0.3, "0.333"),
    ],
)
def test_another_result_is_told_with_the_right_one(formula: str, old: Any, new: str) -> None:
    compared, (message,) = stored(formula, old)

    assert compared == 1
    assert f"应为「{new}" in message


@pytest.mark.parametrize(
    "formula",
    [
        "TODAY()-A2",
        'IF(A2=1,MAX(0,TODAY()-A3),"")',
        "H2+1",
        "数+1",
        "VLOOKUP(1,A2:B7,2,0)",
        "没有这个名称",
        "[1]表!A1",
        "A2:B7",
        "SUM(",
        "1+",
        "{1,2",
        "((((",
        "MATCH(1,数,1)",
        "INDEX(词,99999)&B2*" + "(" * 300,
        '"open',
    ],
)
def test_what_hangs_on_the_day_or_is_not_known_is_left_out(formula: str) -> None:
    assert stored(formula, 12345.0) == (0, [])


def test_what_hangs_on_a_cell_of_the_day_is_left_out_too() -> None:
    book = book_with('COUNTIFS(G2:G9,">0")')
    book["表"]["G2"].value = "=TODAY()"

    assert stale_results(book, {("表", "H2"): 5.0, ("表", "G2"): 46000.0}, Position("簿.xlsx")) == (0, [])


def test_formulas_that_go_round_in_a_circle_are_left_out() -> None:
    book = book_with("G2+1")
    book["表"]["G2"].value = "=H2+1"

    assert stale_results(book, {("表", "H2"): 5.0, ("表", "G2"): 6.0}, Position("簿.xlsx")) == (0, [])


def test_only_formulas_with_a_stored_result_are_compared() -> None:
    assert stale_results(book_with("1+1"), {}, Position("簿.xlsx")) == (0, [])
    assert stale_results(book_with("1+1"), {("表", "A2"): 9.0}, Position("簿.xlsx")) == (0, [])


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from(list('()+-*/&=<>,:{}"$A1BC数词!.%ROWIF')), max_size=40))
def test_no_formula_stops_the_reckoning(formula: str) -> None:
    compared, _ = stored(formula, 1.0)

    assert compared in (0, 1)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_results_of_libreoffice_are_those_reckoned_and_a_changed_answer_makes_them_old(
    tmp_path: Path,
) -> None:
    book = load_workbook(io.BytesIO(made(BOOK)))
    answer_everything(book, random.Random(7))
    path = tmp_path / "自查.xlsx"
    book.save(path)
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "xlsx",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "again"), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    reckoned = load_workbook(tmp_path / "again" / path.name, data_only=True)
    results = {
        (sheet.title, cell.coordinate): ""
        if (value := reckoned[sheet.title][cell.coordinate].value) is None
        else value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }

    compared, found = stale_results(book, results, Position("簿.xlsx"))
    answers = Counter(cell.value for cell in book["厂矿月查"]["H"])
    free = next(cell for cell in book["厂矿月查"]["H"][4:] if cell.value is None)
    free.value = "不符合"
    _, old = stale_results(book, results, Position("簿.xlsx"))

    assert found == []
    assert compared > 900
    assert answers["不符合"] > 3
    assert book["说明"]["B8"].value == NOVEMBER.replace(day=15)
    assert {(one.position.sheet, one.position.cell) for one in old} >= {
        ("统计", "B8"),
        ("统计", "B10"),
        ("厂矿月查", f"L{free.row}"),
    }
