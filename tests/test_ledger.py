"""The ledger under the hand: rows put in, cut, dragged, sorted, written past the last line, dates as people write them.

LibreOffice does it as a person would; the figures are counted again from what then stands in the cells.
"""

from __future__ import annotations

import datetime
import json
import random
import shutil
import subprocess
import sys
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter
from pypdf import PdfReader

from tests.sample import sample_checklist
from tests.test_excel import FIRST, LEDGER, MONTH, TEMPLATE, stamped

MOVES = Path(__file__).parent / "office_moves.py"
LAST = FIRST + 499
TYPED = [*range(2, 4), *range(7, 23)]
"""Columns that people write in: B, C, G to V."""
SOURCE, ITEM, FOUND, WHERE, WHAT, LEVEL = 2, 3, 7, 8, 9, 10
DEADLINE, REPORTED, TOLD_STAFF, SHOWN, DONE, CHECKED, STATE, OVER = 14, 16, 17, 18, 19, 21, 22, 23
DAYS = (FOUND, DEADLINE, REPORTED, TOLD_STAFF, SHOWN, DONE, CHECKED)
FIRST_DAY, LAST_DAY = 36526, 73050


@cache
def python_with_uno() -> str | None:
    """A Python that speaks to LibreOffice: the system's, or the one that comes with it."""
    office = Path(shutil.which("soffice") or "/none").resolve().parent
    for python in (sys.executable, "/usr/bin/python3", str(office / "python")):
        try:
            if subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0:
                return python
        except OSError:
            continue
    return None


needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None or python_with_uno() is None,
    reason="LibreOffice with python3-uno is not installed: nobody to move the cells",
)


def moved(folder: Path, jobs: dict[str, list[list[Any]]]) -> list[list[int]]:
    """Each job's moves done to a new workbook, saved under its name; returns the heights asked for."""
    (folder / "簿.xlsx").write_bytes(stamped(sample_checklist(60, facts={"small-unit": False})))
    told = [
        {"open": str(folder / "簿.xlsx"), "save": str(folder / f"{name}.xlsx"), "moves": moves}
        for name, moves in jobs.items()
    ]
    (folder / "moves.json").write_text(json.dumps(told), "utf-8")
    command = [str(python_with_uno()), str(MOVES), str(folder / "profile"), str(folder / "moves.json")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    heights: list[list[int]] = json.loads(done.stdout)
    return heights


# ---------------------------------------------------------------- counting again


def serial(value: Any) -> float | None:
    """A day as the number that Excel has for it; None for a text or nothing."""
    if isinstance(value, datetime.datetime):
        return (value - datetime.datetime(1899, 12, 30)).total_seconds() / 86400
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def a_day(value: Any) -> bool:
    told = serial(value)
    return told is not None and FIRST_DAY <= told <= LAST_DAY


def recount(rows: list[tuple[Any, ...]]) -> dict[str, int]:
    """The figures of the ledger, from its rows as they stand (column A at index 1)."""
    filled = [
        row for row in rows if any(row[column] is not None for column in TYPED) or any(map(bool, row[4:7]))
    ]
    major = [row for row in filled if row[LEVEL] == "重大"]
    today = (datetime.datetime.now() - datetime.datetime(1899, 12, 30)).days
    late = [
        row
        for row in filled
        if a_day(row[DEADLINE]) and serial(row[DEADLINE]) < today  # type: ignore[operator]
        if not a_day(row[DONE]) and row[STATE] != "已验收销号"
    ]
    return {
        "登记隐患": len(filled),
        "企业自查发现": sum(row[SOURCE] == "企业自查" for row in filled),
        "重大事故隐患": len(major),
        "重大中企业自查发现": sum(row[SOURCE] == "企业自查" for row in major),
        "重大未双报告": sum(not (a_day(row[REPORTED]) and a_day(row[TOLD_STAFF])) for row in major),
        "重大未公示": sum(not a_day(row[SHOWN]) for row in major),
        "整改中": sum(row[STATE] not in ("已整改", "已验收销号") for row in filled),
        "已整改待验收": sum(row[STATE] == "已整改" for row in filled),
        "已验收销号": sum(row[STATE] == "已验收销号" for row in filled),
        "逾期未整改": len(late),
        "日期有误的条数": sum(
            any(row[day] is not None and not a_day(row[day]) for day in DAYS) for row in filled
        ),
    }


def read(folder: Path, name: str, *, data_only: bool = True) -> Any:
    """A saved workbook; a number that is no day is read as an error, with a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(folder / f"{name}.xlsx", data_only=data_only)


def ledger(book: Any) -> list[tuple[Any, ...]]:
    sheet = book[LEDGER]
    return [(None, *row) for row in sheet.iter_rows(min_row=FIRST, max_col=OVER, values_only=True)]


def figures(book: Any) -> dict[str, Any]:
    rows = book["统计"].iter_rows(min_row=15, max_row=25, max_col=2, values_only=True)
    return {str(label).partition("（")[0]: value for label, value in rows}


def items_are_those_of_their_own_row(book: Any) -> int:
    """Every prefilled row shows the item it names and no other; returns how many name one."""
    month = {str(row[0]): row for row in book[MONTH].iter_rows(min_row=FIRST, values_only=True)}
    named = 0
    for row in ledger(book):
        shown = row[4:7]
        if row[ITEM] is None:
            assert {*shown} <= {None, "", "写在自动带出的格里", "东门"}, row
        elif any(shown):
            item = month[str(row[ITEM])]
            assert shown == (item[1], item[2], item[10]), row
            named += 1
    return named


# ---------------------------------------------------------------- what people write and do


def hazard(row: int, chance: random.Random) -> list[list[Any]]:
    """One row as people leave it: some fields, never all; dates right, as text, impossible or out of order."""
    words = {
        "B": ["企业自查", "部门检查"], "C": [1, 2, 3, 17, "5", "60"], "H": ["东门"], "I": ["锁闭1处"], "J": ["一般", "重大"],
        "K": ["当场开锁"], "L": ["张某"], "M": [200], "O": ["专人看守"], "T": ["李某"], "V": ["整改中", "已整改", "已验收销号", "整改好了"],
        **{letter: [45000, 46300, 60000, "2026.11.5", "11月5日", 20261105, 3] for letter in "GNPQRSU"},
    }  # fmt: skip
    chosen = [letter for letter in words if chance.random() < 0.4] or [chance.choice(list(words))]
    return [["write", LEDGER, f"{letter}{row}", chance.choice(words[letter])] for letter in chosen]


def by_hand(seed: int) -> list[list[Any]]:
    chance = random.Random(seed)
    moves: list[list[Any]] = []
    for row in [
        *range(FIRST, FIRST + 25),
        FIRST + 199,
        FIRST + 200,
        FIRST + 201,
        LAST,
        LAST + 1,
        LAST + 7,
        1500,
    ]:
        moves += hazard(row, chance)
    for row in (FIRST, FIRST + 9, FIRST + 200, FIRST):
        moves += [["insert", LEDGER, row], *hazard(row, chance)]
    for _ in range(6):
        letter = chance.choice("CCCGINSV")
        source, target = (chance.randint(FIRST, FIRST + 30) for _ in range(2))
        moves.append(["cut", LEDGER, f"{letter}{source}", f"{letter}{target}"])
    moves += [["write", LEDGER, f"E{FIRST + 60}", "写在自动带出的格里"], ["write", LEDGER, "D1600", "东门"]]
    moves.append(["remove", LEDGER, FIRST + chance.randint(0, 9)])
    moves.append(["sort", LEDGER, f"A{FIRST}:W{LAST + 20}", chance.choice((2, 8, 13)), chance.random() < 0.5])
    return moves


SEEDS = range(3)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workbooks that were worked on at random, and one on which the heights of rows were watched."""
    made = tmp_path_factory.mktemp("ledger")
    grown = [
        step
        for sheet, cell, row in ((LEDGER, "I6", 6), (MONTH, "G6", 6), ("备查资料", "D6", 6))
        for step in (
            ["height", sheet, row],
            ["write", sheet, cell, "写得很长的情况" * 30],
            ["height", sheet, row],
        )
    ]
    checks = [["write", MONTH, f"F{row}", "不符合"] for row in (FIRST, FIRST + 2, FIRST + 4)]
    checks += [
        ["write", LEDGER, "C9", 3],
        ["write", LEDGER, "C2000", "5"],
        ["cut", MONTH, f"F{FIRST}", "F12"],
    ]
    jobs = {str(seed): by_hand(seed) for seed in SEEDS} | {
        "grown": grown,
        "checks": checks,
        "painted": written_beside(),
    }
    heights = moved(made, jobs)
    (made / "heights.json").write_text(json.dumps(heights[len(SEEDS)]), "utf-8")
    return made


@needs_office
@pytest.mark.parametrize("seed", SEEDS)
def test_no_hazard_is_lost_whatever_is_done_to_the_rows(folder: Path, seed: int) -> None:
    book = read(folder, str(seed))
    rows = ledger(book)

    assert figures(book) == recount(rows)
    assert figures(book)["登记隐患"] > 30
    assert figures(book)["日期有误的条数"] > 5


@needs_office
@pytest.mark.parametrize("seed", SEEDS)
def test_no_row_shows_the_item_of_another(folder: Path, seed: int) -> None:
    assert items_are_those_of_their_own_row(read(folder, str(seed))) > 3


@needs_office
@pytest.mark.parametrize("seed", SEEDS)
def test_a_deadline_that_is_no_day_is_never_taken_for_one_that_is_kept(folder: Path, seed: int) -> None:
    formulas = read(folder, str(seed), data_only=False)[LEDGER]
    for number, row in enumerate(ledger(read(folder, str(seed))), start=FIRST):
        if formulas.cell(number, OVER).value is None:
            continue
        settled = a_day(row[DONE]) or row[STATE] == "已验收销号"
        if row[DEADLINE] is None:
            assert row[OVER] in (None, "")
        elif not a_day(row[DEADLINE]):
            assert row[OVER] == "时限有误"
        else:
            late = a_day(row[DEADLINE]) and serial(row[DEADLINE]) < 46000  # type: ignore[operator]
            assert bool(row[OVER]) is (late and not settled)


@needs_office
def test_a_failed_item_finds_its_row_wherever_it_stands_in_the_ledger(folder: Path) -> None:
    """Item 1 was answered and its answer dragged to row 12; item 3 is in the ledger, item 5 far below its last line."""
    sheet = read(folder, "checks")[MONTH]

    shown = {row[0]: row[9] for row in sheet.iter_rows(min_row=FIRST, max_row=FIRST + 9, values_only=True)}

    assert not shown[1] and shown[8] == "未登记"
    assert shown[3] == 5
    assert shown[5] == 0  # written 已登记: the row has no number


@needs_office
def test_rows_grow_with_what_is_written_in_them(folder: Path) -> None:
    heights = json.loads((folder / "heights.json").read_text("utf-8"))

    for before, after in zip(heights[0::2], heights[1::2], strict=True):
        assert after > 1.3 * before


@needs_office
def test_an_empty_ledger_prints_on_one_page(folder: Path) -> None:
    (folder / "空.xlsx").write_bytes(stamped(sample_checklist(12)))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run(
        [*command, "--outdir", str(folder), str(folder / "空.xlsx")],
        check=True,
        capture_output=True,
        timeout=180,
    )

    sizes = [sorted(map(int, page.mediabox[2:])) for page in PdfReader(folder / "空.pdf").pages]

    assert sizes.count([841, 1190]) == 1  # A3 is the ledger alone


# ---------------------------------------------------------------- what turns red

FIRST_CASE = 100
A, B = 46300, 46200
"""A day, and one before it."""
RED = [
    ({"G": "2026.11.5"}, "G"),
    ({"N": "11月5日"}, "N"),
    ({"S": 20261105}, "S"),
    ({"U": 3}, "U"),
    ({"G": A, "S": B}, "S"),
    ({"G": A, "N": B}, "N"),
    ({"G": A, "P": B}, "P"),
    ({"G": B, "S": A, "U": A - 1}, "U"),
    ({"J": "重大"}, "K"),
    ({"N": "下周"}, "W"),
    ({"V": "已验收销号"}, "V"),
]
PLAIN = [
    ({}, "G"),
    ({"G": A}, "G"),
    ({"G": B, "S": A}, "S"),
    ({"G": "2026.11.5", "S": A}, "S"),
    ({"S": A}, "S"),
    ({"G": B, "S": A, "U": A}, "U"),
    ({"J": "一般"}, "K"),
    ({"N": 73000}, "W"),
    ({"V": "已验收销号", "T": "李某", "U": A}, "V"),
]


@cache
def template() -> Any:
    return load_workbook(TEMPLATE)


def rules_over(cell: str) -> list[str]:
    """Formulas of the conditional formats that paint a cell of the ledger, as they read in it."""
    found = []
    for formatting in template()[LEDGER].conditional_formatting:
        if cell in formatting.sqref:
            origin = str(formatting.sqref).split(":")[0]
            for rule in formatting.rules:
                told = Translator(f"={rule.formula[0]}", origin=origin).translate_formula(cell)
                found.append(told)
    return found


def written_beside() -> list[list[Any]]:
    """Every case on a row of its own from FIRST_CASE on, and beside it the rules of its cell as formulas."""
    moves: list[list[Any]] = []
    for row, (values, letter) in enumerate([*RED, *PLAIN], start=FIRST_CASE):
        moves += [["write", LEDGER, f"{name}{row}", value] for name, value in values.items()]
        moves += [
            ["formula", LEDGER, f"{get_column_letter(30 + number)}{row}", formula]
            for number, formula in enumerate(rules_over(f"{letter}{row}"))
        ]
    return moves


@needs_office
def test_dates_as_text_impossible_or_out_of_order_turn_red_and_others_do_not(folder: Path) -> None:
    sheet = read(folder, "painted")[LEDGER]
    red = []
    for row, case in enumerate([*RED, *PLAIN], start=FIRST_CASE):
        rules = len(rules_over(f"{case[1]}{row}"))
        assert rules
        if any(sheet.cell(row, 30 + number).value for number in range(rules)):
            red.append(case)

    assert red == RED


def test_every_rule_of_a_column_reaches_far_below_the_last_line() -> None:
    for letter in "BCGJKNPQRSUVW":
        near, far = rules_over(f"{letter}{FIRST}"), rules_over(f"{letter}4999")
        assert len(near) == len(far), letter


def test_names_begin_at_the_head_and_reach_far() -> None:
    names = {
        name: defined.attr_text
        for name, defined in template().defined_names.items()
        if name.startswith(("台账_", "月查_"))
    }

    assert len(names) > 20
    for name, cells in names.items():
        column = str(cells).partition("$")[2].partition("$")[0]
        sheet = LEDGER if name.startswith("台账_") else MONTH
        assert cells == f"{sheet}!${column}$4:${column}$5000", name


def test_no_formula_of_a_row_that_people_write_in_points_at_single_cells_of_it() -> None:
    """A cell that is cut takes the formulas along that point at it."""
    book = template()
    for name in (LEDGER, MONTH, "班组日查", "车间周查", "集团季查"):
        for cell in book[name][FIRST]:
            if cell.data_type == "f":
                assert f"${FIRST}" not in cell.value.replace(f"${FIRST}:", "") and f"{FIRST}" not in "".join(
                    piece for piece in cell.value.split('"')[::2]
                ).replace("36526", "").replace("73050", ""), (name, cell.coordinate, cell.value)
