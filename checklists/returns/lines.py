"""What the ledger prints, line by line: plain frozen values, which views of other papers may take as they are."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checklists.returns.collect import Collected
from checklists.returns.hazards import MAJOR, OPEN, SHUT, WAITING, Hazard
from checklists.returns.known import Known
from checklists.returns.merged import Returned
from checklists.returns.returned import Told
from checklists.returns.words import BY_OFFICE, BY_SELF

YES, NO = "是", "否"
WORDS = {"unclear": "看不清", "rejected": "不算"}
NO_ITEM, NO_NAME = "（没有对应的检查项）", "（没有写）"
FIVE = (("措施", "measure"), ("责任", "person"), ("资金", "money"), ("时限", "due"), ("预案", "plan"))
"""五落实, and the field in which each is told."""


@dataclass(frozen=True, slots=True)
class HazardLine:
    """A hazard with whose it is and what it is asked by."""

    number: int
    firm: str
    code: str
    place: str
    address: str
    person_in_charge: str
    phone: str
    industry: str
    key: str
    registered: str
    source: str
    item: str
    title: str
    clause: str
    level: str
    criterion: str
    where: str
    what: str
    kind: str
    finder: str
    found: datetime.date | None
    measure: str
    department: str
    person: str
    money: Told
    due: Told | None
    plan: str
    missing: str
    """Which of the five is not told, of a hazard that is open."""
    to_office: Told
    to_congress: Told
    posted: Told
    twice: str
    """Whether it was 双报告; empty of one that is not major."""
    done: datetime.date | None
    recheck: str
    checker: str
    checked: datetime.date | None
    photo: str
    state: str
    overdue: int | None
    days: int | None
    recurring: str
    first_month: str
    last_month: str
    notes: str
    file: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class GroupLine:
    """Hazards that have something in common, counted."""

    name: str
    firms: int
    all: int
    open: int
    waiting: int
    shut: int
    rate: float
    """Share of those that are rectified or closed."""
    overdue: int
    recurring: int
    loose: int
    """Those that no ledger has."""
    major: int
    major_open: int


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file: what it was, and how many rows it had."""

    number: int
    file: str
    state: str
    firm: str
    month: str
    document: str
    by: str
    edition: str
    serial: str
    seen: int | None
    accepted: int | None
    blank: int | None
    unclear: int | None
    rejected: int | None
    problems: str


@dataclass(frozen=True, slots=True)
class AsideLine:
    """A row that is unclear or was left out."""

    number: int
    firm: str
    verdict: str
    row: str
    given: str
    reason: str
    file: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class ApartLine:
    """What two files of one month say differently."""

    number: int
    firm: str
    month: str
    about: str
    one: str
    one_file: str
    one_cell: str
    other: str
    other_file: str
    other_cell: str


# ---------------------------------------------------------------- hazards


def hazard_lines(collected: Collected) -> list[HazardLine]:
    """All hazards: major first, then open, overdue and old ones."""
    firms = {one.key: one for one in collected.firms}
    ordered = sorted(collected.hazards, key=lambda one: _urgency(one, firms[one.firm]))
    return [
        _line(number, hazard, firms[hazard.firm], collected.known)
        for number, hazard in enumerate(ordered, start=1)
    ]


def _urgency(one: Hazard, firm: Returned) -> tuple[object, ...]:
    return (
        not one.is_open,
        one.level != MAJOR,
        -one.overdue,
        one.found or datetime.date.max,
        firm.firm.name,
        one.path,
        one.key,
        one.item,
        one.cell,
    )


SAME = [
    "key",
    "source",
    "item",
    "level",
    "criterion",
    "where",
    "what",
    "kind",
    "finder",
    "found",
    "measure",
    "department",
    "person",
    "plan",
    "to_office",
    "to_congress",
    "posted",
    "done",
    "recheck",
    "checker",
    "checked",
    "photo",
    "state",
    "days",
    "first_month",
    "last_month",
    "sheet",
    "cell",
]
"""Fields that a line takes from its hazard as they are."""


def _line(number: int, hazard: Hazard, returned: Returned, known: Known) -> HazardLine:
    firm = returned.firm
    twice = YES if hazard.reported_twice else NO
    told: dict[str, Any] = {name: getattr(hazard, name) for name in SAME}
    return HazardLine(
        **told,
        number=number,
        firm=firm.name or Path(hazard.path).name,
        code=firm.code,
        place=firm.place,
        address=firm.address,
        person_in_charge=firm.person,
        phone=firm.phone,
        industry=known.industry(firm),
        registered=YES if hazard.registered else NO,
        title=known.title(hazard.item) if hazard.item else "",
        clause=known.clause(hazard.item),
        money=_number(hazard.money),
        due=hazard.due or hazard.due_told,
        missing="、".join(_missing(hazard)) if hazard.is_open else "",
        twice=twice if hazard.level == MAJOR else "",
        overdue=hazard.overdue or None,
        recurring="反复" if hazard.recurring else "",
        notes="；".join(hazard.notes),
        file=hazard.path,
    )


def _missing(hazard: Hazard) -> Iterator[str]:
    for word, name in FIVE:
        if not getattr(hazard, name) and not (name == "due" and hazard.due_told):
            yield word


def _number(text: str) -> Told:
    try:
        number = float(text)
    except ValueError:
        return text
    return number if abs(number) < 1e12 else text


# ---------------------------------------------------------------- counted


def groups(lines: Sequence[HazardLine], name: Callable[[HazardLine], str]) -> list[GroupLine]:
    """Lines counted by what ``name`` says of them, the most first; a line of which it says nothing is left out."""
    found: dict[str, list[HazardLine]] = {}
    for line in lines:
        if told := name(line):
            found.setdefault(told, []).append(line)
    counted = [group_of(told, those) for told, those in found.items()]
    return sorted(counted, key=lambda one: (-one.all, one.name))


def group_of(name: str, lines: Sequence[HazardLine]) -> GroupLine:
    """How many of the lines are what."""
    states = [line.state for line in lines]
    majors = [line for line in lines if line.level == MAJOR]
    return GroupLine(
        name=name,
        firms=len({(line.firm, line.code) for line in lines}),
        all=len(lines),
        open=states.count(OPEN),
        waiting=states.count(WAITING),
        shut=states.count(SHUT),
        rate=(len(lines) - states.count(OPEN)) / len(lines) if lines else 0.0,
        overdue=sum(1 for line in lines if line.overdue),
        recurring=sum(1 for line in lines if line.recurring),
        loose=sum(1 for line in lines if line.registered == NO),
        major=len(majors),
        major_open=sum(1 for line in majors if line.state != SHUT),
    )


def majors(lines: Iterable[HazardLine]) -> list[HazardLine]:
    """Those whose level is 重大: neither 疑似 nor unjudged ones."""
    return [line for line in lines if line.level == MAJOR]


def found_by_office(lines: Iterable[HazardLine]) -> list[HazardLine]:
    """Those that a department has found."""
    return [line for line in lines if line.source == BY_OFFICE]


def found_by_self(lines: Iterable[HazardLine]) -> list[HazardLine]:
    """Those that the enterprise itself has found."""
    return [line for line in lines if line.source == BY_SELF]


# ---------------------------------------------------------------- files and rows


def file_lines(collected: Collected) -> list[FileLine]:
    """Every file, in the order in which they were read."""
    found = []
    for number, filed in enumerate(collected.files, start=1):
        one, told = filed.returned, "；".join(problem.message for problem in filed.problems)
        state = "读了" if one else "相同" if filed.same_as else "没有读"
        count = one.count if one else None
        found.append(
            FileLine(
                number,
                filed.path,
                state,
                one.firm.name if one else "",
                one.month if one else "",
                one.document if one else "",
                one.by if one else "",
                one.edition if one else "",
                one.serial if one else "",
                count.seen if count else None,
                count.accepted if count else None,
                count.blank if count else None,
                count.unclear if count else None,
                count.rejected if count else None,
                told,
            )
        )
    return found


def aside_lines(collected: Collected) -> list[AsideLine]:
    """Every row that is unclear or was left out."""
    rows = [
        (filed.path, filed.returned.firm.name, aside)
        for filed in collected.files
        if filed.returned is not None
        for aside in filed.returned.asides
    ]
    return [
        AsideLine(number, firm, WORDS[one.verdict], one.row, one.given, one.reason, path, one.sheet, one.cell)
        for number, (path, firm, one) in enumerate(rows, start=1)
    ]


def apart_lines(collected: Collected) -> list[ApartLine]:
    """Every place where two files of one month disagree."""
    pairs = [(firm, one) for firm in collected.firms for one in firm.disagreements]
    return [
        ApartLine(
            number,
            firm.firm.name,
            one.month,
            _about(one.about, collected.known),
            one.one.text,
            one.one.path,
            f"{one.one.sheet}！{one.one.cell}",
            one.other.text,
            one.other.path,
            f"{one.other.sheet}！{one.other.cell}",
        )
        for number, (firm, one) in enumerate(pairs, start=1)
    ]


def _about(about: str, known: Known) -> str:
    title = known.title(about)
    return f"{title}　{about}" if title != about else about
