"""What stands in the tables of the self-check workbook: for every sheet the rows its model row is written with."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from checklists.checklist.build import Checklist
from checklists.checklist.levels import EVERY_WEEK, daily, monthly, of_level, ordered, quarterly
from checklists.checklist.numbers import number_ranges
from checklists.checklist.printed import PrintedChecklist, PrintedRow, PrintedTerm, Reference
from checklists.checklist.rows import Row
from checklists.checklist.standards import PrintedCriterion
from checklists.documents.excel.sheets import (
    ALWAYS,
    BASES,
    CHECK_SHEETS,
    COUNTS,
    CRITERIA,
    DAY,
    GUIDE,
    KEPT_PAPERS,
    LEDGER,
    MONTH,
    QUARTER,
    REST,
    SHEETS,
    SMALL,
    WEEK,
)
from checklists.documents.paper_rows import documents_apart
from checklists.selection.profile import is_small
from checklists.text import clean

OWN, TERM = "自加项", "术语"
OWN_ROWS, OWN_SMALL, OWN_WEEKLY, OWN_DAILY = 20, 8, 10, 2
"""Rows of the enterprise's own: of the month, of a small place's month, of the week, of the day in each 部位."""
OWN_PAPERS = 10
LEDGER_ROWS, LEDGER_SMALL = 500, 100
BETWEEN = "　"
"""Between number, title and id of what the ledger's drop-down offers; none of them holds it."""
LEDGER_FOLDS = (20, 40, 80, 160, 320)
"""Rows of the ledger that are seen at first, and after each unfolding: an empty one prints on one page."""
FOLDED = {LEDGER: LEDGER_FOLDS}
"""Sheets that fold rows away."""


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
    every: str = ""
    """日查、周查、月查、季查、年查."""
    rectify: str = ""
    support: str = ""
    switch: str = ""
    """Sign of the question on the first sheet that the item hangs on: 问3."""
    choice: str = ""
    """What the ledger's drop-down offers: number, title and id in one."""


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

    key: str
    """261122-7: day of the list and a number. It stays with its hazard wherever that is copied to."""


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


@dataclass(frozen=True)
class SwitchRow:
    """A question of the first sheet, answered 有 or 无 once for all items that hang on it."""

    sign: str = ""
    text: str = ""
    numbers: str = ""


TableRow = CheckRow | SwitchRow | CriterionRow | LedgerRow | PaperRow | PlaceRow | BasisRow

ROW_TYPES: dict[str, type] = {
    GUIDE: SwitchRow,
    **dict.fromkeys(CHECK_SHEETS, CheckRow),
    CRITERIA: CriterionRow,
    LEDGER: LedgerRow,
    KEPT_PAPERS: PaperRow,
    COUNTS: PlaceRow,
    BASES: BasisRow,
}
"""What ``row`` is in the model row of a sheet."""


_CHECKED = ("row.number", "row.id", "row.marks", "row.content")
REQUIRED_FIELDS: dict[str, tuple[str, ...]] = {
    GUIDE: (
        "checklist.disclaimer",
        "checklist.edition",
        "checklist.on",
        "checklist.fingerprint",
        "enterprise.name",
        "enterprise.serial",
        "row.sign",
        "row.text",
    ),
    **dict.fromkeys(CHECK_SHEETS, _CHECKED),
    MONTH: (*_CHECKED, "row.every", "row.switch", "row.choice"),
    CRITERIA: ("row.article", "row.text", "row.choice"),
    LEDGER: ("row.key",),
    KEPT_PAPERS: ("row.name", "row.numbers"),
    BASES: ("row.number", "row.reference", "row.clause", "row.quote", "row.says"),
}
"""What a workbook must print to be read back and to say what it is."""


@dataclass(frozen=True)
class Block:
    """Rows as worded, those whose wording is left to the enterprise, and lines under them to sign on."""

    rows: tuple[TableRow, ...]
    own: tuple[TableRow, ...] = ()
    under: tuple[TableRow, ...] = ()
    """They share the columns but neither the formulas nor the drop-downs."""


@dataclass(frozen=True)
class Table:
    """Rows of one sheet; each block but the last ends a page."""

    sheet: str
    blocks: tuple[Block, ...]
    folds: tuple[int, ...] = ()
    """How many rows are seen at first, and after each unfolding; empty where all are."""

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """The rows as worded."""
        return tuple(row for block in self.blocks for row in block.rows)


def tables_of(printed: PrintedChecklist) -> tuple[Table, ...]:
    """The tables in the order of the sheets: those wanted that have something to hold, and those of ALWAYS."""
    checklist, rows = printed.checklist, printed.whole.rows
    of_month, signs = monthly(checklist), _switch_signs(printed)
    small = is_small(checklist.library.vocabulary, checklist.profile)
    own = OWN_SMALL if small else OWN_ROWS

    def checked(chosen: Sequence[Row]) -> tuple[CheckRow, ...]:
        numbers = {row.number for row in chosen}
        return tuple(_check_row(row, signs) for row in rows if row.number in numbers)

    found = (
        _table(GUIDE, _switches(printed, signs)),
        Table(DAY, tuple(_by_place(checked(daily(of_month))))),
        _table(WEEK, checked(of_level(of_month, EVERY_WEEK)), own=_own_rows("周自", "own-week-", OWN_WEEKLY)),
        _table(MONTH, checked(of_month), own=_own_rows("自", "own-", own)),
        _table(QUARTER, checked(quarterly(checklist))),
        _table(CRITERIA, tuple(map(_criterion_row, printed.criteria))),
        Table(LEDGER, (Block(_ledger_rows(printed.on, ledger_room(checklist))),), FOLDED[LEDGER]),
        _table(KEPT_PAPERS, tuple(_papers(checklist.rows)), own=(PaperRow(),) * OWN_PAPERS),
        _table(COUNTS, tuple(map(PlaceRow, dict.fromkeys([*(row.where for row in of_month), OWN])))),
        _table(REST, checked(_others(checklist.rows, of_month))),
        _table(BASES, tuple(_bases(printed))),
    )
    wanted = _wanted(checklist)
    return tuple(table for table in found if table.sheet in wanted and (table.rows or table.sheet in ALWAYS))


def _wanted(checklist: Checklist) -> tuple[str, ...]:
    if checklist.sheets is not None:
        return checklist.sheets
    return SMALL if is_small(checklist.library.vocabulary, checklist.profile) else SHEETS


def _table(sheet: str, rows: tuple[TableRow, ...], own: tuple[TableRow, ...] = ()) -> Table:
    return Table(sheet, (Block(rows, own),))


def _by_place(rows: Sequence[CheckRow]) -> Iterator[Block]:
    """A block a 部位, with lines of its own for three shifts to sign."""
    signed = tuple(CheckRow("", content=f"{shift}检查人（签名）") for shift in ("早班", "中班", "夜班"))
    places: dict[str, list[CheckRow]] = {}
    for row in rows:
        places.setdefault(row.where, []).append(row)
    for at, (where, found) in enumerate(places.items()):
        own = _own_rows("日自", "own-day-", OWN_DAILY, 1 + at * OWN_DAILY)
        own = tuple(replace(row, where=where) for row in own)
        yield Block(tuple(found), own, signed)


def ledger_room(checklist: Checklist) -> int:
    """How many rows of the ledger are prepared."""
    return LEDGER_SMALL if is_small(checklist.library.vocabulary, checklist.profile) else LEDGER_ROWS


def _ledger_rows(on: datetime.date, count: int) -> tuple[LedgerRow, ...]:
    return tuple(LedgerRow(f"{on:%y%m%d}-{number}") for number in range(1, count + 1))


# ---------------------------------------------------------------- what has to be asked first


def _switch_signs(printed: PrintedChecklist) -> dict[str, str]:
    """Sign of every unknown fact by its words: 问1, 问2 …"""
    texts = dict.fromkeys(row.question for row in printed.whole.rows if row.question and not row.advice)
    return {text: f"问{number}" for number, text in enumerate(texts, start=1)}


def _switches(printed: PrintedChecklist, signs: Mapping[str, str]) -> tuple[SwitchRow, ...]:
    numbers = {question.text: question.numbers for question in printed.whole.questions}
    rows = tuple(SwitchRow(sign, text, numbers[text]) for text, sign in signs.items())
    return rows or (SwitchRow(text="没有要先问的"),)


# ---------------------------------------------------------------- rows


def _others(rows: Sequence[Row], taken: Sequence[Row]) -> list[Row]:
    numbers = {row.number for row in taken}
    return [row for row in rows if row.number not in numbers]


def _check_row(row: PrintedRow, signs: Mapping[str, str]) -> CheckRow:
    sign = signs.get(row.question, "")
    return CheckRow(
        number=row.number,
        id=row.id,
        where=row.where,
        marks=row.marks,
        content=row.content,
        ask=_ask(row, sign),
        standard=row.standard,
        code=row.code,
        remark=_remark(row),
        every=row.every,
        rectify=row.rectify,
        support=row.support,
        switch=sign,
        choice=choice_of(row.number, row.title, row.id),
    )


def choice_of(number: int | str, title: str, item: str) -> str:
    """17　掘进支护　coal-mine-roof-on-site: seen as a number with a name, and its id comes along wherever it is copied to."""
    return BETWEEN.join((str(number), title.replace(BETWEEN, ""), item))


def _ask(row: PrintedRow, sign: str) -> str:
    """What stands under the content: how little the notices say, and what has to be asked first."""
    question = f"先问：{row.question}？（说明页{sign}）" if sign else ""
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


def _own_rows(sign: str, name: str, count: int, first: int = 1) -> tuple[CheckRow, ...]:
    numbers = range(first, first + count)
    return tuple(
        CheckRow(f"{sign}{at}", f"{name}{at}", where=OWN, choice=choice_of(f"{sign}{at}", OWN, f"{name}{at}"))
        for at in numbers
    )


def _papers(rows: Sequence[Row]) -> Iterator[PaperRow]:
    """Every document once, with the numbers of all items that look at it; photographs of defects are none."""
    wanted: dict[str, list[int]] = {}
    for row in ordered(rows):
        if "查资料" in row.item.how:
            for name in documents_apart(row.item.evidence):
                wanted.setdefault(clean(name), []).append(row.number)
    for name, numbers in wanted.items():
        yield PaperRow(name, number_ranges(numbers))


def _bases(printed: PrintedChecklist) -> Iterator[BasisRow]:
    for row in printed.whole.rows:
        for reference in row.references:
            yield _basis_row(row, reference)
    for term in printed.whole.terms:
        if term.explained:
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
    return BasisRow(
        number=TERM,
        reference=term.notice,
        clause=term.clause,
        quote=f"{term.term}：{term.meaning}",
        says="",
        year=term.year,
        place=term.place,
        due="",
    )
