"""Read a printed document back and say whether its text is still the one it was made with.

A document says what it was made of: types, place, day, facts, options, edition. From that its printed view is made
again with the installed rules, and every text of the file is compared with it, part by part; what may be filled in
is answer and does not count. 相符 is said of nothing less. What cannot be made again (another edition, another
template, a document of before) is 未能核验, with what its fingerprint and digest tell all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from checklists.checklist.build import standards_of
from checklists.checklist.identity import fingerprint_of, grouped
from checklists.documents.claims import (
    DIGEST,
    DOCUMENT,
    EARLIER_FORMATS,
    EDITION,
    FINDINGS,
    FORMAT,
    FORMAT_NUMBER,
    PROGRAM,
    TEMPLATE,
)
from checklists.documents.reading import Printed
from checklists.documents.verify.excel import read_workbook
from checklists.documents.verify.figures import stale_results
from checklists.documents.verify.lines import compare_lines
from checklists.documents.verify.reading import Claims, Reading
from checklists.documents.verify.record import Record, against_record, is_as_given_out
from checklists.documents.verify.remake import Installed, Remade, remake
from checklists.documents.verify.sheets import compare_order, compare_settings, compare_sheet
from checklists.documents.verify.word import read_document
from checklists.documents.word.parts import document_part
from checklists.files.package import LEGACY, Damaged, damage_told, is_text, read_parts
from checklists.files.writing import read_file
from checklists.problems import Position, Problem, Refused, problem
from checklists.text import squeeze

EXCEL_PART = "xl/workbook.xml"
MOST_TOLD = 40
"""Differences of one document that are told one by one."""
NOT_RELEASED = "未发布"

Answer = Literal["相符", "不符", "未能核验"]


@dataclass(frozen=True)
class Compared:
    """How much was held against what it should be."""

    texts: int = 0
    rows: int = 0
    tables: int = 0
    """Tables in Word, sheets in Excel."""
    results: int = 0
    """Stored results of formulas that were reckoned again."""
    to_the_byte: bool = False
    """Whether the file is the one that the bureau's record holds."""


@dataclass(frozen=True)
class Verdict:
    """What a file says of itself, and what its text says."""

    file: str
    claims: Claims
    answer: Answer
    compared: Compared
    rows: int
    """Rows whose wording was read."""
    named: int
    """Rows that the file only names; their digests were taken as they stand."""
    recomputed: str
    """Fingerprint over the rows as they stand; empty for a paper that prints no whole rows."""
    installed: str
    """Edition of the installed rules."""
    problems: tuple[Problem, ...] = field(default=())

    @property
    def matches(self) -> bool | None:
        """Whether the wording is the printed fingerprint's; None when the file holds no rows to tell by."""
        return self.recomputed == self.claims.fingerprint if self.recomputed else None


def verify(path: Path, installed: Installed, record: Record | None = None) -> Verdict:
    """Read one file and compare it; ``record``: what the bureau gave out.

    Raises Refused for a file that is missing, damaged or not one of ours.
    """
    content, place = read_file(path), Position(str(path))
    reading = read_back(content, place)
    recomputed = _recomputed(reading)
    verdict = Verdict(
        file=str(path),
        claims=reading.claims,
        answer="相符",
        compared=Compared(),
        rows=sum(bool(row.content) for row in reading.rows),
        named=sum(not row.content for row in reading.rows),
        recomputed=recomputed,
        installed=installed.library.edition,
    )
    if record and is_as_given_out(content, record):
        return replace(verdict, compared=Compared(to_the_byte=True))
    wrong = list(against_record(reading.claims, record, place)) if record else []
    if verdict.matches is False:
        wrong.append(_mismatch(reading.claims, recomputed, place))
    wrong += _noted_otherwise(reading, place) if verdict.matches else []
    compared, found, doubts = _held_against(reading, installed, place)
    wrong += found
    answer: Answer = "不符" if wrong else "未能核验" if doubts else "相符"
    return replace(verdict, answer=answer, compared=compared, problems=(*_first(wrong, place), *doubts))


def _recomputed(reading: Reading) -> str:
    """Fingerprint over the rows as they stand; empty where the file does not hold them all."""
    told = reading.rows and reading.is_whole
    return grouped(fingerprint_of(row.digest for row in reading.rows)) if told else ""


def _first(found: list[Problem], position: Position) -> list[Problem]:
    more = len(found) - MOST_TOLD
    return found if more <= 0 else [*found[:MOST_TOLD], problem("verify-more", position, count=more)]


def read_back(content: bytes, position: Position) -> Reading:
    """Claims, rows and texts of a document. Raises Refused for a file that is damaged or not one of ours."""
    if content.startswith(LEGACY):
        raise Refused([problem("verify-legacy", position)])
    try:
        parts = read_parts(content, is_text)
        with damage_told():
            if EXCEL_PART in parts or any(name.endswith("/workbook.xml") for name in parts):
                return read_workbook(content, parts, position)
            if document_part(parts) in parts:
                return read_document(parts, position)
    except Damaged as damage:
        raise Refused([damage.problem("verify-damaged", position)]) from damage
    raise Refused([problem("verify-not-ours", position)])


def _mismatch(claims: Claims, recomputed: str, position: Position) -> Problem:
    if not claims.fingerprint:
        return problem("verify-no-fingerprint", position)
    return problem("verify-mismatch", position, printed=claims.fingerprint, found=recomputed)


def _noted_otherwise(reading: Reading, position: Position) -> Iterable[Problem]:
    """Rows whose wording is the printed fingerprint's, and whose digest in the data of the file is another."""
    for row in reading.rows:
        if row.noted is not None and row.noted != row.digest:
            yield problem("verify-row-noted", position, item=row.id)


# ---------------------------------------------------------------- made again, or not


def _held_against(
    reading: Reading, installed: Installed, position: Position
) -> tuple[Compared, list[Problem], list[Problem]]:
    """How much was compared, what is wrong, and why the document cannot be vouched for."""
    doubts = _doubts(reading, installed, position)
    if doubts:
        wrong = [*reading.problems, *_against_rules(reading, installed, position)]
        return Compared(), wrong, [*doubts, *_by_digest(reading, position)]
    try:
        remade = remake(reading.data, installed)
    except (Refused, ValueError) as failure:
        why = "；".join(found.message for found in failure.problems) if isinstance(failure, Refused) else ""
        doubt = problem("verify-claims-unusable", position, why=why or "生成时的资料写得不对")
        return Compared(), list(reading.problems), [doubt, *_by_digest(reading, position)]
    return _compared(reading, remade, position)


def _doubts(reading: Reading, installed: Installed, position: Position) -> list[Problem]:
    """Why the document cannot be made again, before it is tried."""
    claims, here = reading.claims, installed.library.edition
    if not reading.has_properties and not reading.data.get(DOCUMENT):
        return [problem("verify-properties-gone", position, outcome=_outcome(reading))]
    if claims.format in EARLIER_FORMATS:
        return [problem("verify-old-format", position, outcome=_outcome(reading))]
    if claims.format != FORMAT:
        return [problem("verify-other-format", position, format=claims.format)]
    if reading.data.get(FINDINGS):
        return [problem("verify-findings", position, count=reading.data[FINDINGS])]
    if NOT_RELEASED in claims.edition:
        return [problem("verify-unreleased", position, edition=claims.edition)]
    if claims.edition != here:
        return [problem("verify-other-edition", position, edition=claims.edition or "（无）", installed=here)]
    if not installed.released:
        return [problem("verify-rules-changed", position, edition=here)]
    return []


def _outcome(reading: Reading) -> str:
    if not reading.rows:
        return "找不到检查项，没有可比的" if reading.lacks_rows else "没有可比的检查项"
    recomputed = _recomputed(reading)
    if not recomputed:
        return "没有可比的检查项"
    return "指纹相符" if recomputed == reading.claims.fingerprint else "指纹不符"


def _against_rules(reading: Reading, installed: Installed, position: Position) -> Iterable[Problem]:
    """Rows whose wording is not that of the installed rules, where a document of the same edition has lost its data."""
    if reading.data.get(FORMAT_NUMBER) or reading.claims.edition != installed.library.edition:
        return
    items = {item.id: item for item in installed.library.items} if installed.released else {}
    for row in reading.rows if items else ():
        item = items.get(row.id)
        if item is None:
            yield problem("verify-item-unknown", position, item=row.id)
        elif row.content:
            pairs = (
                ("检查内容", row.content, (item.content,)),
                ("怎样算符合", row.standard, standards_of(item)),
            )
            for name, told, ruled in pairs:
                if squeeze(told) not in map(squeeze, ruled):
                    shown = {"told": told, "ruled": ruled[0]}
                    yield problem("verify-wording", position, item=row.id, field=name, **shown)


def _by_digest(reading: Reading, position: Position) -> list[Problem]:
    """What the digest over the text tells where the text cannot be made again: accidents, not forgery."""
    if not reading.data.get(DIGEST):
        return []
    try:
        holds = reading.digest_holds()
    except ValueError:
        holds = False
    return [problem("verify-digest-holds" if holds else "verify-digest-broken", position)]


def _compared(
    reading: Reading, remade: Remade, position: Position
) -> tuple[Compared, list[Problem], list[Problem]]:
    found = reading.printed(remade.first_rows)
    wrong = list(_differences(remade.printed, found, position))
    compared = _counts(remade.printed)
    if reading.book is not None and not wrong:
        results, stale = stale_results(reading.book, reading.results, position)
        compared, wrong = replace(compared, results=results), [*wrong, *stale]
    told = tuple(row.id for row in reading.rows)
    if reading.book is None and told and not wrong and told != remade.items:
        wrong.append(problem("verify-rows-altered", position))
    same_program = reading.data.get(PROGRAM) == remade.claims.get(PROGRAM)
    if same_program:
        wrong += _altered_data(reading, remade, position)
    doubts = []
    if not reading.has_properties:
        doubts.append(problem("verify-properties-gone", position, outcome=_count_words(wrong)))
    elif reading.lacks_rows:
        doubts.append(problem("verify-no-rows", position, outcome=_count_words(wrong)))
    elif reading.data.get(TEMPLATE) != remade.template:
        doubts.append(problem("verify-other-template", position, outcome=_count_words(wrong)))
    elif wrong and not same_program:
        program = reading.data.get(PROGRAM) or "（无）"
        doubts.append(problem("verify-other-program", position, program=program, outcome=_count_words(wrong)))
    if doubts:
        return compared, [], [*doubts, *_by_digest(reading, position)]
    return compared, wrong, []


def _count_words(wrong: list[Problem]) -> str:
    return f"有 {len(wrong)} 处不同" if wrong else "文字都一样"


def _altered_data(reading: Reading, remade: Remade, position: Position) -> Iterable[Problem]:
    """Properties that follow from the others and say something else: serial, fingerprint, digest."""
    for name, ruled in remade.claims.items():
        told = reading.data.get(name, "")
        if told != ruled and name not in (TEMPLATE, EDITION) and (reading.has_properties or name != PROGRAM):
            yield problem("verify-data-altered", position, field=name)


def _differences(made: Printed, found: Printed, position: Position) -> Iterable[Problem]:
    """What the file prints otherwise than it should, part by part."""
    told = {part.name: part for part in found.parts}
    in_sheets = any(part.row or part.table is not None for part in made.parts)
    if in_sheets:
        yield from compare_order(made.parts, found.parts, position)
    for part in made.parts:
        other = told.get(part.name)
        if other is not None:
            yield from (compare_sheet if in_sheets else compare_lines)(part, other, position)
        elif not in_sheets:
            yield problem("verify-part-missing", position, part=part.name)
    if not in_sheets:
        names = {part.name for part in made.parts}
        extra = (part.name for part in found.parts if part.name not in names)
        yield from (problem("verify-part-added", position, part=name) for name in extra)
    yield from compare_settings(made.settings, found.settings, position)


def _counts(made: Printed) -> Compared:
    """Texts that are not mere room, rows of tables, tables or sheets."""
    rows, texts, tables = 0, 0, set()
    for part in made.parts:
        for line in part.lines:
            shown = [text for place, text in line.texts.items() if text.strip() and place not in line.open]
            texts += len(shown)
            in_table = part.table is not None or "个表格" in line.at or line.at.isdecimal()
            rows += bool(shown) and in_table
            if in_table:
                tables.add((part.name, line.at.partition("个表格")[0] if "个表格" in line.at else ""))
    return Compared(texts, rows, len(tables))
