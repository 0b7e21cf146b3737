"""What a Word template sees as ``checklist``: plain frozen texts and numbers, worded as they are printed.

docs/templates.md tells template authors the same, with an example of each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklists.checklist.build import Checklist, Row, counts
from checklists.documents.fields import clean
from checklists.models import EVERY_NAMES, Basis, Term
from checklists.rules.citation import basis_code, full_reference, notice_reference, says_word
from checklists.rules.library import Library

FORM_NAME = "安全生产现场检查表"
LONGEST_TITLE = 16
"""Characters of type names that still fit the title line in 小二."""
FEW_CLAUSES = 5
"""Below so many clauses of its own the paper says that the notices say little of a type."""
ONE_SHEET = 15
"""Rows up to which the paper is one sheet, both sides, and has the shorter problem table."""
DISCLAIMER = (
    "本表依据政府安全生产工作通知编制，供检查提示和企业自查；作出行政处罚须另行援引法律、法规、规章条款。"
    "本表不代替现场检查记录。"
)


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
    """Of the quote among ``checklist.sources``; 0 for a row the paper leaves out."""


@dataclass(frozen=True)
class PrintedSource:
    """Words of one clause that rows of the paper rest on, printed once."""

    number: int
    notice: str
    clause: str
    quote: str


@dataclass(frozen=True)
class PrintedRow:
    """One row of the list, or of the rows left out."""

    number: int
    id: str
    """For a hidden run; verification finds the row by it."""
    digest: str
    """SHA-256 of id, content, standard and code; for a hidden run where the wording itself is not printed."""
    marks: str
    """★, ▲, both or nothing."""
    key: bool
    major: bool
    title: str
    content: str
    standard: str
    code: str
    old: str
    """〔历年〕 or nothing."""
    progress: str
    """应已完成, 应于2026-12-31前完成，查进度, or nothing."""
    progress_note: str
    """Progress in brackets, as it follows the standard, or nothing."""
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
class PrintedTerm:
    """A word of the notices that the list prints."""

    term: str
    meaning: str
    source: str


@dataclass(frozen=True)
class WordContext:
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
    particulars: tuple[str, ...]
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
    sources: tuple[PrintedSource, ...]
    """The quotes of all rows, each once, the newest notice first."""
    terms: tuple[PrintedTerm, ...]


def word_context(checklist: Checklist) -> WordContext:
    """Word everything of the checklist that no single enterprise owns."""
    numbers = _source_numbers(checklist)
    rows = {row.number: _row(row, checklist.library, numbers) for row in checklist.rows}
    shown = counts(checklist.paper_rows)
    sections = tuple(
        PrintedSection(clean(section.title), tuple(rows[row.number] for row in section.rows))
        for section in checklist.sections
    )
    return WordContext(
        title=_title(checklist.profile.type_names),
        type_names=clean("、".join(checklist.profile.type_names)),
        on=f"{checklist.on.year}年{checklist.on.month}月{checklist.on.day}日",
        on_iso=checklist.on.isoformat(),
        edition=clean(checklist.edition),
        fingerprint=grouped(checklist.fingerprint),
        known=_known(checklist.known),
        questions=tuple(clean(question.line) for question in checklist.questions),
        key=clean(checklist.key),
        own_clauses=_own_clauses(checklist.own_clauses),
        notes=tuple(clean(note) for note in checklist.notes),
        particulars=tuple(clean(name) for name in checklist.particulars),
        disclaimer=DISCLAIMER,
        has_old=any(row.old for row in checklist.paper_rows),
        one_sheet=len(checklist.paper_rows) <= ONE_SHEET,
        count=shown["rows"],
        key_count=shown["key"],
        major_count=shown["major"],
        total=len(checklist.rows),
        sections=sections,
        rows=tuple(row for section in sections for row in section.rows),
        left_out=tuple(rows[row.number] for row in checklist.left_out),
        sources=tuple(_source(key, number, checklist.library) for key, number in numbers.items()),
        terms=tuple(_term(term, checklist.library) for term in _printed_terms(checklist)),
    )


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
        number, clean(notice_reference(library.notices[notice])), clean(clause), clean(words)
    )


def grouped(fingerprint: str) -> str:
    """7f3a91c20b1d -> 7f3a-91c2-0b1d, as it is printed."""
    return "-".join(fingerprint[start : start + 4] for start in range(0, len(fingerprint), 4))


def _title(type_names: Sequence[str]) -> str:
    """The types in the title where they fit on its line, else the first and how many."""
    named = "、".join(type_names)
    if len(named) > LONGEST_TITLE and len(type_names) > 1:
        named = f"{type_names[0]}等{len(type_names)}类"
    return f"{FORM_NAME}（{clean(named)}）"


SUPPOSED = "（按通常情况）"


def _known(known: str) -> str:
    """What was told first, what was supposed after it under one head instead of a bracket each."""
    told = [part for part in known.split("；") if part and not part.endswith(SUPPOSED)]
    supposed = [part.removesuffix(SUPPOSED) for part in known.split("；") if part.endswith(SUPPOSED)]
    if supposed:
        told.append(f"按通常情况（不符的请改）：{'；'.join(supposed)}")
    return clean("。".join(("；".join(told[:-1]), told[-1])) if supposed and told[:-1] else "；".join(told))


def _printed_terms(checklist: Checklist) -> list[Term]:
    """The terms that the rows of the paper print; the workbook explains those of all rows."""
    items = [row.item for row in checklist.paper_rows]
    printed = "\n".join(f"{item.content}{item.standard}{item.rectify}{item.support}" for item in items)
    return [term for term in checklist.terms if term.term in printed]


def _own_clauses(count: int) -> str:
    little = "；通知对本类型说得少，本表多为通用要求和相关行业领域的要求" if count < FEW_CLAUSES else ""
    return f"本类型通知单列条款{count}条{little}。"


def _row(row: Row, library: Library, numbers: Mapping[Quote, int]) -> PrintedRow:
    item = row.item
    return PrintedRow(
        number=row.number,
        id=item.id,
        digest=row.digest,
        marks=row.marks,
        key=item.weight == "key",
        major=item.major,
        title=clean(item.title),
        content=clean(row.content),
        standard=clean(row.standard),
        code=clean(row.code),
        old="〔历年〕" if row.old else "",
        progress=row.progress,
        progress_note=f"（{row.progress}）" if row.progress else "",
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
        )
        for basis in row.basis
    )


def _term(term: Term, library: Library) -> PrintedTerm:
    return PrintedTerm(
        term=clean(term.term),
        meaning=clean(term.meaning) or "通知只提到名称，没有展开，本表不作解释",
        source=clean(f"{notice_reference(library.notices[term.notice])} {term.clause}"),
    )
