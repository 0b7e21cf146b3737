"""Two months in the hands of a factory, four types: finished books, LibreOffice's own commands, and a count by openpyxl.

Nothing of the program is imported here: a book is what the command line made, and what it says is counted again from what
then stands in its cells.
"""

from __future__ import annotations

import datetime
import json
import random
import re
import shutil
import subprocess
import sys
import warnings
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

ROOT = Path(__file__).resolve().parent.parent
MOVES = ROOT / "tests" / "office_moves.py"
GUIDE, DAY, WEEK, MONTH, LEDGER, COUNTS, CRITERIA = (
    "说明",
    "班组日查",
    "车间周查",
    "厂矿月查",
    "隐患台账",
    "统计",
    "重大隐患判定",
)
FIRST = 5
TYPES = ("九小场所", "加油站", "机械与一般工贸", "井工煤矿")
RESULTS = ("符合", "不符合", "不涉及")
SOURCES = ("企业自查", "部门检查", "集团检查", "专家服务", "员工报告", "其他")
LISTS = {
    "来源": SOURCES,
    "隐患类别": ("基础管理", "现场管理"),
    "级别": ("一般", "重大"),
    "复查结果": ("合格", "不合格"),
    "状态": ("整改中", "已整改", "已验收销号"),
}
DAYS = ("发现日期", "时限", "报部门日期", "报职代会日期", "公示日期", "整改完成", "验收日期")
NOVEMBER, DECEMBER, JANUARY = (
    datetime.datetime(2026, 11, 1),
    datetime.datetime(2026, 12, 1),
    datetime.datetime(2027, 1, 1),
)
WERE = 3786
"""Entries that a coal mine's month took before."""


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


pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None or python_with_uno() is None,
    reason="LibreOffice with python3-uno is not installed: nobody to fill the books in",
)


# ---------------------------------------------------------------- reading what stands there


class Sheet:
    """A sheet of a saved book by the heads of its columns."""

    def __init__(self, book: Any, name: str, head: int = FIRST - 1) -> None:
        self.sheet, self.head = book[name], head
        told = [
            (cell.column_letter, re.sub("[（(].*", "", str(cell.value or ""))) for cell in self.sheet[head]
        ]
        self.letters = {name: letter for letter, name in reversed(told) if name}

    def rows(self) -> Iterable[dict[str, Any]]:
        for cells in self.sheet.iter_rows(min_row=self.head + 1):
            values = {cell.column_letter: cell.value for cell in cells}
            told = {name: values.get(letter) for name, letter in self.letters.items()}
            yield {**told, "": cells[0].row}


def opened(path: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a number that is no day is read as an error, with a warning
        return load_workbook(path, data_only=True)


def switches(book: Any) -> dict[str, dict[str, Any]]:
    head = next(cell.row for cell in book[GUIDE]["A"] if cell.value == "问号")
    return {
        str(row["问号"]): row
        for row in Sheet(book, GUIDE, head).rows()
        if str(row["问号"] or "").startswith("问")
    }


def switched_off(book: Any) -> set[str]:
    return {sign for sign, row in switches(book).items() if row["有／无"] == "无"}


def is_due(row: dict[str, Any], book: Any, off: set[str]) -> bool:
    """Whether an item is to be looked at in the period, from what is printed and written alone."""
    period, yearly = book[GUIDE]["B8"].value, book[GUIDE]["B9"].value
    often = row["频次"] in (None, "日查", "周查", "月查")
    quarterly = row["频次"] == "季查" and period.month in (3, 6, 9, 12)
    return (
        bool(row["检查内容"])
        and row["先问号"] not in off
        and (often or quarterly or (row["频次"] == "年查" and period.month == yearly))
    )


def serial(value: Any) -> float | None:
    if isinstance(value, datetime.datetime):
        return (value - datetime.datetime(1899, 12, 30)).total_seconds() / 86400
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def day(value: Any) -> float | None:
    """A day as its number; None for what is none."""
    told = serial(value)
    return told if told is not None and 36526 <= told <= 73050 else None


TYPED = (
    "来源", "来源项", "发现日期", "排查人", "具体部位", "隐患描述", "隐患类别", "级别", "判定条款", "措施", "责任部门", "责任人", "资金",
    "时限", "预案／临时防范", "报部门日期", "报职代会日期", "公示日期", "整改完成", "复查结果", "验收人", "验收日期", "状态", "照片编号",
)  # fmt: skip


def hazards(book: Any) -> list[dict[str, Any]]:
    """Rows of the ledger in which anything is written."""
    rows = Sheet(book, LEDGER).rows()
    return [
        row
        for row in rows
        if any(row[name] is not None for name in TYPED)
        or any(row[name] for name in ("部位", "检查内容", "整改要求"))
    ]


def figures(book: Any) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for label, value in book[COUNTS].iter_rows(min_row=4, max_row=54, max_col=2, values_only=True):
        told.setdefault(re.sub("[（(＝].*", "", str(label)), value)
    return told


def out_of_order(row: dict[str, Any], end: float) -> bool:
    found, done = day(row["发现日期"]), day(row["整改完成"])
    late = found is not None and found >= end
    early = any(found and day(row[name]) and day(row[name]) < found for name in DAYS[1:])  # type: ignore[operator]
    return late or early or bool(done and day(row["验收日期"]) and day(row["验收日期"]) < done)  # type: ignore[operator]


def recount(book: Any) -> dict[str, Any]:
    """Every figure of the statistics again, from the cells."""
    period = book[GUIDE]["B8"].value
    begin, end = serial(period), serial((period + datetime.timedelta(days=32)).replace(day=1))
    assert begin and end
    rows = [row for row in Sheet(book, MONTH).rows() if row["检查内容"]]
    off = switched_off(book)
    clash = [row for row in rows if row["先问号"] in off and row["结果"]]
    due = [row for row in rows if is_due(row, book, off)]
    results = Counter(row["结果"] for row in rows)
    found = hazards(book)
    today = min(serial(datetime.datetime.now()) or 0, end - 1)

    def went_on(row: dict[str, Any]) -> bool:
        told, done = day(row["发现日期"]), day(row["整改完成"])
        return bool(told and told < begin) and not (done and done < begin)

    def counted(some: list[dict[str, Any]]) -> tuple[int, int, int, int, int]:
        old = sum(bool(day(row["发现日期"]) and day(row["发现日期"]) < begin) for row in some)  # type: ignore[operator]
        before = sum(map(went_on, some))
        done = sum(bool(day(row["整改完成"]) and begin <= day(row["整改完成"]) < end) for row in some)  # type: ignore[operator]
        late = sum(
            bool(day(row["时限"]) and day(row["时限"]) < int(today))  # type: ignore[operator]
            and not (day(row["整改完成"]) and day(row["整改完成"]) < end)  # type: ignore[operator]
            for row in some
        )
        return before, len(some) - old, done, before + len(some) - old - done, late

    before, new, done, left, late = counted(found)
    major = [row for row in found if row["级别"] == "重大"]
    keys = [row["编号"] for row in Sheet(book, LEDGER).rows() if row["编号"]]
    told = {
        "本月应查": len(due),
        "符合": results["符合"], "不符合": results["不符合"], "不涉及": results["不涉及"],
        "未检查": sum(row["结果"] not in RESULTS for row in due),
        "台账登记": len(found),
        "上月结转": before, "本月新增": new, "本月整改": done, "月末未整改": left, "逾期未整改": late,
        "重大事故隐患": len(major),
        "企业自查发现": sum(row["来源"] == "企业自查" for row in found),
        "重大未双报告": sum(not (day(row["报部门日期"]) and day(row["报职代会日期"])) for row in major),
        "重大未公示": sum(not day(row["公示日期"]) for row in major),
        "月查结果不是清单里的词": sum(bool(row["结果"]) and row["结果"] not in RESULTS for row in rows),
        "填了结果而说明页选“无”": len(clash),
        "台账来源、类别、级别、复查结果、状态不是清单里的词": sum(
            row[name] is not None and row[name] not in words for row in found for name, words in LISTS.items()
        ),
        "台账日期写成文字、不可能、先后颠倒、晚于本月": sum(
            any(row[name] is not None and not day(row[name]) for name in DAYS) or out_of_order(row, end) for row in found
        ),
        "台账没有发现日期": sum(row["发现日期"] is None for row in found),
        "台账写着已整改、已验收而没有整改完成日期": sum(
            row["状态"] in ("已整改", "已验收销号") and row["整改完成"] is None for row in found
        ),
        "台账编号重复": len(keys) - len(set(keys)),
    }  # fmt: skip
    for name, words in (("来源", SOURCES), ("级别", LISTS["级别"])):
        for word in words:
            told[f"{name}：{word}"] = counted([row for row in found if row[name] == word])
    return told


def shown(book: Any) -> dict[str, Any]:
    """The same figures as the statistics print them."""
    told = figures(book)
    for row in book[COUNTS].iter_rows(min_row=45, max_row=54, max_col=6, values_only=True):
        name = "来源" if row[0] in SOURCES else "级别"
        told[f"{name}：{row[0]}"] = tuple(row[1:])
    return told


def differences(book: Any) -> dict[str, tuple[Any, Any]]:
    told = shown(book)
    return {name: (value, told.get(name)) for name, value in recount(book).items() if value != told.get(name)}


# ---------------------------------------------------------------- what people write and do

Moves = list[list[Any]]


def made(folder: Path, kind: str) -> Path:
    """A book as the command line gives it out."""
    out = folder / kind
    command = [sys.executable, "-m", "checklists", "generate", "--document", "企业自查工作簿", "--type", kind]
    command += ["--name", f"某某{kind}", "--place", "阳城县", "--on", "2026-11-22", "--out", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(out.glob("*.xlsx"))


def asked_first(book: Any, chance: random.Random) -> Moves:
    return [["write", GUIDE, f"C{row['']}", chance.choice(["有", "无"])] for row in switches(book).values()]


def month_filled(book: Any, rows: list[dict[str, Any]], chance: random.Random, at: int) -> Moves:
    """Date and name once, then every row that is due; what fails goes into the ledger."""
    moves: Moves = [["write", MONTH, "H3", 46326 + at], ["write", MONTH, "J3", "张三"]]
    sheet = Sheet(book, MONTH)
    for row in rows:
        moves.append(
            ["write", MONTH, f"{sheet.letters['结果']}{row['']}", chance.choice(["符合"] * 8 + ["不涉及"])]
        )
    return moves


def weeks_and_days(book: Any, off: set[str], chance: random.Random) -> Moves:
    """Five weeks with their dates and names; every shift list signed daily, the criteria once: what is bad alone is written."""
    moves: Moves = []
    if WEEK in book.sheetnames:
        for number, letter in enumerate("EFGHI"):
            moves += [
                ["write", WEEK, f"{letter}2", "李四"],
                ["write", WEEK, f"{letter}3", 46327 + min(7 * number, 29)],
            ]
            rows = (row for row in Sheet(book, WEEK).rows() if row["检查内容"] and row["先问号"] not in off)
            moves += [["write", WEEK, f"{letter}{row['']}", "符合"] for row in rows]
    if DAY in book.sheetnames:
        signed = [row for row in Sheet(book, DAY).rows() if str(row["检查内容"] or "").startswith("早班")]
        letters = [cell.column_letter for cell in book[DAY][FIRST - 1][3:34]]
        moves += [["write", DAY, f"{letter}{row['']}", "王"] for row in signed for letter in letters[:30]]
    if CRITERIA in book.sheetnames:
        moves += [["write", CRITERIA, "F3", 46336], ["write", CRITERIA, "H3", "张三"]]
    return moves


def hazard(row: int, chance: random.Random, letters: dict[str, str], choices: list[str]) -> Moves:
    """One row as people leave it: some fields, never all; dates right, as text, impossible or out of order."""
    days = [46330, 46340, 46350, 46400, 46290, "2026.11.5", "11月5日", 20261105, 3]
    words: dict[str, list[Any]] = {
        "来源": ["企业自查", "部门检查", "县局"], "来源项": choices, "排查人": ["张三"], "具体部位": ["东门"], "隐患描述": ["锁闭1处" * 15],
        "隐患类别": ["现场管理", "人"], "级别": ["一般", "重大", "较大"], "措施": ["当场开锁"], "责任人": ["张某"], "资金": [200],
        "状态": ["整改中", "已整改", "已验收销号", "整改好了"], "复查结果": ["合格", "√"], **dict.fromkeys(DAYS, days),
    }  # fmt: skip
    chosen = [name for name in words if chance.random() < 0.5] or [chance.choice(list(words))]
    return [["write", LEDGER, f"{letters[name]}{row}", chance.choice(words[name])] for name in chosen]


def rough_hands(book: Any, chance: random.Random) -> Moves:
    """The ledger written, and rows put in, cut, copied, dragged, sorted; marks pasted over drop-downs; a filter left on."""
    letters = Sheet(book, LEDGER).letters
    choices = [*[str(row["台账选项"]) for row in Sheet(book, MONTH).rows() if row["台账选项"]][:30], "3", "5"]
    last = max(row[""] for row in Sheet(book, LEDGER).rows())
    moves: Moves = []
    for row in [*range(FIRST, FIRST + 20), FIRST + 90, last, last + 1, last + 9, 1500]:
        moves += hazard(row, chance, letters, choices)
    for row in (FIRST, FIRST + 9, min(FIRST + 200, last)):
        moves += [["insert", LEDGER, row], *hazard(row, chance, letters, choices)]
    for _ in range(5):
        letter, (source, target) = (
            letters[chance.choice(["来源项", "发现日期", "隐患描述", "整改完成", "状态"])],
            [chance.randint(FIRST, FIRST + 25) for _ in range(2)],
        )
        moves.append(["cut", LEDGER, f"{letter}{source}", f"{letter}{target}"])
    moves.append(["copy", LEDGER, f"A{FIRST + 2}:AE{FIRST + 2}", f"A{FIRST + 40}"])
    moves.append(
        ["sort", LEDGER, f"A{FIRST}:AE{last + 12}", chance.choice((1, 7, 12)), chance.random() < 0.5]
    )
    results = Sheet(book, MONTH).letters["结果"]
    for at, word in enumerate(["√", "×", "合格", "符合 "]):
        moves.append(["write", MONTH, f"{results}{FIRST + 2 * at}", word])
    moves += [["write", MONTH, "H3", "2026.11.5"], ["filter", LEDGER, f"A4:AE{last}", 1, "企业自查"]]
    return moves


def next_month(book: Any) -> Moves:
    """The six steps that the first sheet tells, in their order."""
    last = max(row[""] for row in Sheet(book, MONTH).rows())
    moves: Moves = [["freeze", COUNTS, "I15:R15"], ["write", GUIDE, "B8", 46357]]
    moves += [["clear", MONTH, f"H{FIRST}:K{last}"], ["clear", MONTH, "H3"], ["clear", MONTH, "J3"]]
    if WEEK in book.sheetnames:
        end = max(row[""] for row in Sheet(book, WEEK).rows())
        moves += [["clear", WEEK, f"E{FIRST}:J{end}"], ["clear", WEEK, "E2:I3"]]
    if DAY in book.sheetnames:
        end = max(row[""] for row in Sheet(book, DAY).rows())
        moves.append(["clear", DAY, f"D{FIRST}:AH{end}"])
    if CRITERIA in book.sheetnames:
        end = max(row[""] for row in Sheet(book, CRITERIA).rows())
        moves += [
            ["clear", CRITERIA, f"F{FIRST}:I{end}"],
            ["clear", CRITERIA, "F3"],
            ["clear", CRITERIA, "H3"],
        ]
    return moves


def by_office(folder: Path, jobs: list[dict[str, Any]]) -> None:
    (folder / "moves.json").write_text(json.dumps(jobs), "utf-8")
    command = [str(python_with_uno()), str(MOVES), str(folder / "profile"), str(folder / "moves.json")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """By type: the book as given out, tidy and rough at the end of November, the next month begun and filled."""
    folder = tmp_path_factory.mktemp("months")
    paths = {kind: made(folder, kind) for kind in TYPES}
    asked, tidy = [], []
    for at, (kind, path) in enumerate(paths.items()):
        moves = asked_first(opened(path), random.Random(at))
        asked.append({"open": str(path), "save": str(folder / f"{kind}问.xlsx"), "moves": moves})
    by_office(folder, asked)
    entries = {}
    for at, kind in enumerate(TYPES):
        book, chance = opened(folder / f"{kind}问.xlsx"), random.Random(at)
        off = switched_off(book)
        due = [row for row in Sheet(book, MONTH).rows() if is_due(row, book, off)]
        moves = month_filled(book, due, chance, 10) + weeks_and_days(book, off, chance)
        entries[kind] = len(moves) + len(switches(book))
        rough = [*moves, *rough_hands(book, chance)]
        for name, told in (("整齐", moves), ("乱填", rough)):
            source = str(folder / f"{kind}问.xlsx")
            tidy.append({"open": source, "save": str(folder / f"{kind}{name}.xlsx"), "moves": told})
    by_office(folder, tidy)
    later = [
        {
            "open": str(folder / f"{kind}乱填.xlsx"),
            "save": str(folder / f"{kind}下月.xlsx"),
            "moves": next_month(opened(paths[kind])),
        }
        for kind in TYPES
    ]
    by_office(folder, later)
    names = {"整齐": "整齐", "乱填": "乱填", "下月": "下月"}
    return {
        kind: {
            "给出": opened(paths[kind]),
            "条数": entries[kind],
            **{name: opened(folder / f"{kind}{end}.xlsx") for name, end in names.items()},
        }
        for kind in TYPES
    }


# ---------------------------------------------------------------- what must hold


def test_a_tidy_month_takes_few_entries_and_leaves_nothing_unseen(books: dict[str, dict[str, Any]]) -> None:
    for kind in TYPES:
        told = figures(books[kind]["整齐"])
        assert (told["未检查"], told["填写有误合计"], told["已查而缺检查日期或检查人"]) == (0, 0, 0), kind
        assert told["本月应查"] == told["符合"] + told["不涉及"] > 10
    assert books["九小场所"]["条数"] <= 60
    assert books["井工煤矿"]["条数"] < WERE / 3


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("state", ["给出", "整齐", "乱填", "下月"])
def test_no_figure_is_wrong_whatever_is_done(books: dict[str, dict[str, Any]], kind: str, state: str) -> None:
    assert differences(books[kind][state]) == {}


def test_the_count_tells_a_wrong_figure_and_a_lost_hazard(books: dict[str, dict[str, Any]]) -> None:
    book = books[TYPES[0]]["乱填"]
    figure, first = book[COUNTS]["B24"], Sheet(book, LEDGER).letters["隐患描述"]
    figure.value += 1
    assert set(differences(book)) == {"本月整改"}
    figure.value -= 1
    empty = next(row[""] for row in Sheet(book, LEDGER).rows() if not any(row[name] for name in TYPED))
    book[LEDGER][f"{first}{empty}"].value = "没有数到的隐患"
    assert {"台账登记", "本月新增", "月末未整改", "台账没有发现日期"} <= set(differences(book))
    book[LEDGER][f"{first}{empty}"].value = None


@pytest.mark.parametrize("kind", TYPES)
def test_no_hazard_is_lost_and_each_keeps_its_key(books: dict[str, dict[str, Any]], kind: str) -> None:
    rough, later = hazards(books[kind]["乱填"]), hazards(books[kind]["下月"])

    def told(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
        return [(row["编号"], row["发现日期"], row["隐患描述"], row["来源项"]) for row in rows]

    assert len(rough) > 20 and told(rough) == told(later)


@pytest.mark.parametrize("kind", TYPES)
def test_every_row_shows_the_item_it_names(books: dict[str, dict[str, Any]], kind: str) -> None:
    book = books[kind]["乱填"]
    items = {str(row["检查项编号"]): row for row in Sheet(book, MONTH).rows() if row["检查项编号"]}
    numbers = {str(row["序号"]): str(row["检查项编号"]) for row in items.values()}
    named = 0
    for row in hazards(book):
        name = str(row["来源项"] or "").split("　")[-1]
        if row["项编号"]:
            assert row["项编号"] == numbers.get(name, name)
            assert (row["部位"], row["检查内容"]) == (
                items[row["项编号"]]["部位"],
                items[row["项编号"]]["检查内容"],
            )
            named += 1
    assert named > 3


@pytest.mark.parametrize("kind", TYPES)
def test_the_month_that_was_stays_in_the_years_table(books: dict[str, dict[str, Any]], kind: str) -> None:
    before, after = (books[kind][state][COUNTS] for state in ("乱填", "下月"))
    november = [cell.value for cell in before["I15:R15"][0]]

    assert [cell.value for cell in after["I15:R15"][0]] == november
    assert after["I16"].value == figures(books[kind]["下月"])["本月应查"]
    assert after["L16"].value == figures(books[kind]["下月"])["上月结转"]


def test_a_row_that_is_switched_off_stays_empty_and_one_that_was_answered_is_told(
    books: dict[str, dict[str, Any]],
) -> None:
    clashes = 0
    for kind in TYPES:
        for state in ("整齐", "乱填"):
            book = books[kind][state]
            off = switched_off(book)
            for row in Sheet(book, MONTH).rows():
                if row["先问号"] in off:
                    assert row["本月"] == ("矛盾" if row["结果"] else "不涉及")
                    clashes += row["本月"] == "矛盾"
    assert clashes
