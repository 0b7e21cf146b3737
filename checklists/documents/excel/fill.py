"""The enterprise's self-check workbook: a template filled with one checklist, the enterprise left open as marks."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from checklists.checklist.printed import PrintedChecklist
from checklists.documents.claims import PLATE_MARKS, ROWS_LEFT_OUT, cell_claims, with_claims
from checklists.documents.core import CORE, dated_core
from checklists.documents.excel.around import before_rows, behind_rows
from checklists.documents.excel.carried import Carried
from checklists.documents.excel.carrying import with_carried
from checklists.documents.excel.filling import FilledSheet, add_row, filled_sheet
from checklists.documents.excel.grid import reckon
from checklists.documents.excel.package import Package, book_parts, lost_names, names_of
from checklists.documents.excel.parts import with_styles
from checklists.documents.excel.plan import KEYWORDS, TITLE, Plan, plan_of
from checklists.documents.excel.reading import digest_of
from checklists.documents.excel.rows import BasisRow, CheckRow, Table, tables_of
from checklists.documents.excel.sheets import BASES, GUIDE, MONTH, REST, SHEETS
from checklists.documents.excel.view import WorkbookView, workbook_view
from checklists.documents.excel.write import Filler
from checklists.documents.fields import ENTERPRISE, EnterpriseFields, choice, mark
from checklists.documents.tags import STEPS, Steps
from checklists.selection.profile import is_small

_TABLES, _SMALL = "tables", "small"
"""Names under which the tables, and whether it is for a small place, travel with what the cells see."""


def workbook_names(printed: PrintedChecklist) -> dict[str, Any]:
    """What the template sees, and the tables that its model rows are written with."""
    tables = tables_of(printed)
    checklist = printed.checklist
    small = is_small(checklist.library.vocabulary, checklist.profile)
    return {"checklist": workbook_view(printed, tables), _TABLES: tables, _SMALL: small}


def fill_workbook(
    template: Path,
    names: Mapping[str, Any],
    claims: Mapping[str, str],
    on: datetime.date,
    carried: Carried | None = None,
) -> dict[str, bytes]:
    """Parts of the filled workbook by name, the enterprise's fields standing in them as marks.

    ``names`` as :func:`workbook_names` gives them; ``claims`` are what the file says of itself, its digest apart;
    ``carried``: what goes on from the workbook of before. Same template and names give the same bytes. Raises Refused
    for a template that breaks the contract.
    """
    plan = plan_of(template, small=names[_SMALL])
    made = _filled(plan, names, str(template))
    left_out = names["checklist"].total - len(rows_held(names, [sheet.title for sheet in made]))
    if left_out:
        claims = {**claims, ROWS_LEFT_OUT: str(left_out)}
    guide = next(sheet for sheet in made if sheet.title == GUIDE)
    _show_claims(guide, cell_claims(claims))
    digest = digest_of((sheet.title, *sheet.told()) for sheet in made)
    parts = _parts(plan.package, made, names, on, Filler(str(template), _seen(names)))
    if carried:
        parts, digest = with_carried(parts, carried, on, made)
    else:
        parts = with_styles(parts, GUIDE, {cell: choice(*told) for cell, told in guide.opened.items()})
    return with_claims(_with_digest(parts, plan.package.sheets[GUIDE], digest), {**claims, **digest})


def rows_held(names: Mapping[str, Any], sheets: Sequence[str]) -> list[CheckRow]:
    """Rows of the sheets that between them hold every item once, of those sheets that there are."""
    tables = [table for table in names[_TABLES] if table.sheet in (MONTH, REST) and table.sheet in sheets]
    return [row for table in tables for row in table.rows if isinstance(row, CheckRow)]


def _seen(names: Mapping[str, Any]) -> dict[str, Any]:
    return {"checklist": names["checklist"], ENTERPRISE: EnterpriseFields(), STEPS: Steps()}


def _filled(plan: Plan, names: Mapping[str, Any], file: str) -> list[FilledSheet]:
    """Every sheet that the list has something for, and those that a template has of its own."""
    tables: dict[str, Table] = {table.sheet: table for table in names[_TABLES]}
    sheets = [sheet for sheet in plan.sheets if sheet.title in tables or sheet.title not in SHEETS]
    first = {sheet.title: sheet.model_row for sheet in sheets}
    filler = Filler(file, _seen(names), _bases(tables.get(BASES), first.get(BASES)))
    return [filled_sheet(sheet, tables.get(sheet.title), filler) for sheet in sheets]


def _bases(table: Table | None, first: int | None) -> dict[int | str, str]:
    """Where the bases of each item begin, by its number; nothing where the sheet is left out."""
    found: dict[int | str, str] = {}
    if table is None or first is None:
        return found
    for at, row in enumerate(table.rows, start=first):
        if isinstance(row, BasisRow):
            found.setdefault(row.number, f"'{BASES}'!A{at}")
    return found


CLAIMS_HEAD = "核验数据"
CLAIMS_NOTE = "供核验本文件时用，不打印；请勿改动。"


def _show_claims(guide: FilledSheet, claims: Mapping[str, str]) -> None:
    """What the workbook says of itself, readable, under the first sheet and outside of what is printed."""
    for row, told in enumerate([(CLAIMS_HEAD, CLAIMS_NOTE), *claims.items()], start=guide.last + 2):
        add_row(guide, row, dict(enumerate(told, start=1)))


def _with_digest(parts: Mapping[str, bytes], guide: str, digest: Mapping[str, str]) -> dict[str, bytes]:
    """The parts with the digest in place of its marks."""
    content = parts[guide]
    for name, field in PLATE_MARKS.items():
        content = content.replace(mark(field).encode(), escape(digest[name]).encode())
    return {**parts, guide: content}


# ---------------------------------------------------------------- the package


def _parts(
    package: Package, made: Sequence[FilledSheet], names: Mapping[str, Any], on: datetime.date, filler: Filler
) -> dict[str, bytes]:
    view: WorkbookView = names["checklist"]
    reaches = {sheet.title: sheet.reach for sheet in made}
    told = names_of(package, reaches)
    reckon(made, told, on)
    lost = lost_names(package, tuple(reaches))
    headers = Filler(filler.file, {**filler.names, "checklist": _with_doubled_ampersands(view)})
    parts = book_parts(package, reaches)
    sheets = {package.sheets[sheet.title]: _sheet_xml(sheet, headers, lost) for sheet in made}
    return {**parts, CORE: _described(parts[CORE], view, on), **sheets}


def _sheet_xml(sheet: FilledSheet, headers: Filler, lost: frozenset[str]) -> bytes:
    added, plan = sheet.added(), sheet.plan.around
    fill = partial(_header, headers, sheet.title)
    behind = behind_rows(plan, added, fill, lambda offered: offered not in lost)
    rows = "".join(piece for rows in sheet.rows for piece in rows.pieces)
    return f"{before_rows(plan, added)}<sheetData>{rows}</sheetData>{behind}</worksheet>".encode()


def _header(headers: Filler, sheet: str, text: str) -> str:
    return str(headers.fill(text, sheet))


def _with_doubled_ampersands(view: WorkbookView) -> WorkbookView:
    """Texts for a head or foot of a page, where a single & opens a code."""
    texts: dict[str, Any] = {
        name: value.replace("&", "&&")
        for name, value in dataclasses.asdict(view).items()
        if isinstance(value, str)
    }
    return dataclasses.replace(view, **texts)


def _described(core: bytes, view: WorkbookView, on: datetime.date) -> bytes:
    """Properties of the file: what it is and for whom, of the checklist's day."""
    title = f"{view.title} {mark('name')}"
    keywords = f"编号 {mark('serial')}；规则版 {view.edition}；指纹 {view.fingerprint}"
    told = core.replace(TITLE.encode(), escape(title).encode())
    return dated_core(told.replace(KEYWORDS.encode(), escape(keywords).encode()), on)
