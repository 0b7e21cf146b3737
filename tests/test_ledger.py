"""The ledger under the hand: rows put in, cut, dragged, sorted, written past the last line, dates as people write them.

LibreOffice does it as a person would; the figures are counted again from what then stands in the cells.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
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
from tests.test_months_by_hand import Sheet, day, differences, figures, python_with_uno

MOVES = Path(__file__).parent / "office_moves.py"
LAST = FIRST + 499
LETTERS = {
    "来源": "B", "来源项": "C", "发现日期": "H", "具体部位": "J", "隐患描述": "K", "级别": "M", "措施": "O", "责任人": "Q", "资金": "R",
    "时限": "S", "预案": "T", "报部门": "U", "报职代会": "V", "公示": "W", "整改完成": "X", "验收人": "Z", "验收日期": "AA", "状态": "AB",
}  # fmt: skip
DAYS = ("发现日期", "时限", "报部门", "报职代会", "公示", "整改完成", "验收日期")


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


# ---------------------------------------------------------------- reading what stands there


def read(folder: Path, name: str, *, data_only: bool = True) -> Any:
    """A saved workbook; a number that is no day is read as an error, with a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(folder / f"{name}.xlsx", data_only=data_only)


def items_are_those_of_their_own_row(book: Any) -> int:
    """Every prefilled row shows the item it names and no other; returns how many name one."""
    month = {str(row["序号"]): row for row in Sheet(book, MONTH).rows()}
    named = 0
    for row in Sheet(book, LEDGER).rows():
        shown = (row["部位"], row["检查内容"], row["整改要求"], row["保障措施"])
        if row["来源项"] is None:
            assert {*shown} <= {None, "", "写在自动带出的格里", "东门"}, row
        elif any(shown):
            item = month[str(row["来源项"])]
            assert shown == (item["部位"], item["检查内容"], item["整改要求"], item["保障措施"]), row
            named += 1
    return named


# ---------------------------------------------------------------- what people write and do


def hazard(row: int, chance: random.Random) -> list[list[Any]]:
    """One row as people leave it: some fields, never all; dates right, as text, impossible or out of order."""
    words = {
        "来源": ["企业自查", "部门检查"], "来源项": [1, 2, 3, 17, "5", "60"], "具体部位": ["东门"], "隐患描述": ["锁闭1处"], "资金": [200],
        "级别": ["一般", "重大"], "措施": ["当场开锁"], "责任人": ["张某"], "预案": ["专人看守"], "验收人": ["李某"],
        "状态": ["整改中", "已整改", "已验收销号", "整改好了"],
        **{name: [45000, 46300, 60000, "2026.11.5", "11月5日", 20261105, 3] for name in DAYS},
    }  # fmt: skip
    chosen = [name for name in words if chance.random() < 0.4] or [chance.choice(list(words))]
    return [["write", LEDGER, f"{LETTERS[name]}{row}", chance.choice(words[name])] for name in chosen]


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
        letter = chance.choice(["C", "C", "C", "H", "K", "S", "X", "AB"])
        source, target = (chance.randint(FIRST, FIRST + 30) for _ in range(2))
        moves.append(["cut", LEDGER, f"{letter}{source}", f"{letter}{target}"])
    moves += [["write", LEDGER, f"E{FIRST + 60}", "写在自动带出的格里"], ["write", LEDGER, "D1600", "东门"]]
    moves.append(["remove", LEDGER, FIRST + chance.randint(0, 9)])
    moves.append(
        ["sort", LEDGER, f"A{FIRST}:AE{LAST + 20}", chance.choice((2, 10, 18)), chance.random() < 0.5]
    )
    return moves


SEEDS = range(3)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workbooks that were worked on at random, and one on which the heights of rows were watched."""
    made = tmp_path_factory.mktemp("ledger")
    grown = [
        step
        for sheet, cell, row in ((LEDGER, "K6", 6), (MONTH, "I6", 6), ("备查资料", "D6", 6))
        for step in (
            ["height", sheet, row],
            ["write", sheet, cell, "写得很长的情况" * 30],
            ["height", sheet, row],
        )
    ]
    checks = [["write", MONTH, f"H{row}", "不符合"] for row in (FIRST, FIRST + 2, FIRST + 4)]
    checks += [
        ["write", LEDGER, "C9", 3],
        ["write", LEDGER, "C2000", "5"],
        ["cut", MONTH, f"H{FIRST}", "H12"],
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

    assert differences(book) == {}
    assert figures(book)["台账登记"] > 30
    assert figures(book)["台账日期写成文字、不可能、先后颠倒、晚于本月"] > 5


@needs_office
@pytest.mark.parametrize("seed", SEEDS)
def test_no_row_shows_the_item_of_another(folder: Path, seed: int) -> None:
    assert items_are_those_of_their_own_row(read(folder, str(seed))) > 3


@needs_office
@pytest.mark.parametrize("seed", SEEDS)
def test_a_deadline_that_is_no_day_is_never_taken_for_one_that_is_kept(folder: Path, seed: int) -> None:
    formulas = read(folder, str(seed), data_only=False)[LEDGER]
    sheet = Sheet(read(folder, str(seed)), LEDGER)
    for row in sheet.rows():
        if formulas[f"{sheet.letters['逾期天数']}{row['']}"].value is None:
            continue
        deadline = day(row["时限"])
        if row["时限"] is None:
            assert row["逾期天数"] in (None, "")
        elif not deadline:
            assert row["逾期天数"] == "时限有误"
        else:
            assert bool(row["逾期天数"]) is (deadline < 46000 and not day(row["整改完成"]))


@needs_office
def test_a_failed_item_finds_its_row_wherever_it_stands_in_the_ledger(folder: Path) -> None:
    """Item 1 was answered and its answer dragged to row 12; item 3 is in the ledger, item 5 far below its last line."""
    sheet = read(folder, "checks")[MONTH]

    shown = {row[0]: row[11] for row in sheet.iter_rows(min_row=FIRST, max_row=FIRST + 9, values_only=True)}

    assert not shown[1] and shown[8] == "未登记"
    assert shown[3] == "261122-5"
    assert shown[5] == 0  # written 已登记: the row has no number


@needs_office
def test_rows_grow_with_what_is_written_in_them(folder: Path) -> None:
    heights = json.loads((folder / "heights.json").read_text("utf-8"))

    for before, after in zip(heights[0::2], heights[1::2], strict=True):
        assert after > 1.3 * before


@needs_office
def test_an_empty_ledger_prints_on_one_page(folder: Path) -> None:
    (folder / "空.xlsx").write_bytes(stamped(sample_checklist(12, facts={"small-unit": False})))
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
RED: list[tuple[dict[str, Any], str]] = [
    ({"发现日期": "2026.11.5"}, "发现日期"),
    ({"发现日期": 46357}, "发现日期"),
    ({"隐患描述": "锁闭"}, "发现日期"),
    ({"时限": "11月5日"}, "时限"),
    ({"整改完成": 20261105}, "整改完成"),
    ({"验收日期": 3}, "验收日期"),
    ({"发现日期": A, "整改完成": B}, "整改完成"),
    ({"发现日期": A, "时限": B}, "时限"),
    ({"发现日期": A, "报部门": B}, "报部门"),
    ({"发现日期": B, "整改完成": A, "验收日期": A - 1}, "验收日期"),
    ({"级别": "重大"}, "措施"),
    ({"级别": "较大"}, "级别"),
    ({"状态": "已整改"}, "整改完成"),
    ({"状态": "已验收销号"}, "状态"),
    ({"来源": "县局"}, "来源"),
    ({"来源项": 9999}, "来源项"),
]
PLAIN: list[tuple[dict[str, Any], str]] = [
    ({}, "发现日期"),
    ({"发现日期": A}, "发现日期"),
    ({"发现日期": B, "整改完成": A}, "整改完成"),
    ({"发现日期": "2026.11.5", "整改完成": A}, "整改完成"),
    ({"整改完成": A}, "整改完成"),
    ({"发现日期": B, "整改完成": A, "验收日期": A}, "验收日期"),
    ({"级别": "一般"}, "措施"),
    ({"级别": "一般"}, "级别"),
    ({"状态": "已验收销号", "验收人": "李某", "整改完成": A, "验收日期": A}, "状态"),
    ({"来源": "企业自查"}, "来源"),
    ({"来源项": 3}, "来源项"),
]
BESIDE = 34
"""Column from which the rules of a cell are written as formulas, right of the ledger."""


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
    for row, (values, name) in enumerate([*RED, *PLAIN], start=FIRST_CASE):
        moves += [["write", LEDGER, f"{LETTERS[told]}{row}", value] for told, value in values.items()]
        moves += [
            ["formula", LEDGER, f"{get_column_letter(BESIDE + number)}{row}", formula]
            for number, formula in enumerate(rules_over(f"{LETTERS[name]}{row}"))
        ]
    return moves


@needs_office
def test_dates_as_text_impossible_or_out_of_order_turn_red_and_others_do_not(folder: Path) -> None:
    sheet = read(folder, "painted")[LEDGER]
    red = []
    for row, case in enumerate([*RED, *PLAIN], start=FIRST_CASE):
        rules = len(rules_over(f"{LETTERS[case[1]]}{row}"))
        assert rules
        if any(sheet.cell(row, BESIDE + number).value for number in range(rules)):
            red.append(case)

    assert red == RED


def test_every_rule_of_a_column_reaches_far_below_the_last_line() -> None:
    for letter in LETTERS.values():
        near, far = rules_over(f"{letter}{FIRST}"), rules_over(f"{letter}4999")
        assert len(near) == len(far), letter


def test_names_begin_at_the_head_and_reach_far() -> None:
    names = {
        name: defined.attr_text
        for name, defined in template().defined_names.items()
        if name.startswith(("台账_", "月查_")) and name not in ("月查_日期", "月查_姓名")
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
