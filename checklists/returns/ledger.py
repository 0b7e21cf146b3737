"""The ledger over all returns as a workbook, filled from its own template; a function of what was collected.

The template says by ``{{ row.firm }}`` in one row of a sheet what stands in which column, and by ``{{ made.on }}``
anywhere else what is said of the whole. Which rows a sheet gets is told by its name.
"""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from checklists import __version__
from checklists.documents.claims import DAY, DOCUMENT, EDITION, PROGRAM
from checklists.documents.excel.parts import parts_of
from checklists.documents.excel.write import LONGEST_CELL, put
from checklists.documents.plate import make_plate, stamp
from checklists.documents.properties import with_properties
from checklists.problems import Position, Refused, problem
from checklists.returns.book import LEDGER_OF_ALL
from checklists.returns.collect import Collected
from checklists.returns.hazards import SHUT
from checklists.returns.lines import (
    NO_ITEM,
    NO_NAME,
    HazardLine,
    apart_lines,
    aside_lines,
    file_lines,
    found_by_office,
    found_by_self,
    group_of,
    groups,
    hazard_lines,
    majors,
)
from checklists.returns.words import BY_SELF
from checklists.text import clean

TEMPLATE = f"{LEDGER_OF_ALL}.xlsx"
_FIELD = re.compile(r"\{\{ (row|made)\.(\w+) \}\}")
NOTHING = "（无）"


def ledger(collected: Collected, templates: Path) -> bytes:
    """The finished workbook. Raises Refused for a template that is gone or asks for what there is not."""
    path = templates / TEMPLATE
    workbook = _template(path)
    lines = hazard_lines(collected)
    rows, made = rows_of(collected, lines), made_of(collected, lines)
    for sheet in workbook.worksheets:
        try:
            _fill(sheet, rows.get(sheet.title, ()), made)
        except (AttributeError, KeyError) as failure:
            raise Refused(
                [problem("returns-template", Position(str(path), sheet=sheet.title), why=failure)]
            ) from failure
    claims = {
        DOCUMENT: LEDGER_OF_ALL,
        PROGRAM: __version__,
        EDITION: clean(collected.known.library.edition),
        DAY: collected.on.isoformat(),
    }
    parts = with_properties(parts_of(workbook, collected.on), claims)
    return stamp(make_plate(parts), {})


def _template(path: Path) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(path)
    except Exception as failure:
        raise Refused([problem("returns-template", Position(str(path)), why="打不开")]) from failure


def rows_of(collected: Collected, lines: Sequence[HazardLine]) -> dict[str, Sequence[Any]]:
    """Rows by name of the sheet; each list answers one question of a bureau."""
    open_ = [line for line in lines if line.state != SHUT]
    return {
        "隐患": lines,
        "重大未双报告": [line for line in majors(lines) if line.twice != "是"],
        "按企业": groups(lines, lambda line: line.firm),
        "按行业": groups(lines, lambda line: line.industry or NO_NAME),
        "按地方": groups(lines, lambda line: line.place or NO_NAME),
        "按检查项": groups(lines, lambda line: line.title or NO_ITEM),
        "按通知条款": groups(lines, lambda line: line.clause or NO_ITEM),
        "按判定条款": groups(lines, lambda line: line.criterion),
        "问题整改清单": [line for line in lines if line.source != BY_SELF],
        "挂牌督办清单": majors(open_),
        "追责问责清单": [line for line in majors(open_) if line.overdue],
        "联合惩戒清单": (),
        "文件": file_lines(collected),
        "待核": aside_lines(collected),
        "两份不一致": apart_lines(collected),
    }


def made_of(collected: Collected, lines: Sequence[HazardLine]) -> dict[str, Any]:
    """What is said of the whole."""
    all_, of_major = group_of("全部", lines), majors(lines)
    by_self = len(found_by_self(of_major))
    count, numbers = collected.count, collected.numbers()
    names = ("all", "open", "waiting", "shut", "rate", "overdue", "recurring", "loose", "major", "major_open")
    months = sorted(
        {one.returned.month for firm in collected.firms for one in firm.sources if one.returned.month}
    )
    return {
        **{name: getattr(all_, name) for name in names},
        **numbers,
        "on": collected.on,
        "edition": collected.known.library.edition,
        "firms": len(collected.firms),
        "months": f"{months[0]} 至 {months[-1]}" if months else "",
        "seen": count.seen,
        "accepted": count.accepted,
        "blank": count.blank,
        "unclear": count.unclear,
        "rejected": count.rejected,
        "apart": sum(len(firm.disagreements) for firm in collected.firms),
        "not_twice": sum(1 for line in of_major if line.twice != "是"),
        "major_by_office": len(found_by_office(of_major)),
        "major_by_self": by_self,
        "self_share": by_self / len(of_major) if of_major else "",
    }


# ---------------------------------------------------------------- filling


def _fill(sheet: Worksheet, rows: Sequence[Any], made: Mapping[str, Any]) -> None:
    model: dict[int, str] = {}
    first = 0
    for cell in [cell for cells in sheet.iter_rows() for cell in cells if isinstance(cell, Cell)]:
        found = _FIELD.fullmatch(cell.value) if isinstance(cell.value, str) else None
        if found and found[1] == "row":
            model[int(cell.column or 0)], first = found[2], int(cell.row or 0)
        elif found:
            put(cell, made[found[2]])
        elif isinstance(cell.value, str) and _FIELD.search(cell.value):
            put(cell, _FIELD.sub(lambda one: _said(made[one[2]]), cell.value))
    if first:
        _fill_rows(sheet, first, model, rows)


def _said(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _fill_rows(sheet: Worksheet, first: int, model: Mapping[int, str], rows: Sequence[Any]) -> None:
    styles = {column: _cell(sheet, first, column)._style for column in range(1, sheet.max_column + 1)}
    for number, row in enumerate(rows, start=first):
        for column, style in styles.items():
            cell = _cell(sheet, number, column)
            cell._style = style
            if column in model:
                put(cell, _printed(getattr(row, model[column])))
    if not rows:
        for column in model:
            put(_cell(sheet, first, column), NOTHING if column == min(model) else "")
    if sheet.auto_filter.ref:
        corner = sheet.auto_filter.ref.partition(":")[0]
        last = _cell(sheet, max(first, first + len(rows) - 1), max(styles)).coordinate
        sheet.auto_filter.ref = f"{corner}:{last}"


def _cell(sheet: Worksheet, row: int, column: int) -> Any:
    return sheet.cell(row, column)


def _printed(value: Any) -> Any:
    """A value as a cell holds it: text in one line, or its lines, and never longer than a cell."""
    if isinstance(value, str):
        return "\n".join(map(clean, value.splitlines()))[:LONGEST_CELL]
    return value
