"""What people do to a workbook by hand, done by LibreOffice: run by a Python that has ``uno``, not by the tests' own.

``python office_moves.py PROFILE MOVES.json``: a list of {"open", "save", "moves"}; a move is [name, sheet, …]. Heights of
rows that were asked for come out as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.sheet import TableFilterField
from com.sun.star.sheet.FilterOperator import EQUAL
from com.sun.star.table import TableSortField


def main(profile: str, jobs: list[dict]) -> list[list[int]]:
    pipe = f"moves{time.time_ns()}"
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--norestore"]
    office = subprocess.Popen(
        [*command, f"--accept=pipe,name={pipe};urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        desktop = connected(pipe)
        heights = [done(desktop, job) for job in jobs]
        desktop.terminate()
        return heights
    finally:
        try:
            office.wait(30)
        except subprocess.TimeoutExpired:
            office.kill()


def connected(pipe: str):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(300):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:
            time.sleep(0.1)
    raise SystemExit("soffice does not answer")


def named(**values):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def done(desktop, job: dict) -> list[int]:
    document = desktop.loadComponentFromURL(Path(job["open"]).as_uri(), "_blank", 0, named(Hidden=True))
    heights: list[int] = []
    for name, sheet, *arguments in job["moves"]:
        MOVES[name](document.Sheets.getByName(sheet), heights, *arguments)
    document.calculateAll()
    document.storeToURL(Path(job["save"]).as_uri(), named(FilterName="Calc MS Excel 2007 XML"))
    document.close(True)
    return heights


def write(sheet, heights, cell: str, value) -> None:
    """A text as text, a number as number."""
    target = sheet.getCellRangeByName(cell)
    if isinstance(value, str):
        target.setString(value)
    else:
        target.setValue(value)


def formula(sheet, heights, cell: str, text: str) -> None:
    """A formula as Excel writes it."""
    sheet.getCellRangeByName(cell).setFormula(text.replace(",", ";"))


def insert(sheet, heights, row: int) -> None:
    """A row put in above the row with this number."""
    sheet.Rows.insertByIndex(row - 1, 1)


def remove(sheet, heights, row: int) -> None:
    sheet.Rows.removeByIndex(row - 1, 1)


def cut(sheet, heights, source: str, target: str) -> None:
    """Cut and paste, or drag: what refers to the cells follows them."""
    where = sheet.getCellRangeByName(target).CellAddress
    sheet.moveRange(where, sheet.getCellRangeByName(source).RangeAddress)


def copy(sheet, heights, source: str, target: str) -> None:
    """Copy and paste: formulas move with the rows they are pasted into."""
    where = sheet.getCellRangeByName(target).CellAddress
    sheet.copyRange(where, sheet.getCellRangeByName(source).RangeAddress)


def clear(sheet, heights, cells: str) -> None:
    """Delete what is written: numbers, days, texts."""
    sheet.getCellRangeByName(cells).clearContents(1 | 2 | 4)


def freeze(sheet, heights, cells: str) -> None:
    """Copy and paste as values in the same place."""
    target = sheet.getCellRangeByName(cells)
    target.setDataArray(target.getDataArray())


def filter(sheet, heights, cells: str, column: int, word: str) -> None:
    """A filter that is left on."""
    target = sheet.getCellRangeByName(cells)
    wanted = target.createFilterDescriptor(True)
    field = TableFilterField(Field=column, Operator=EQUAL, IsNumeric=False, StringValue=word)
    wanted.ContainsHeader = True
    wanted.setFilterFields((field,))
    target.filter(wanted)


def sort(sheet, heights, cells: str, column: int, ascending: bool) -> None:
    field = TableSortField(Field=column, IsAscending=ascending, IsCaseSensitive=False)
    fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
    uno.invoke(sheet.getCellRangeByName(cells), "sort", (named(SortFields=fields, ContainsHeader=False),))


def height(sheet, heights, row: int) -> None:
    """Note the height of a row, in hundredths of a millimetre."""
    heights.append(sheet.Rows.getByIndex(row - 1).Height)


MOVES = {
    one.__name__: one
    for one in (write, formula, insert, remove, cut, copy, clear, freeze, filter, sort, height)
}

if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], json.loads(Path(sys.argv[2]).read_text("utf-8")))))
