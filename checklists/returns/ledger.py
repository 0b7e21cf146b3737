"""The ledger over all returns as a workbook, filled from its own template; a function of what was collected.

The template says by ``{{ row.firm }}`` in one row of a sheet what stands in which column, and by ``{{ made.on }}``
anywhere else what is said of the whole. Which rows a sheet gets is told by its name.
"""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from checklists import __version__
from checklists.documents.claims import DAY, DOCUMENT, EDITION, PROGRAM
from checklists.documents.excel.parts import parts_of
from checklists.documents.excel.write import put
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
from checklists.returns.sheet_rows import Texts, with_rows
from checklists.returns.words import BY_SELF
from checklists.text import clean

TEMPLATE = f"{LEDGER_OF_ALL}.xlsx"
_FIELD = re.compile(r"\{\{ (row|made)\.(\w+) \}\}")
NOTHING = "（无）"


@dataclass(frozen=True)
class Place:
    """Where the rows of a sheet go: number of the first, and what stands in which column."""

    first: int
    columns: tuple[tuple[int, str], ...]


def ledger(collected: Collected, templates: Path) -> bytes:
    """The finished workbook. Raises Refused for a template that is gone or asks for what there is not."""
    path = templates / TEMPLATE
    workbook = _template(path)
    lines = hazard_lines(collected)
    rows, made = rows_of(collected, lines), made_of(collected, lines)
    places: dict[str, Place] = {}
    texts = Texts()
    for sheet in workbook.worksheets:
        with _told_where(path, sheet.title):
            places[sheet.title] = _fill(sheet, bool(rows.get(sheet.title)), made)
    parts = parts_of(workbook, collected.on)
    for number, sheet in enumerate(workbook.worksheets, start=1):
        place, name = places[sheet.title], f"xl/worksheets/sheet{number}.xml"
        if place.first and rows.get(sheet.title):
            with _told_where(path, sheet.title):
                grown = with_rows(parts[name].decode(), place.first, place.columns, rows[sheet.title], texts)
                parts[name] = grown.encode()
    claims = {
        DOCUMENT: LEDGER_OF_ALL,
        PROGRAM: __version__,
        EDITION: clean(collected.known.library.edition),
        DAY: collected.on.isoformat(),
    }
    return stamp(make_plate(with_properties(parts, claims)), {})


@contextmanager
def _told_where(path: Path, sheet: str) -> Iterator[None]:
    """What the template asks for and there is not becomes its problem."""
    try:
        yield
    except (AttributeError, KeyError) as failure:
        raise Refused(
            [problem("returns-template", Position(str(path), sheet=sheet), why=failure)]
        ) from failure


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


def _fill(sheet: Worksheet, has_rows: bool, made: Mapping[str, Any]) -> Place:
    """Everything but the rows, whose one line is left empty for them; it says that there are none where there are none."""
    model: dict[int, str] = {}
    first = 0
    for cell in [cell for cells in sheet.iter_rows() for cell in cells if isinstance(cell, Cell)]:
        found = _FIELD.fullmatch(cell.value) if isinstance(cell.value, str) else None
        if found and found[1] == "row":
            model[int(cell.column or 0)], first = found[2], int(cell.row or 0)
            put(cell, "")
        elif found:
            put(cell, made[found[2]])
        elif isinstance(cell.value, str) and _FIELD.search(cell.value):
            put(cell, _FIELD.sub(lambda one: _said(made[one[2]]), cell.value))
    if first and not has_rows:
        put(_cell(sheet, first, min(model)), NOTHING)
    return Place(first, tuple(sorted(model.items())))


def _said(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _cell(sheet: Worksheet, row: int, column: int) -> Any:
    return sheet.cell(row, column)
