"""How long a thousand filled workbooks take into a ledger, beside what calamine needs for their bare cells.

    python benchmarks/collect.py --books 1000

Processor time, so that other work on the machine counts little; everything runs in one process after another.
"""

from __future__ import annotations

import argparse
import datetime
import io
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import Workbook, load_workbook

from checklists.checklist.build import Order, checklist_for
from checklists.data import data_folder
from checklists.documents.catalogue import DOCUMENTS, WORKBOOK
from checklists.documents.fields import mark
from checklists.documents.make import finished_documents
from checklists.documents.plate import make_plate, read_parts, stamp
from checklists.models import Enterprise
from checklists.problems import Position
from checklists.rules.library import open_library
from checklists.rules.vocabulary import find_type

NAME = "某某某某某某某某厂"
KINDS = ("机械与一般工贸", "加油站", "餐饮用气单位", "井工煤矿")
BARE = """
import sys, pathlib
from python_calamine import load_workbook
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    with load_workbook(str(path)) as book:
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--books", type=int, default=1000)
    asked.add_argument("--fills", type=int, default=8, help="books that are filled each in its own way")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        books, out = Path(folder, "交回"), Path(folder, "台账.xlsx")
        books.mkdir()
        make(books, told.books, told.fills)
        size = sum(path.stat().st_size for path in books.iterdir()) >> 20
        bare = seconds([sys.executable, "-c", BARE, str(books)])
        collect = [sys.executable, "-m", "checklists", "collect", str(books), "--out", str(out)]
        first, again = seconds(collect), seconds(collect)
        print(f"{told.books} books, {size} MB; ledger {out.stat().st_size >> 10} kB")
        print(f"bare cells by calamine {bare:.1f} s")
        print(f"collect                {first:.1f} s, {first / bare:.2f} times")
        print(f"collect again          {again:.1f} s, {again / first:.2f} of the first")


def seconds(command: list[str]) -> float:
    """Processor time of a command and its children."""
    before = os.times()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def make(folder: Path, count: int, fills: int) -> None:
    """Books of several types, each type filled in several ways, each file of an enterprise of its own."""
    library, _ = open_library(data_folder("rules"), data_folder("seeds"))
    plates = []
    for number in range(fills):
        kind = find_type(library.vocabulary, KINDS[number % len(KINDS)], Position("-")).id
        firm = Enterprise(name=NAME, types=(kind,), place="晋城市阳城县")
        order = Order(datetime.date(2026, 11, 22))
        document = DOCUMENTS[WORKBOOK]
        made = finished_documents([document], checklist_for(library, firm, order), data_folder("templates"))
        book = load_workbook(io.BytesIO(next(iter(made.values()))))
        fill(book, random.Random(number))
        written = io.BytesIO()
        book.save(written)
        parts = read_parts(written.getvalue())
        parts = {
            name: content.replace(NAME.encode(), mark("name").encode()) if name.endswith(".xml") else content
            for name, content in parts.items()
        }
        plates.append(make_plate(parts))
    for number in range(count):
        content = stamp(plates[number % fills], {"name": f"企业{number:04}"})
        Path(folder, f"企业{number:04}.xlsx").write_bytes(content)


def fill(book: Workbook, chance: random.Random) -> None:
    """A month as people fill it in: most things are well, some are not and stand in the ledger."""
    sheet, ledger = book["厂矿月查"], book["隐患台账"]
    heads = {str(cell.value).split("（")[0]: cell.column for cell in sheet[4] if cell.value}
    columns = {str(cell.value).split("（")[0]: cell.column for cell in ledger[4] if cell.value}
    day, at = datetime.datetime(2026, 11, 12), 5
    for number in range(5, sheet.max_row + 1):
        if not sheet.cell(number, 1).value or not sheet.cell(number, heads["频次"]).value:
            continue
        result = chance.choices(("符合", "√", "不符合", "不涉及", None), (70, 10, 4, 6, 10))[0]
        sheet.cell(number, heads["结果"]).value = result
        if result != "不符合":
            continue
        sheet.cell(number, heads["不符合情况"]).value = "二车间东侧两处"
        told = {"来源": "企业自查", "来源项": sheet.cell(number, heads["台账选项"]).value, "发现日期": day,
                "隐患描述": "二车间东侧两处不合要求", "级别": chance.choice(("一般", "一般", "重大")),
                "责任人": "李四", "时限": day.replace(day=20)}  # fmt: skip
        for head, value in told.items():
            ledger.cell(at, columns[head]).value = value
        at += 1
    if "班组日查" in book.sheetnames:
        for row in book["班组日查"].iter_rows(min_row=5, min_col=4, max_col=25):
            for cell in row:
                if book["班组日查"].cell(cell.row, 1).value:
                    cell.value = chance.choices("√×／", (95, 1, 4))[0]


if __name__ == "__main__":
    main()
