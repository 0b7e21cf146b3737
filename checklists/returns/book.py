"""A filled self-check workbook read: of any format, sorted, renamed, with rows and columns moved."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from checklists.documents.catalogue import CHECKLIST, WORKBOOK
from checklists.documents.claims import DAY, DOCUMENT, EDITION, FORMAT_NUMBER, SERIAL
from checklists.documents.excel.answers import ID
from checklists.problems import Position, Refused, problem
from checklists.returns.checks import Sheets, ids_of, read_checks, read_situations
from checklists.returns.entries import numbers_of, read_entries
from checklists.returns.guide import SOURCE_CLAIM, Guide, read_guide
from checklists.returns.opening import OpenBook, open_book
from checklists.returns.returned import Notice, Return
from checklists.returns.rows import Rows
from checklists.returns.tables import Table, table_of
from checklists.returns.words import BY_OFFICE, BY_SELF

LEDGER_OF_ALL = "隐患汇总台账"
"""What the ledger made of all returns calls itself: it is none of them."""

ENTERED = "检查表录入"
"""What a list that was filled in on paper and typed in by a clerk calls itself."""


def read_book(content: bytes, digest: str, position: Position) -> Return:
    """Raises Refused for a file that cannot be read, or is no workbook of ours."""
    book = open_book(content, position)
    document = book.properties.get(DOCUMENT, "")
    if document == LEDGER_OF_ALL:
        raise Refused([problem("returns-own-ledger", position)])
    tables = [table for sheet in book.sheets if (table := table_of(sheet))]
    asked = [table for table in tables if table.kind != "guide"]
    guide = read_guide(book, next((table for table in tables if table.kind == "guide"), None))
    document = guide.claims[DOCUMENT] or document
    if not asked or (document and document not in (WORKBOOK, ENTERED)):
        raise Refused([problem("returns-not-ours", position, document=document or "不是企业自查工作簿")])
    rows = _rows(asked, guide)
    returned = Return(
        digest,
        WORKBOOK,
        guide.firm,
        guide.month,
        guide.by,
        guide.claims[FORMAT_NUMBER],
        guide.claims[EDITION],
        guide.claims[DAY],
        guide.claims[SERIAL],
        BY_SELF,
        tuple(rows.answers),
        tuple(rows.entries),
        tuple(rows.asides),
        rows.count,
        (*guide.notices, *_odd(book, asked, guide)),
    )
    return _entered(returned, guide) if document == ENTERED else returned


def _entered(returned: Return, guide: Guide) -> Return:
    """A list on paper that was typed in: its day is that of its answers, and it has neither period nor other sheets."""
    day = max((answer.day for answer in returned.answers if answer.day), default=None)
    by = next((answer.by for answer in returned.answers if answer.by), returned.by)
    notices = [
        one for one in returned.notices if one.code not in ("returns-no-period", "returns-sheets-missing")
    ]
    if day is None and returned.answers:
        notices.append(Notice("returns-no-day", "", "", {"given": "", "day": returned.on}))
    return replace(
        returned,
        document=CHECKLIST,
        month=f"{day:%Y-%m}" if day else returned.month,
        by=by,
        source=BY_SELF if guide.claims[SOURCE_CLAIM] == BY_SELF else BY_OFFICE,
        notices=tuple(notices),
        checked=day,
    )


def _rows(tables: list[Table], guide: Guide) -> Rows:
    rows = Rows()
    sheets = Sheets(guide, cache(lambda: ids_of(tables)))
    for table in tables:
        if table.kind == "situations":
            read_situations(table, sheets, rows)
        elif table.kind == "ledger":
            read_entries(table, sheets, numbers_of(tables, ID), rows)
        else:
            read_checks(table, sheets, rows)
    return rows


def _odd(book: OpenBook, tables: list[Table], guide: Guide) -> list[Notice]:
    found = []
    if book.has_macros:
        found.append(Notice("returns-macros", "", "", {}))
    if book.has_links:
        found.append(Notice("returns-links", "", "", {}))
    if not guide.claims[SERIAL]:
        found.append(Notice("returns-no-serial", "", "", {}))
    if not (guide.firm.name or guide.firm.code):
        found.append(Notice("returns-no-firm", "", "", {}))
    for table in tables:
        if table.twice and table.kind != "quarter":
            heads = "、".join(table.twice)
            found.append(Notice("returns-heads-twice", table.sheet.name, "", {"heads": heads}))
    kinds = {table.kind for table in tables}
    missing = [word for kind, word in (("check", "厂矿月查"), ("ledger", "隐患台账")) if kind not in kinds]
    if missing:
        found.append(Notice("returns-sheets-missing", "", "", {"sheets": "、".join(missing)}))
    return found
