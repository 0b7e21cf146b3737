"""Next month's workbook from this month's: in the present edition, with what goes on.

Open hazards go on with their keys; switches, reasons, rows of the enterprise's own, where documents are kept, and the
year's figures stay; answers are cleared. What the edition changed stands beside its row.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from checklists.checklist.build import Checklist, Order, checklist_for
from checklists.checklist.printed import PrintedRow, printed
from checklists.days import today
from checklists.documents.catalogue import DOCUMENTS, WORKBOOK
from checklists.documents.claims import BETWEEN, DAY, FORMAT_NUMBER, OPTIONS, TYPES, read_options
from checklists.documents.excel.answers import (
    CLASHING,
    CONTENT,
    NOT_YET,
    SOURCE,
    Answer,
    Answers,
    Hazard,
    read_answers,
)
from checklists.documents.excel.carried import Carried, day_after, months_of
from checklists.documents.excel.rows import OWN_ROWS, choice_of, ledger_room
from checklists.documents.excel.sheets import LEDGER, RESULTS, UNFIT
from checklists.documents.fields import FIRM_PROPERTY, enterprise_of
from checklists.documents.make import carried_workbook, file_name, template_for
from checklists.documents.reckoning.cells import BookCells
from checklists.documents.reckoning.values import Aside
from checklists.documents.verify.reading import Reading
from checklists.documents.verify.verify import read_back
from checklists.files.writing import read_file
from checklists.models import Enterprise, FactValue
from checklists.problems import Position, Problem, Refused, problem
from checklists.rules.library import Library
from checklists.rules.words import find_type
from checklists.text import squeeze

MOST_NAMED = 12


@dataclass(frozen=True)
class Asked:
    """What the book does not say, or is to be otherwise: empty where it holds."""

    on: datetime.date | None = None
    types: tuple[str, ...] = ()
    place: str = ""
    facts: Mapping[str, FactValue] = field(default_factory=dict)


@dataclass(frozen=True)
class NextMonth:
    """The new workbook, and what became of the old one's contents."""

    name: str
    content: bytes
    checklist: Checklist
    status: Mapping[str, int]
    """Rows of the old month by what was answered."""
    hazards: int
    """That go on."""
    closed: int
    """That stay behind."""
    problems: tuple[Problem, ...]


def carry(path: Path, library: Library, templates: Path, own: Mapping[str, Path], asked: Asked) -> NextMonth:
    """Read a filled workbook of this format or the first, and make the next one.

    Raises Refused for a file that is none, for what it does not say and nobody has told, and as making does.
    """
    place = Position(str(path))
    reading = read_back(read_file(path), place)
    if reading.book is None:
        raise Refused([problem("carry-not-workbook", place)])
    day = reading.claims.on or reading.data.get(DAY, "")
    answers = read_answers(reading.book, day)
    told: list[Problem] = []
    on = asked.on or _next_day(answers, day, place, told)
    enterprise = _enterprise(reading, reading.book, asked, library, told, place)
    options = read_options(reading.data.get(OPTIONS) or "{}")
    order = Order(on, options.most, options.department, options.current, sheets=options.sheets)
    checklist = checklist_for(library, enterprise, order)
    months = _months(reading.book, answers, on, place, told)
    carried = _carried(answers, checklist, months, place, told)
    document = DOCUMENTS[WORKBOOK]
    template = own.get(document.title) or template_for(templates, document, checklist)
    return NextMonth(
        name=file_name(checklist, document),
        content=carried_workbook(checklist, template, carried),
        checklist=checklist,
        status=Counter(answer.status for answer in answers.rows.values()),
        hazards=len(carried.hazards),
        closed=len(answers.hazards) - len(carried.hazards),
        problems=(*told, *_odd(answers, place)),
    )


def _next_day(answers: Answers, day: str, place: Position, told: list[Problem]) -> datetime.date:
    if answers.period:
        return day_after(answers.period)
    try:
        made = datetime.date.fromisoformat(day)
    except ValueError:
        made = today()
    told.append(problem("carry-period-missing", place, period=f"{made:%Y年%m月}"))
    return day_after(made)


# ---------------------------------------------------------------- whose it is


def _shown(book: Workbook, label: str) -> str:
    """What the first sheet prints beside a label."""
    for row in book.worksheets[0].iter_rows(values_only=True):
        for at, value in enumerate(row[:-1]):
            if value == label and row[at + 1]:
                return str(row[at + 1])
    return ""


def _enterprise(
    reading: Reading, book: Workbook, asked: Asked, library: Library, told: list[Problem], place: Position
) -> Enterprise:
    """From the data; in the first format from what is printed, and from what is told on the command line."""
    ids = tuple(name for name in reading.data.get(TYPES, "").split(BETWEEN) if name)
    types = asked.types or ids or _found_types(_shown(book, "企业类型"), library, place)
    try:
        firm = enterprise_of(reading.data.get(FIRM_PROPERTY, ""), types)
    except ValueError:
        firm = Enterprise(
            name=reading.claims.name,
            code=reading.claims.code,
            place=reading.claims.place,
            address=_shown(book, "地址"),
            person=_shown(book, "主要负责人"),
            phone=_shown(book, "电话"),
            types=types,
        )
        if not asked.facts:
            number = reading.data.get(FORMAT_NUMBER) or "1"
            told.append(problem("carry-facts-missing", place, format=number))
    facts = {**firm.facts, **asked.facts}
    return firm.model_copy(update={"types": types, "facts": facts, "place": asked.place or firm.place})


def _found_types(shown: str, library: Library, place: Position) -> tuple[str, ...]:
    try:
        return tuple(find_type(library.vocabulary, name, place).id for name in shown.split("、") if name)
    except Refused:
        raise Refused([problem("carry-type-missing", place, given=shown or "（无）")], exit_code=2) from None


# ---------------------------------------------------------------- what goes on


def _carried(
    answers: Answers,
    checklist: Checklist,
    months: Mapping[int, Mapping[str, Any]],
    place: Position,
    told: list[Problem],
) -> Carried:
    rows = {row.id: row for row in printed(checklist).whole.rows}
    heirs = _heirs(answers, checklist, rows, place, told)
    for sheet, own in answers.own.items():
        if len(own) > OWN_ROWS:
            left = own[OWN_ROWS:]
            content = str(left[0].get(CONTENT))
            told.append(problem("carry-own-left", place, sheet=sheet, count=len(left), content=content))
    hazards = tuple(_going_on(answers, rows, heirs))
    over = len(hazards) - ledger_room(checklist)
    if over > 0:
        told.append(problem("carry-ledger-full", place, count=over))
    return Carried(
        year_month=answers.year_month,
        filler=answers.filler,
        switches=answers.switches,
        reasons={row.id: row.fact for row in answers.rows.values() if row.result == "不涉及" and row.fact},
        before=dict(_before(answers, rows, heirs)),
        own=answers.own,
        hazards=hazards,
        months=months,
        papers=answers.papers,
    )


def _heirs(
    answers: Answers,
    checklist: Checklist,
    rows: Mapping[str, PrintedRow],
    place: Position,
    told: list[Problem],
) -> dict[str, list[Answer]]:
    """By id of an item of the new list: the old rows that it takes the place of."""
    found: dict[str, list[Answer]] = {}
    for old in answers.rows.values():
        if old.id in rows:
            continue
        retired = checklist.library.retired.get(old.id)
        into = [rows[name] for name in retired[0].into if name in rows] if retired else []
        for row in into:
            found.setdefault(row.id, []).append(old)
        told.append(_gone(old, retired[0].reason if retired else None, into, place))
    return found


def _gone(old: Answer, reason: str | None, into: Sequence[PrintedRow], place: Position) -> Problem:
    about = {"number": old.number, "content": old.content}
    if reason is None:
        return problem("carry-dropped", place, item=old.id, **about)
    named = "、".join(f"第 {row.number} 项“{row.title}”" for row in into)
    return problem(
        "carry-retired",
        place,
        reason=reason,
        into=f"现在由{named}问；台账里的已改过去。" if into else "没有接着问的项；台账里的照旧留着。",
        **about,
    )


def _before(
    answers: Answers, rows: Mapping[str, PrintedRow], heirs: Mapping[str, Sequence[Answer]]
) -> Iterator[tuple[str, str]]:
    """How it was, by id of the new row: the last result, and what the edition changed."""
    for row in rows.values():
        old = answers.rows.get(row.id)
        if old is None:
            lines = [f"接替原第{one.number}项：{one.content}" for one in heirs.get(row.id, ())] or ["新增项"]
        else:
            seen = f"（{old.fact}）" if old.status == UNFIT and old.fact else ""
            lines = [f"上期：{old.status}{seen}"] if old.status != NOT_YET else []
            pairs = (("检查内容", old.content, row.content), ("怎样算符合", old.standard, row.standard))
            lines += [
                f"{what}改了，原：{was}；现：{now}"
                for what, was, now in pairs
                if was and squeeze(was) != squeeze(now)
            ]
        if lines:
            yield row.id, "；".join(lines)


def _going_on(
    answers: Answers, rows: Mapping[str, PrintedRow], heirs: Mapping[str, Sequence[Answer]]
) -> Iterator[Hazard]:
    """Open hazards, each item under its new number; of rows that share a key only the first keeps it."""
    heir_of = {old.id: name for name, replaced in reversed(list(heirs.items())) for old in replaced}
    seen: set[str] = set()
    for hazard in answers.hazards:
        if not hazard.is_open:
            continue
        row = rows.get(hazard.item) or rows.get(heir_of.get(hazard.item, ""))
        source = {SOURCE: choice_of(row.number, row.title, row.id)} if row else {}
        key = "" if hazard.key in seen or "／" in hazard.key else hazard.key
        seen.add(hazard.key)
        yield replace(hazard, key=key, told={**hazard.told, **source})


# ---------------------------------------------------------------- figures of the year


def _months(
    book: Workbook, answers: Answers, on: datetime.date, place: Position, told: list[Problem]
) -> dict[int, dict[str, Any]]:
    """Figures by month and head: those put down before, and this month's reckoned as at its end."""
    table = list(months_of(book))
    if not table:
        told.append(problem("carry-months-left", place))
    if not table or not answers.period or answers.period.year != on.year:
        return {}
    cells = BookCells(book, day_after(answers.period))
    found: dict[int, dict[str, Any]] = {}
    for row, month, by_head in table:
        for head, cell in by_head.items():
            value = cell.value
            if cell.data_type == "f":
                value = _reckoned(cells, cell, row) if month == answers.period.month else None
            if isinstance(value, (int, float)):
                found.setdefault(month, {})[head] = value
    return found


def _reckoned(cells: BookCells, cell: Any, row: int) -> Any:
    try:
        return cells.value(cell.parent.title, row, cell.column)
    except Aside:
        return None


# ---------------------------------------------------------------- what is odd


def _odd(answers: Answers, place: Position) -> Iterator[Problem]:
    rows = list(answers.rows.values())
    wrong = [row for row in rows if row.result and row.result not in (*RESULTS, "已做", "未做")]
    if wrong:
        words = "、".join(dict.fromkeys(row.result for row in wrong))
        yield problem("carry-odd-result", place, count=len(wrong), words=words, numbers=_named(wrong))
    clashing = [row for row in rows if row.status == CLASHING]
    if clashing:
        yield problem("carry-clash", place, count=len(clashing), numbers=_named(clashing))
    registered = {hazard.item for hazard in answers.hazards}
    loose = [row for row in rows if row.status == UNFIT and row.id not in registered]
    if loose:
        yield problem("carry-unregistered", place, count=len(loose), numbers=_named(loose))
    for key in answers.doubled:
        yield problem("carry-key-doubled", Position(place.file, sheet=LEDGER), key=key)


def _named(rows: Sequence[Answer]) -> str:
    more = "等" if len(rows) > MOST_NAMED else ""
    return "、".join(row.number for row in rows[:MOST_NAMED]) + more
