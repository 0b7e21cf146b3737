"""Read a printed document back and say whether its wording is still the one it was made with.

The fingerprint stands on every page; here it is computed anew from the wording in the file. Answers do not count:
a filled list has the fingerprint of the empty one. Where the edition is the installed one, every row is also
compared with the rules, so that a fingerprint changed along with the wording does not help.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from checklists.checklist import fingerprint_of
from checklists.files import read_file
from checklists.models import Item
from checklists.package_reading import LEGACY, Damaged, damage_told, is_text, read_parts
from checklists.problems import Place, Problem, Refused, problem
from checklists.verify_excel import read_workbook
from checklists.verify_reading import Claims, Reading
from checklists.verify_word import read_document
from checklists.word_context import grouped

WORD_PART, EXCEL_PART = "word/document.xml", "xl/workbook.xml"


@dataclass(frozen=True)
class Verdict:
    """What a file says of itself, and what its wording says."""

    file: str
    claims: Claims
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


def verify(path: Path, items: Mapping[str, Item], edition: str) -> Verdict:
    """Read one file and compare; ``items`` by id and ``edition`` are those of the installed rules.

    Raises Refused for a file that is missing, damaged or not one of ours.
    """
    reading = _read(path)
    place = Place(str(path))
    recomputed = grouped(fingerprint_of(row.digest for row in reading.rows)) if reading.rows else ""
    verdict = Verdict(
        file=str(path),
        claims=reading.claims,
        rows=sum(bool(row.content) for row in reading.rows),
        named=sum(not row.content for row in reading.rows),
        recomputed=recomputed,
        installed=edition,
    )
    found = [*reading.problems]
    if verdict.matches is False:
        found.insert(0, _mismatch(reading.claims, recomputed, place))
    if reading.claims.edition == edition:
        found += _against_rules(reading, items, place)
    return replace(verdict, problems=tuple(found))


def _read(path: Path) -> Reading:
    content, place = read_file(path), Place(str(path))
    if content.startswith(LEGACY):
        raise Refused([problem("verify-legacy", place)])
    try:
        parts = read_parts(content, is_text)
        with damage_told():
            if WORD_PART in parts:
                return read_document(parts, place)
            if EXCEL_PART in parts:
                return read_workbook(content, parts, place)
    except Damaged as damage:
        raise Refused([damage.problem("verify-damaged", place)]) from damage
    raise Refused([problem("verify-not-ours", place)])


def _mismatch(claims: Claims, recomputed: str, place: Place) -> Problem:
    if not claims.fingerprint:
        return problem("verify-no-fingerprint", place)
    return problem("verify-mismatch", place, printed=claims.fingerprint, found=recomputed)


def _against_rules(reading: Reading, items: Mapping[str, Item], place: Place) -> list[Problem]:
    """Rows whose wording is not that of the installed rules."""
    found = []
    for row in reading.rows:
        if not row.content:
            continue
        item = items.get(row.id)
        if item is None:
            found.append(problem("verify-item-unknown", place, item=row.id))
            continue
        for name, told, ruled in (
            ("检查内容", row.content, item.content),
            ("怎样算符合", row.standard, item.standard),
        ):
            if _squeezed(told) != _squeezed(ruled):
                found.append(
                    problem("verify-wording", place, item=row.id, field=name, told=told, ruled=ruled)
                )
    return found


def _squeezed(text: str) -> str:
    return "".join(text.split())
