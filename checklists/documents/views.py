"""What the template of a field checklist sees as ``checklist``, and the templates of all other papers with it.

docs/templates.md tells template authors the same, with an example of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from checklists.checklist.build import Appendix
from checklists.checklist.numbers import number_ranges
from checklists.checklist.printed import (
    LeftOutPlace,
    PrintedChecklist,
    PrintedRow,
    PrintedSection,
    PrintedSource,
    PrintedTerm,
)
from checklists.checklist.standards import (
    PrintedCriterion,
    PrintedStandard,
    criteria_on_paper,
    major_legend,
)

FORM_NAME = "安全生产现场检查表"
LONGEST_TITLE = 16
"""Characters of type names that still fit the title line in 小二."""
APPENDIX = "企业留存"
APPENDIX_LINES: dict[Appendix, str] = {
    "apart": f"不符合项整改要求、依据原文见《{APPENDIX}》，编号相同。",
    "with": "不符合项整改要求、依据原文见后附的企业留存部分。",
    "none": "",
}
ONE_SHEET = 15
"""Rows up to which the paper is one sheet, both sides, and has the shorter problem table."""


@dataclass(frozen=True)
class ListView:
    """Everything a template may print of a checklist; the enterprise's own fields are not in it."""

    title: str
    """安全生产现场检查表（餐饮用气单位）."""
    type_names: str
    on: str
    """2026年11月22日."""
    on_iso: str
    """2026-11-22."""
    edition: str
    fingerprint: str
    """7f3a-91c2-0b1d."""
    known: str
    questions: tuple[str, ...]
    key: str
    """Key of the codes of the rows."""
    own_clauses: str
    """本类型通知单列条款2条；…"""
    notes: tuple[str, ...]
    particulars: tuple[tuple[str, ...], ...]
    """Labels of the boxes that the type asks for, each in its lines."""
    disclaimer: str
    has_old: bool
    one_sheet: bool
    count: int
    key_count: int
    major_count: int
    total: int
    """Rows of the paper and rows left out."""
    sections: tuple[PrintedSection, ...]
    rows: tuple[PrintedRow, ...]
    """The rows of all sections in order."""
    left_out: tuple[PrintedRow, ...]
    left_out_places: tuple[LeftOutPlace, ...]
    """The same by 部位, in the order of the walk."""
    with_appendix: bool
    """Whether what stays with the enterprise is printed behind the list, in the same file."""
    appendix_line: str
    """Where it is, for the last line of the list; empty where it is left out."""
    sources: tuple[PrintedSource, ...]
    """The quotes of all rows, each once, the newest notice first."""
    terms: tuple[PrintedTerm, ...]
    standards: tuple[PrintedStandard, ...]
    """The 判定标准 that bind the enterprise on the day, held or not."""
    criteria: tuple[PrintedCriterion, ...]
    """Theirs that the paper has room for: at most 30."""
    criteria_total: int
    """How many apply; the workbook has them all."""
    major_legend: str
    """▲ 按判定标准，不符合即疑似重大."""


def list_view(printed: PrintedChecklist, appendix: Appendix = "apart") -> ListView:
    """The rows of the paper, and behind them those it leaves out."""
    paper = printed.paper
    return ListView(
        title=_title(printed.type_names),
        type_names="、".join(printed.type_names),
        on=day_words(printed),
        on_iso=printed.on.isoformat(),
        edition=printed.edition,
        fingerprint=printed.fingerprint,
        known=printed.known,
        questions=tuple(question.line for question in paper.questions),
        key=paper.key,
        own_clauses=printed.own_clauses,
        notes=printed.notes,
        particulars=tuple(tuple(name.split()) for name in printed.particulars),
        disclaimer=printed.disclaimer,
        has_old=any(row.old for row in paper.rows),
        one_sheet=len(paper.rows) <= ONE_SHEET,
        count=len(paper.rows),
        key_count=paper.key_count,
        major_count=paper.major_count,
        total=len(printed.whole.rows),
        sections=printed.sections,
        rows=tuple(row for section in printed.sections for row in section.rows),
        left_out=printed.left_out,
        left_out_places=_places(printed.left_out),
        with_appendix=appendix == "with",
        appendix_line=APPENDIX_LINES[appendix],
        sources=printed.sources,
        terms=paper.terms,
        standards=printed.standards,
        criteria=tuple(
            replace(one, numbers=one.paper_numbers) for one in criteria_on_paper(printed.criteria)
        ),
        criteria_total=len(printed.criteria),
        major_legend=major_legend(printed.standards, printed.criteria),
    )


def _places(rows: Sequence[PrintedRow]) -> tuple[LeftOutPlace, ...]:
    numbers: dict[str, list[int]] = {}
    for row in rows:
        numbers.setdefault(row.where, []).append(row.number)
    return tuple(LeftOutPlace(where, number_ranges(found), len(found)) for where, found in numbers.items())


def day_words(printed: PrintedChecklist) -> str:
    """2026年11月22日."""
    return f"{printed.on.year}年{printed.on.month}月{printed.on.day}日"


def _title(type_names: Sequence[str]) -> str:
    """The types in the title where they fit on its line, else the first and how many."""
    named = "、".join(type_names)
    if len(named) > LONGEST_TITLE and len(type_names) > 1:
        named = f"{type_names[0]}等{len(type_names)}类"
    return f"{FORM_NAME}（{named}）"
