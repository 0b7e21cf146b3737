"""What stands in the tables of the self-check workbook: for every sheet the rows its model row is written with."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checklists.checklist.levels import (
    EVERY_SHIFT,
    EVERY_WEEK,
    MOST_A_PLACE,
    daily,
    monthly,
    of_level,
    ordered,
    quarterly,
)
from checklists.checklist.numbers import number_ranges
from checklists.checklist.printed import PrintedChecklist, PrintedRow, PrintedTerm, Reference
from checklists.checklist.rows import Row
from checklists.checklist.standards import PrintedCriterion, major_legend

GUIDE, DAY, WEEK, MONTH, QUARTER = "说明", "班组日查", "车间周查", "厂矿月查", "集团季查"
LEDGER, KEPT_PAPERS, COUNTS, BASES = "隐患台账", "备查资料", "统计", "依据"
CRITERIA, REST = "重大隐患判定", "其余检查项"
TABLES = (DAY, WEEK, MONTH, QUARTER, CRITERIA, LEDGER, KEPT_PAPERS, COUNTS, REST, BASES)
SHEETS = (GUIDE, *TABLES)
CHECK_SHEETS = (DAY, WEEK, MONTH, QUARTER, REST)
MAY_BE_ABSENT = (DAY, WEEK, QUARTER, CRITERIA, REST)
"""Sheets that a workbook does without when nothing belongs on them; no formula of another sheet may refer to them."""

TITLE = "企业安全生产自查工作簿"
RESULTS = ("符合", "不符合", "不涉及")
DAILY_SIGNS = ("√", "×", "／")
LEVELS = ("一般", "重大")
STATES = ("整改中", "已整改", "已验收销号")
SOURCES = ("企业自查", "部门检查", "集团检查", "专家服务", "员工报告", "其他")

OWN, TERM = "自加项", "术语"
OWN_ROWS = 20
OWN_PAPERS = 10
LEDGER_ROWS = 500
LEDGER_FOLDS = (20, 40, 80, 160, 320)
"""Rows of the ledger that are seen at first, and after each unfolding: an empty one prints on one page."""


@dataclass(frozen=True)
class CheckRow:
    """A row of a check sheet. ``content`` and ``standard`` are the item's, to the letter."""

    number: int | str
    id: str = ""
    where: str = ""
    marks: str = ""
    content: str = ""
    ask: str = ""
    """Second line under the content of an item that hangs on an unknown fact."""
    standard: str = ""
    code: str = ""
    remark: str = ""
    """Second line under the code: 〔历年〕, 应已完成."""
    rectify: str = ""


@dataclass(frozen=True)
class CriterionRow:
    """A situation that a standard counts as major."""

    number: int
    where: str
    marks: str
    text: str
    see: str
    article: str
    standard: str
    numbers: str
    choice: str
    """What the ledger's drop-down offers: number, standard, article and text in one."""


@dataclass(frozen=True)
class LedgerRow:
    """A prepared row of the ledger."""

    number: int


@dataclass(frozen=True)
class PaperRow:
    """A document to keep at hand and the numbers of the items that ask for it."""

    name: str = ""
    numbers: str = ""


@dataclass(frozen=True)
class PlaceRow:
    """A 部位 that has rows."""

    where: str


@dataclass(frozen=True)
class BasisRow:
    """One basis of one item in full; under them, with TERM for a number, the words that the items use."""

    number: int | str
    reference: str
    clause: str
    quote: str
    says: str
    year: int
    place: str
    due: str


TableRow = CheckRow | CriterionRow | LedgerRow | PaperRow | PlaceRow | BasisRow

ROW_TYPES: dict[str, type] = {
    **dict.fromkeys(CHECK_SHEETS, CheckRow),
    CRITERIA: CriterionRow,
    LEDGER: LedgerRow,
    KEPT_PAPERS: PaperRow,
    COUNTS: PlaceRow,
    BASES: BasisRow,
}
"""What ``row`` is in the model row of a sheet."""


REQUIRED_FIELDS: dict[str, tuple[str, ...]] = {
    GUIDE: (
        "checklist.disclaimer",
        "checklist.edition",
        "checklist.on",
        "checklist.fingerprint",
        "enterprise.name",
        "enterprise.serial",
    ),
    **dict.fromkeys(CHECK_SHEETS, ("row.number", "row.id", "row.marks", "row.content")),
    CRITERIA: ("row.article", "row.text", "row.choice"),
    LEDGER: ("row.number",),
    KEPT_PAPERS: ("row.name", "row.numbers"),
    BASES: ("row.number", "row.reference", "row.clause", "row.quote", "row.says"),
}
"""What a workbook must print to be read back and to say what it is."""


@dataclass(frozen=True)
class Table:
    """Rows of one sheet: those as worded, those whose wording is left to the enterprise, and lines under them."""

    sheet: str
    rows: tuple[TableRow, ...]
    own: tuple[TableRow, ...] = ()
    under: tuple[TableRow, ...] = ()
    """Lines that share the columns but neither the formulas nor the drop-downs: signatures."""
    folds: tuple[int, ...] = ()
    """How many rows are seen at first, and after each unfolding; empty where all are."""


def tables_of(printed: PrintedChecklist) -> tuple[Table, ...]:
    """The tables in the order of the sheets; a sheet of MAY_BE_ABSENT that has nothing to hold is not among them."""
    checklist, rows = printed.checklist, printed.whole.rows
    of_month = monthly(checklist)
    signatures = (CheckRow("", content="检查人（签名）"), CheckRow("", content="问题报给谁"))
    found = (
        Table(DAY, _check_rows(rows, daily(of_month)), under=signatures),
        Table(WEEK, _check_rows(rows, of_level(of_month, EVERY_WEEK))),
        Table(MONTH, _check_rows(rows, of_month), own=tuple(_own_rows())),
        Table(QUARTER, _check_rows(rows, quarterly(checklist))),
        Table(CRITERIA, tuple(map(_criterion_row, printed.criteria))),
        Table(LEDGER, tuple(map(LedgerRow, range(1, LEDGER_ROWS + 1))), folds=LEDGER_FOLDS),
        Table(KEPT_PAPERS, tuple(_papers(checklist.rows)), own=(PaperRow(),) * OWN_PAPERS),
        Table(COUNTS, tuple(map(PlaceRow, dict.fromkeys([*(row.where for row in of_month), OWN])))),
        Table(REST, _check_rows(rows, _others(checklist.rows, of_month))),
        Table(BASES, tuple(_bases(printed))),
    )
    return tuple(table for table in found if table.rows or table.sheet not in MAY_BE_ABSENT)


def _others(rows: Sequence[Row], taken: Sequence[Row]) -> list[Row]:
    numbers = {row.number for row in taken}
    return [row for row in rows if row.number not in numbers]


def _check_rows(rows: Sequence[PrintedRow], chosen: Sequence[Row]) -> tuple[CheckRow, ...]:
    """The printed rows of those that were chosen."""
    numbers = {row.number for row in chosen}
    return tuple(
        CheckRow(
            number=row.number,
            id=row.id,
            where=row.where,
            marks=row.marks,
            content=row.content,
            ask=_ask(row),
            standard=row.standard,
            code=row.code,
            remark=_remark(row),
            rectify=row.rectify,
        )
        for row in rows
        if row.number in numbers
    )


def _ask(row: PrintedRow) -> str:
    """What stands under the content: how little the notices say, and what has to be asked first."""
    question = f"先问：{row.question}？若无，按不涉及填" if row.question else ""
    return "".join(f"\n{line}" for line in (row.force, question) if line)


def _criterion_row(criterion: PrintedCriterion) -> CriterionRow:
    return CriterionRow(
        number=criterion.number,
        where=criterion.where,
        marks="★" if criterion.key else "",
        text=criterion.text,
        see=criterion.see,
        article=criterion.article,
        standard=criterion.standard,
        numbers=criterion.numbers,
        choice=f"{criterion.number} {criterion.standard}{criterion.article}：{criterion.text}",
    )


def _remark(row: PrintedRow) -> str:
    words = [word for word in (row.old, row.progress) if word]
    return "\n" + "，".join(words) if words else ""


def _own_rows() -> Iterator[CheckRow]:
    for number in range(1, OWN_ROWS + 1):
        yield CheckRow(f"自{number}", id=f"own-{number}", where=OWN)


def _papers(rows: Sequence[Row]) -> Iterator[PaperRow]:
    wanted: dict[str, list[int]] = {}
    for row in ordered(rows):
        if "查资料" in row.item.how:
            wanted.setdefault(row.item.evidence, []).append(row.number)
    for name, numbers in wanted.items():
        yield PaperRow(name, number_ranges(numbers))


def _bases(printed: PrintedChecklist) -> Iterator[BasisRow]:
    for row in printed.whole.rows:
        for reference in row.references:
            yield _basis_row(row, reference)
    for term in printed.whole.terms:
        yield _term_row(term)


def _basis_row(row: PrintedRow, reference: Reference) -> BasisRow:
    return BasisRow(
        number=row.number,
        reference=reference.notice,
        clause=reference.clause,
        quote=reference.quote,
        says=reference.says,
        year=reference.year,
        place=reference.place,
        due=reference.due,
    )


def _term_row(term: PrintedTerm) -> BasisRow:
    meaning = term.meaning if term.explained else "通知只提到名称，没有展开"
    return BasisRow(
        number=TERM,
        reference=term.notice,
        clause=term.clause,
        quote=f"{term.term}：{meaning}",
        says="",
        year=term.year,
        place=term.place,
        due="",
    )


# ---------------------------------------------------------------- what single cells may print


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
    questions: str
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
        questions=_questions(printed) or "无",
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
    if over:
        parts.append(f"日查每部位至多 {MOST_A_PLACE} 项，另 {over} 项只列入周查、月查")
    absent = [name for name in (DAY, WEEK) if name not in held]
    if absent:
        parts.append(f"没有须{'、'.join(name[2:] for name in absent)}的项目，不设“{'”“'.join(absent)}”表")
    return "；".join(parts)


def _questions(printed: PrintedChecklist) -> str:
    """Unknown facts, each with the numbers of the items that hang on it."""
    return "；".join(
        f"{question.text}？若无，第{question.numbers}项按不涉及填" for question in printed.whole.questions
    )
