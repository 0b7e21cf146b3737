"""The printed view of a checklist: its texts and figures, worded once for every document that prints them.

Nothing in it is of a single enterprise: name, address and serial are stamped in afterwards.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from checklists.checklist.build import Checklist, key_of, terms_used
from checklists.checklist.identity import grouped
from checklists.checklist.numbers import number_ranges
from checklists.checklist.rows import Row, counts, questions_of
from checklists.checklist.standards import (
    PrintedCriterion,
    PrintedStandard,
    printed_criteria,
    printed_standards,
)
from checklists.models import EVERY_NAMES, Basis, Term
from checklists.rules.citation import (
    basis_code,
    clause_words,
    code_lines,
    full_reference,
    notice_reference,
    says_word,
)
from checklists.rules.library import Library
from checklists.text import clean

FEW_CLAUSES = 5
"""Below so many clauses of its own the paper says that the notices say little of a type."""
DISCLAIMER = (
    "本表依据政府安全生产工作通知编制，供检查提示和企业自查；作出行政处罚须另行援引法律、法规、规章条款。"
    "本表不代替现场检查记录。"
)
CODE_COLUMN = 5.6
"""Ems of 8 point that the column of the codes has room for."""
SUPPOSED = "（按通常情况）"


@dataclass(frozen=True)
class Reference:
    """One basis in full."""

    notice: str
    """晋政发〔2026〕1号; 阳政发〔2022〕1号（阳城县）."""
    clause: str
    """三/（十一）/6."""
    says: str
    """要求、推动、整治、禁止."""
    quote: str
    text: str
    """All of it on one line."""
    code: str
    """晋26三(十一)6: notice and clause in short."""
    number: int
    """Of the quote among the sources of the paper; 0 for a row the paper leaves out."""
    year: int
    place: str
    """Where the notice holds."""
    due: str
    """2026-12-31前, or nothing."""


@dataclass(frozen=True)
class PrintedSource:
    """Words of one clause that rows of the paper rest on, printed once."""

    number: int
    notice: str
    clause: str
    """三、（十一）6."""
    quote: str


@dataclass(frozen=True)
class PrintedRow:
    """One row of the list, or of the rows left out."""

    number: int
    id: str
    digest: str
    """SHA-256 of id, content, standard and code."""
    marks: str
    """★, ▲, both or nothing."""
    key: bool
    major: bool
    title: str
    content: str
    standard: str
    code: str
    code_lines: tuple[str, ...]
    """The code as its narrow column sets it, line by line."""
    old: str
    """〔历年〕 or nothing."""
    progress: str
    """应已完成, 应于2026-12-31前完成，查进度, or nothing."""
    progress_note: str
    """Progress and force in brackets, as they follow the standard, or nothing."""
    force: str
    """建议，不计入结果; 通知仅点到本领域，未列具体要求; or nothing."""
    advice: bool
    """Whether its boxes are 已做 and 未做."""
    question: str
    """The unknown fact on which the row hangs: 有电梯; or nothing."""
    where: str
    how: str
    evidence: str
    rectify: str
    support: str
    category: str
    every: str
    """日查、周查、月查、季查、年查."""
    departments: str
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class PrintedSection:
    """Rows under one heading."""

    title: str
    rows: tuple[PrintedRow, ...]


@dataclass(frozen=True)
class LeftOutPlace:
    """The rows of one 部位 that the paper leaves out."""

    where: str
    numbers: str
    """23—31、40."""
    count: int


@dataclass(frozen=True)
class PrintedTerm:
    """A word of the notices that the list prints."""

    term: str
    meaning: str
    source: str
    """Notice and clause."""
    explained: bool
    """Whether the notice says what it means."""
    notice: str
    clause: str
    year: int
    place: str


@dataclass(frozen=True)
class PrintedQuestion:
    """An unknown fact, and the rows that hang on it."""

    text: str
    numbers: str
    """31—33、40."""
    line: str
    """With boxes, as the head of the paper prints it."""


@dataclass(frozen=True)
class PrintedPart:
    """Some of the rows, with what these alone print."""

    rows: tuple[PrintedRow, ...]
    questions: tuple[PrintedQuestion, ...]
    key: str
    """Key of the codes of the rows, the newest notice first."""
    terms: tuple[PrintedTerm, ...]
    key_count: int
    major_count: int


@dataclass(frozen=True)
class PrintedPaper:
    """What the list alone shows: its head, and the rows that there is room for."""

    type_names: tuple[str, ...]
    on: datetime.date
    edition: str
    known: str
    own_clauses: str
    """本类型通知单列条款2条；…"""
    notes: tuple[str, ...]
    particulars: tuple[str, ...]
    disclaimer: str
    paper: PrintedPart
    sections: tuple[PrintedSection, ...]
    """The paper's rows under their headings."""
    sources: tuple[PrintedSource, ...]
    """The quotes of the paper's rows, each once, the newest notice first."""


@dataclass(frozen=True)
class PrintedChecklist(PrintedPaper):
    """Everything the documents print of a checklist: ``paper`` of the rows it shows, ``whole`` of all."""

    fingerprint: str
    """7f3a-91c2-0b1d."""
    whole: PrintedPart
    left_out: tuple[PrintedRow, ...]
    standards: tuple[PrintedStandard, ...]
    """The 判定标准 that bind the enterprise on the day."""
    criteria: tuple[PrintedCriterion, ...]
    """Theirs that apply: those of ★ rows first, then as the 部位 come on the walk."""
    checklist: Checklist = field(repr=False, compare=False)
    """What it is the view of."""


def printed_paper(checklist: Checklist) -> PrintedPaper:
    """Word what the list alone shows: a tenth of the work where it shows a tenth of the rows."""
    numbers = _source_numbers(checklist)
    rows = _worded(checklist.paper_rows, checklist.library, numbers)
    return PrintedPaper(**_paper_parts(checklist, rows, numbers))


def printed(checklist: Checklist) -> PrintedChecklist:
    """Word everything of the checklist that no single enterprise owns."""
    numbers = _source_numbers(checklist)
    rows = _worded(checklist.rows, checklist.library, numbers)
    return PrintedChecklist(
        **_paper_parts(checklist, rows, numbers),
        fingerprint=grouped(checklist.fingerprint),
        whole=_part(checklist, checklist.rows, rows),
        left_out=tuple(rows[row.number] for row in checklist.left_out),
        standards=printed_standards(checklist),
        criteria=printed_criteria(checklist),
        checklist=checklist,
    )


def _worded(shown: Sequence[Row], library: Library, numbers: Mapping[Quote, int]) -> dict[int, PrintedRow]:
    """Rows by number."""
    return {row.number: _row(row, library, numbers) for row in shown}


def _paper_parts(
    checklist: Checklist, rows: Mapping[int, PrintedRow], numbers: Mapping[Quote, int]
) -> dict[str, Any]:
    """The fields of a PrintedPaper."""
    return {
        "type_names": tuple(map(clean, checklist.profile.type_names)),
        "on": checklist.on,
        "edition": clean(checklist.edition),
        "known": _known(checklist.known),
        "own_clauses": _own_clauses(checklist.own_clauses),
        "notes": tuple(map(clean, checklist.notes)),
        "particulars": tuple(map(clean, checklist.particulars)),
        "disclaimer": DISCLAIMER,
        "paper": _part(checklist, checklist.paper_rows, rows),
        "sections": tuple(
            PrintedSection(clean(section.title), tuple(rows[row.number] for row in section.rows))
            for section in checklist.sections
        ),
        "sources": tuple(_source(quote, number, checklist.library) for quote, number in numbers.items()),
    }


def _part(checklist: Checklist, shown: Sequence[Row], rows: Mapping[int, PrintedRow]) -> PrintedPart:
    counted = counts(shown)
    return PrintedPart(
        rows=tuple(rows[row.number] for row in shown),
        questions=tuple(
            PrintedQuestion(clean(question.text), number_ranges(question.numbers), clean(question.line))
            for question in questions_of(shown)
        ),
        key=clean(key_of(shown, checklist.library)),
        terms=tuple(_term(term, checklist.library) for term in terms_used(checklist.terms, shown)),
        key_count=counted["key"],
        major_count=counted["major"],
    )


# ---------------------------------------------------------------- rows and what they rest on


Quote = tuple[str, str, str]
"""Notice id, clause, words."""


def _source_numbers(checklist: Checklist) -> dict[Quote, int]:
    """Every quote of the paper's rows with its number: newest notice first, within it as the rows come."""
    notices = checklist.library.notices
    quotes = dict.fromkeys(_quote(basis) for row in checklist.paper_rows for basis in row.basis)
    ordered = sorted(quotes, key=lambda quote: (-notices[quote[0]].year, quote[0]))
    return {quote: number for number, quote in enumerate(ordered, start=1)}


def _quote(basis: Basis) -> Quote:
    return basis.notice, basis.clause, basis.quote


def _source(quote: Quote, number: int, library: Library) -> PrintedSource:
    notice, clause, words = quote
    return PrintedSource(
        number, clean(notice_reference(library.notices[notice])), clean(clause_words(clause)), clean(words)
    )


def _row(row: Row, library: Library, numbers: Mapping[Quote, int]) -> PrintedRow:
    item = row.item
    return PrintedRow(
        number=row.number,
        id=item.id,
        digest=row.digest,
        marks=row.marks,
        key=row.key,
        major=row.major,
        title=clean(item.title),
        content=clean(row.content),
        standard=clean(row.standard),
        code=clean(row.code),
        code_lines=code_lines(clean(row.code), CODE_COLUMN),
        old="〔历年〕" if row.old else "",
        progress=row.progress,
        force=_force(row),
        progress_note="".join(f"（{note}）" for note in (row.progress, _force(row)) if note),
        advice=row.advice,
        question=clean(row.question),
        where=clean(row.where),
        how="、".join(item.how),
        evidence=clean(item.evidence),
        rectify=clean(item.rectify),
        support=clean(item.support),
        category=item.category,
        every=EVERY_NAMES[item.every],
        departments="、".join(item.departments),
        references=_references(row, library, numbers),
    )


ADVICE = "建议，不计入结果"
ONLY_NAMED = "通知仅点到本领域，未列具体要求"


def _force(row: Row) -> str:
    """How little the notices say of the row, where they neither require nor forbid it."""
    return ADVICE if row.advice else ONLY_NAMED if row.named else ""


def _references(row: Row, library: Library, numbers: Mapping[Quote, int]) -> tuple[Reference, ...]:
    return tuple(
        Reference(
            notice=clean(notice_reference(library.notices[basis.notice])),
            clause=clean(basis.clause),
            says=says_word(basis),
            quote=clean(basis.quote),
            text=clean(full_reference(basis, library.notices)),
            code=clean(basis_code((basis,), library.notices)),
            number=numbers.get(_quote(basis), 0),
            year=library.notices[basis.notice].year,
            place=library.notices[basis.notice].place,
            due=f"{basis.due}前" if basis.due else "",
        )
        for basis in row.basis
    )


def _term(term: Term, library: Library) -> PrintedTerm:
    notice = library.notices[term.notice]
    return PrintedTerm(
        term=clean(term.term),
        meaning=clean(term.meaning) or "通知只提到名称，没有展开，本表不作解释",
        source=clean(f"{notice_reference(notice)} {term.clause}"),
        explained=bool(clean(term.meaning)),
        notice=clean(notice_reference(notice)),
        clause=clean(term.clause),
        year=notice.year,
        place=notice.place,
    )


# ---------------------------------------------------------------- the head


def _known(known: str) -> str:
    """What was told first, what was supposed after it under one head instead of a bracket each."""
    told = [part for part in known.split("；") if part and not part.endswith(SUPPOSED)]
    supposed = [part.removesuffix(SUPPOSED) for part in known.split("；") if part.endswith(SUPPOSED)]
    if supposed:
        told.append(f"按通常情况（不符的请改）：{'；'.join(supposed)}")
    return clean("。".join(("；".join(told[:-1]), told[-1])) if supposed and told[:-1] else "；".join(told))


def _own_clauses(count: int) -> str:
    little = "；通知对本类型说得少，本表多为通用要求和相关行业领域的要求" if count < FEW_CLAUSES else ""
    return f"本类型通知单列条款{count}条{little}。"
