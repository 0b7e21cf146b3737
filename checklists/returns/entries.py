"""Rows of the ledger of a workbook in which anything is written."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checklists.documents.excel.answers import (
    CHECKED,
    DONE,
    FOUND,
    KEY,
    NUMBER,
    PREPARED,
    SOURCE,
    WHAT,
    item_of,
    key_of,
)
from checklists.returns.checks import FORMULA, Sheets
from checklists.returns.returned import Entry, Told
from checklists.returns.rows import Rows
from checklists.returns.tables import Table, cell_name, formulas_in, text_of
from checklists.returns.words import LEDGER_WORDS, day_of

DUE = "时限"
DAYS = frozenset({FOUND, DUE, DONE, CHECKED, "报部门日期", "报职代会日期", "公示日期"})
"""Columns in which a day is written."""
_NO_DAY = frozenset({"无", "/", "／", "—", "-"})


def read_entries(table: Table, book: Sheets, numbers: Mapping[str, str], rows: Rows) -> None:
    """``numbers``: id by the number of its row in this very book, for a source that is typed as a number."""
    heads = {at: head for head, at in table.columns.items()}
    written = [at for at, head in heads.items() if head not in PREPARED]
    at_key = table.columns.get(KEY, -1)
    found: dict[str, Entry] = {}
    formulas = formulas_in(table, written)
    for number, row in enumerate(table.sheet.rows[table.first :], start=table.first):
        if number not in formulas and row.count("") >= len(row) - 1 and (at_key < 0 or row[at_key] != ""):
            continue  # a prepared row
        is_written = number in formulas or any(row[at] != "" for at in written)
        if not is_written or row[table.columns[WHAT]] == "隐患描述":
            continue
        reasons: list[tuple[str, str, str]] = []
        told = dict(_told(table, number, heads, book, reasons))
        if not told and not reasons:
            continue
        raw = {head: row[at] for at, head in heads.items() if row[at] != ""} | told
        if at_key >= 0 and isinstance(row[at_key], datetime.date):
            raw.pop(KEY, None)
        key, item = key_of(raw, book.guide.claims.get("基准日", "")), item_of(raw.get(SOURCE), numbers)
        entry = Entry(key, item, told, table.sheet.name, cell_name(number, max(at_key, 0)))
        before = found.setdefault(key, entry)
        if before is not entry:
            if before.told == told:
                rows.set_aside("rejected", entry.sheet, entry.cell, key, key, f"与 {before.cell} 重复")
                continue
            reasons.append((entry.cell, key, f"编号与 {before.cell} 相同，内容不同"))
        reasons += _out_of_order(table, number, told)
        rows.take_entry(entry, reasons)


def numbers_of(tables: Sequence[Table], id_head: str) -> dict[str, str]:
    """Id by the number of its row, of all check sheets."""
    found: dict[str, str] = {}
    for table in tables:
        at, name = table.columns.get(NUMBER), table.columns.get(id_head)
        if table.kind != "check" or at is None or name is None:
            continue
        for row in table.sheet.rows[table.first :]:
            if row[at] != "" and row[name]:
                found.setdefault(text_of(row[at]), str(row[name]).strip())
    return found


def _told(
    table: Table, number: int, heads: Mapping[int, str], book: Sheets, reasons: list[tuple[str, str, str]]
) -> Iterator[tuple[str, Told]]:
    row, formulas = table.sheet.rows[number], table.sheet.formulas
    for at, head in heads.items():
        value = row[at]
        if (value == "" and not formulas) or head in PREPARED:
            continue
        cell = cell_name(number, at)
        if cell in formulas:
            reasons.append((cell, text_of(value), f"{head}{FORMULA}"))
        if value == "":
            continue
        if head in DAYS:
            yield head, _day(value, head, cell, book, reasons)
            continue
        if head in LEDGER_WORDS and text_of(value) not in LEDGER_WORDS[head]:
            reasons.append((cell, text_of(value), f"{head}“{text_of(value)[:20]}”不是清单里的词"))
        yield head, _plain(value)


def _day(value: Any, head: str, cell: str, book: Sheets, reasons: list[tuple[str, str, str]]) -> Told:
    day = day_of(value, book.year)
    if day is not None:
        return day
    given = text_of(value)
    if given not in _NO_DAY:
        reasons.append((cell, given, f"{head}“{given[:20]}”看不懂是哪一天"))
    return given


def _plain(value: Any) -> Told:
    if isinstance(value, float) and not value.is_integer():
        return value
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    return text_of(value)


def _out_of_order(table: Table, number: int, told: Mapping[str, Told]) -> Iterator[tuple[str, str, str]]:
    days = [
        (head, told[head]) for head in (FOUND, DONE, CHECKED) if isinstance(told.get(head), datetime.date)
    ]
    for (before, first), (behind, second) in itertools.pairwise(days):
        if isinstance(first, datetime.date) and isinstance(second, datetime.date) and second < first:
            cell = cell_name(number, table.columns[behind])
            yield cell, second.isoformat(), f"{behind}早于{before}"
