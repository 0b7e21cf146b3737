"""What stands in the tables of the self-check workbook: for every sheet the rows its model row is written with."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checklists.checklist.build import Checklist, Row, counts, number_ranges
from checklists.documents.word.context import word_context
from checklists.models import Basis, Every, Term
from checklists.rules.citation import notice_key, notice_reference, says_word

GUIDE, DAY, WEEK, MONTH, QUARTER = "说明", "班组日查", "车间周查", "厂矿月查", "集团季查"
LEDGER, PAPERS, COUNTS, BASES = "隐患台账", "备查资料", "统计", "依据"
SHEETS = (GUIDE, DAY, WEEK, MONTH, QUARTER, LEDGER, PAPERS, COUNTS, BASES)
TABLES = (DAY, WEEK, MONTH, QUARTER, LEDGER, PAPERS, COUNTS, BASES)
MAY_BE_ABSENT = (DAY, WEEK, QUARTER)
"""Sheets that a workbook does without when nothing belongs on them; no other sheet may refer to them."""

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
MOST_A_PLACE = 12
"""Items of one 部位 on the daily sheet; what goes beyond is on the weekly one, which holds them all."""

LEVELS_UP: dict[str, tuple[Every, ...]] = {DAY: ("shift",), WEEK: ("shift", "week")}


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


TableRow = CheckRow | LedgerRow | PaperRow | PlaceRow | BasisRow

ROW_FIELDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((DAY, WEEK, MONTH, QUARTER), tuple(CheckRow.__dataclass_fields__)),
    LEDGER: tuple(LedgerRow.__dataclass_fields__),
    PAPERS: tuple(PaperRow.__dataclass_fields__),
    COUNTS: tuple(PlaceRow.__dataclass_fields__),
    BASES: tuple(BasisRow.__dataclass_fields__),
}
"""Names that a model row may use after ``row.``, by sheet."""


REQUIRED_FIELDS: dict[str, tuple[str, ...]] = {
    GUIDE: (
        "checklist.disclaimer",
        "checklist.edition",
        "checklist.on",
        "checklist.fingerprint",
        "enterprise.name",
        "enterprise.serial",
    ),
    **dict.fromkeys((DAY, WEEK, MONTH, QUARTER), ("row.number", "row.id", "row.marks", "row.content")),
    LEDGER: ("row.number",),
    PAPERS: ("row.name", "row.numbers"),
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


def tables_of(checklist: Checklist) -> dict[str, Table]:
    """The tables by sheet; a sheet of MAY_BE_ABSENT that has nothing to hold is not among them."""
    rows = checklist.rows
    month = Table(MONTH, _check_rows(rows), own=tuple(_own_rows()))
    signatures = (CheckRow("", content="检查人（签名）"), CheckRow("", content="问题报给谁"))
    found = [
        Table(DAY, _check_rows(daily(rows)), under=signatures),
        Table(WEEK, _check_rows(_of_level(rows, WEEK))),
        month,
        Table(QUARTER, _check_rows(_quarterly(checklist))),
        Table(LEDGER, tuple(map(LedgerRow, range(1, LEDGER_ROWS + 1))), folds=LEDGER_FOLDS),
        Table(PAPERS, tuple(_papers(rows)), own=(PaperRow(),) * OWN_PAPERS),
        Table(COUNTS, tuple(map(PlaceRow, dict.fromkeys([*(row.where for row in rows), OWN])))),
        Table(BASES, tuple(_bases(checklist))),
    ]
    return {table.sheet: table for table in found if table.rows or table.sheet not in MAY_BE_ABSENT}


def _of_level(rows: Sequence[Row], sheet: str) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.item.every in LEVELS_UP[sheet])


def daily(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows of every shift, at most MOST_A_PLACE of one 部位: ★ stay before others, the order is kept."""
    kept: set[int] = set()
    taken: dict[str, int] = {}
    for row in sorted(_of_level(rows, DAY), key=lambda row: row.item.weight != "key"):
        if taken.get(row.where, 0) < MOST_A_PLACE:
            taken[row.where] = taken.get(row.where, 0) + 1
            kept.add(row.number)
    return tuple(row for row in rows if row.number in kept)


def _quarterly(checklist: Checklist) -> tuple[Row, ...]:
    """★ and ▲ rows, for a 主体企业 only."""
    group = checklist.library.vocabulary.fact_of("group")
    if group is None or checklist.profile.facts.get(group) is not True:
        return ()
    return tuple(row for row in checklist.rows if row.marks)


def _check_rows(rows: Sequence[Row]) -> tuple[CheckRow, ...]:
    return tuple(
        CheckRow(
            number=row.number,
            id=row.item.id,
            where=row.where,
            marks=row.marks,
            content=row.content,
            ask=f"\n先问：{row.question}？若无，按不涉及填" if row.question else "",
            standard=row.standard,
            code=row.code,
            remark=_remark(row),
            rectify=row.item.rectify,
        )
        for row in rows
    )


def _remark(row: Row) -> str:
    words = [word for word in ("〔历年〕" if row.old else "", row.progress) if word]
    return "\n" + "，".join(words) if words else ""


def _own_rows() -> Iterator[CheckRow]:
    for number in range(1, OWN_ROWS + 1):
        yield CheckRow(f"自{number}", id=f"own-{number}", where=OWN)


def _papers(rows: Sequence[Row]) -> Iterator[PaperRow]:
    wanted: dict[str, list[int]] = {}
    for row in rows:
        if "查资料" in row.item.how:
            wanted.setdefault(row.item.evidence, []).append(row.number)
    for name, numbers in wanted.items():
        yield PaperRow(name, number_ranges(numbers))


def _bases(checklist: Checklist) -> Iterator[BasisRow]:
    for row in checklist.rows:
        for basis in row.basis:
            yield _basis_row(checklist, row, basis)
    for term in checklist.terms:
        yield _term_row(checklist, term)


def _basis_row(checklist: Checklist, row: Row, basis: Basis) -> BasisRow:
    notice = checklist.library.notices[basis.notice]
    return BasisRow(
        number=row.number,
        reference=notice_reference(notice),
        clause=basis.clause,
        quote=basis.quote,
        says=says_word(basis),
        year=notice.year,
        place=notice.place,
        due=f"{basis.due}前" if basis.due else "",
    )


def _term_row(checklist: Checklist, term: Term) -> BasisRow:
    notice = checklist.library.notices[term.notice]
    meaning = term.meaning or "通知只提到名称，没有展开"
    return BasisRow(
        number=TERM,
        reference=notice_reference(notice),
        clause=term.clause,
        quote=f"{term.term}：{meaning}",
        says="",
        year=notice.year,
        place=notice.place,
        due="",
    )


# ---------------------------------------------------------------- what single cells may print


@dataclass(frozen=True)
class PrintedChecklist:
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
    disclaimer: str


CHECKLIST_FIELDS = tuple(PrintedChecklist.__dataclass_fields__)


def printed_checklist(checklist: Checklist, tables: Mapping[str, Table]) -> PrintedChecklist:
    """Word everything that the workbook prints of the checklist outside its tables."""
    found, on_paper = counts(checklist.rows), word_context(checklist)
    return PrintedChecklist(
        title=TITLE,
        type_names="、".join(checklist.profile.type_names),
        on=checklist.on,
        edition=checklist.edition,
        fingerprint=on_paper.fingerprint,
        total=found["rows"],
        key_count=found["key"],
        major_count=found["major"],
        scope=_scope(checklist, tables),
        known=on_paper.known or "按所选企业类型的通常情况选取",
        questions=_questions(checklist.rows) or "无",
        notes="；".join(checklist.notes),
        own_clauses=on_paper.own_clauses,
        particulars="　".join(f"{name}：＿＿＿＿＿＿" for name in checklist.particulars),
        key=_key(checklist),
        disclaimer=on_paper.disclaimer,
    )


def _scope(checklist: Checklist, tables: Mapping[str, Table]) -> str:
    parts = [f"{name} {len(tables[name].rows)} 项" for name in (DAY, WEEK, MONTH, QUARTER) if name in tables]
    over = len(_of_level(checklist.rows, DAY)) - len(daily(checklist.rows))
    if over:
        parts.append(f"日查每部位至多 {MOST_A_PLACE} 项，另 {over} 项只列入周查、月查")
    absent = [name for name in (DAY, WEEK) if name not in tables]
    if absent:
        parts.append(f"没有须{'、'.join(name[2:] for name in absent)}的项目，不设“{'”“'.join(absent)}”表")
    return "；".join(parts)


def _questions(rows: Sequence[Row]) -> str:
    """Unknown facts, each with the numbers of the items that hang on it."""
    hanging: dict[str, list[int]] = {}
    for row in rows:
        if row.question:
            hanging.setdefault(row.question, []).append(row.number)
    return "；".join(
        f"{text}？若无，第{number_ranges(numbers)}项按不涉及填" for text, numbers in hanging.items()
    )


def _key(checklist: Checklist) -> str:
    """Key of the short codes that the check sheets print, the newest notice first."""
    notices = checklist.library.notices
    cited = {row.basis[0].notice for row in checklist.rows}
    newest_first = sorted(cited, key=lambda name: (-notices[name].year, name))
    return "；".join(notice_key(notices[name]) for name in newest_first)
