"""What a cell of the workbook sees as ``checklist``: texts and figures that all enterprises of one list share."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from checklists.checklist.levels import EVERY_SHIFT, EVERY_WEEK, MOST_A_PLACE, daily, monthly, of_level
from checklists.checklist.printed import PrintedChecklist
from checklists.checklist.standards import major_legend
from checklists.documents.excel.rows import Table
from checklists.documents.excel.sheets import CHECK_SHEETS, DAY, WEEK

TITLE = "企业安全生产自查工作簿"


@dataclass(frozen=True)
class WorkbookView:
    """What a cell sees as ``checklist``: texts and figures that all enterprises of one list share.

    The enterprise and what follows from it alone (serial) are not among them: they stand in the plate as marks.
    """

    title: str
    type_names: str
    on: datetime.date
    edition: str
    fingerprint: str
    total: int
    key_count: int
    major_count: int
    scope: str
    """How many items each sheet holds, and why one is not there."""
    known: str
    period: datetime.date
    """First day of the month that the workbook is made for; people overwrite it."""
    year_month: int
    """Month in which the yearly items are due, as long as nobody names another: the one it is first made for."""
    notes: str
    own_clauses: str
    particulars: str
    key: str
    standards: str
    """The 判定标准 that bind the enterprise on the day, a line each."""
    standards_in_full: str
    """The same with what else has to be known of them."""
    major_legend: str
    """▲ 按判定标准，不符合即疑似重大."""
    disclaimer: str


def workbook_view(printed: PrintedChecklist, tables: Sequence[Table]) -> WorkbookView:
    """Word everything that the workbook prints of the checklist outside its tables."""
    whole = printed.whole
    return WorkbookView(
        title=TITLE,
        type_names="、".join(printed.type_names),
        on=printed.on,
        edition=printed.edition,
        fingerprint=printed.fingerprint,
        total=len(whole.rows),
        key_count=whole.key_count,
        major_count=whole.major_count,
        scope=_scope(printed, tables),
        known=printed.known or "按所选企业类型的通常情况选取",
        period=printed.on.replace(day=1),
        year_month=printed.on.month,
        notes="；".join(printed.notes),
        own_clauses=printed.own_clauses,
        particulars="　".join(f"{name.replace(' ', '')}：＿＿＿＿＿＿" for name in printed.particulars),
        key=whole.key,
        standards="\n".join(standard.words for standard in printed.standards) or "没有列出判定标准",
        standards_in_full="\n".join(
            "。".join(filter(None, (standard.words, standard.note))) for standard in printed.standards
        ),
        major_legend=major_legend(printed.standards, printed.criteria),
        disclaimer=printed.disclaimer,
    )


def _scope(printed: PrintedChecklist, tables: Sequence[Table]) -> str:
    held = {table.sheet: len(table.rows) for table in tables}
    rows = monthly(printed.checklist)
    parts = [f"{name} {held[name]} 项" for name in CHECK_SHEETS if name in held]
    over = len(of_level(rows, EVERY_SHIFT)) - len(daily(rows))
    if over and DAY in held:
        parts.append(f"日查每部位至多 {MOST_A_PLACE} 项，另 {over} 项只列入周查、月查")
    levels = ((DAY, EVERY_SHIFT), (WEEK, EVERY_WEEK))
    absent = [name for name, level in levels if not of_level(rows, level)]
    if absent:
        parts.append(f"没有须{'、'.join(name[2:] for name in absent)}的项目，不设“{'”“'.join(absent)}”表")
    return "；".join(parts)
