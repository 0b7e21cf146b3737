"""What stands in the tables of the other papers, taken from the rows of one checklist."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from checklists.checklist.build import Checklist
from checklists.checklist.levels import EVERY_SHIFT, daily, of_level, ordered
from checklists.checklist.numbers import number_ranges
from checklists.checklist.rows import Row
from checklists.documents.paper_views import (
    Card,
    CardRow,
    DocumentLine,
    ExamQuestion,
    PlanStop,
    Poster,
    RegisterEntry,
    RegisterPage,
    Risk,
)
from checklists.text import clean

DAYS = 31
CARD_ROWS = 10
"""Lines of a card at least; those without an item are the shift's own."""
POSTER_ROWS = 4
"""Risks on a poster: it is read standing; those without an item are the enterprise's own."""
EXAM_QUESTIONS = 8
REGISTER_ROWS = 13
"""Lines on a page of the register."""
OWN_DOCUMENTS = 5
MOST_POINTS = 6
"""Titles of ★ items named at one stop of the plan."""

_APART = re.compile(r"、(?![^“（《]*[”）》])")
"""A comma between two documents: it stands in no quotes and no brackets."""
_TAKEN_ON_SITE = re.compile("照片|截图|录像|影像")

Thing = TypeVar("Thing")


def ways(rows: Sequence[Row]) -> str:
    """How the rows are looked at: 看现场29项、查资料28项."""
    counted: dict[str, int] = {}
    for row in rows:
        for way in row.item.how:
            counted[way] = counted.get(way, 0) + 1
    ordered = sorted(counted.items(), key=lambda pair: -pair[1])
    return "、".join(f"{way}{count}项" for way, count in ordered)


def stops(rows: Sequence[Row]) -> tuple[PlanStop, ...]:
    """The walk, 部位 by 部位."""
    return tuple(_stop(where, found) for where, found in _by_place(rows).items())


def _stop(where: str, rows: Sequence[Row]) -> PlanStop:
    stars = [row.item.title for row in rows if row.key]
    more = "等" if len(stars) > MOST_POINTS else ""
    return PlanStop(
        where=clean(where),
        numbers=number_ranges([row.number for row in rows]),
        count=len(rows),
        stars=len(stars),
        points=clean("、".join(stars[:MOST_POINTS]) + more),
    )


def _by_place(rows: Sequence[Row]) -> dict[str, list[Row]]:
    places: dict[str, list[Row]] = {}
    for row in rows:
        places.setdefault(row.where, []).append(row)
    return places


# ---------------------------------------------------------------- documents


def documents(rows: Sequence[Row]) -> tuple[DocumentLine, ...]:
    """Evidence of the 查资料 rows; what the inspector takes on site (photographs) is not asked for."""
    wanted: dict[str, list[int]] = {}
    for row in ordered(rows):
        if "查资料" in row.item.how:
            wanted.setdefault(_kept_documents(row.item.evidence), []).append(row.number)
    return tuple(
        DocumentLine(number, clean(name), number_ranges(numbers))
        for number, (name, numbers) in enumerate(wanted.items(), start=1)
    )


def _kept_documents(evidence: str) -> str:
    """The documents among the evidence; a remark on all of them (，三者同一日期) forbids leaving one out."""
    if "，" in evidence:
        return evidence
    parts = [part for part in _APART.split(evidence) if not _TAKEN_ON_SITE.search(part)]
    return "、".join(parts) or evidence


def documents_apart(evidence: str) -> tuple[str, ...]:
    """The documents among the evidence, each by itself where no remark holds several together."""
    if "，" in evidence:
        return (evidence,)
    return tuple(part for part in _APART.split(evidence) if not _TAKEN_ON_SITE.search(part))


# ---------------------------------------------------------------- questions


def exam_questions(checklist: Checklist) -> tuple[ExamQuestion, ...]:
    """What people are asked: 抽考 before 问人员, the paper's rows before those it leaves out, ★ first."""
    asked = [row for row in ordered(checklist.rows) if {"抽考", "问人员"} & set(row.item.how)]
    chosen = sorted(asked, key=lambda row: _exam_order(row, checklist.on_paper))[:EXAM_QUESTIONS]
    return tuple(
        ExamQuestion(index, clean(row.content), clean(row.standard), row.number)
        for index, row in enumerate(chosen, start=1)
    )


def _exam_order(row: Row, on_paper: int) -> tuple[bool, bool, bool, bool, int]:
    how = row.item.how
    return (
        "抽考" not in how,
        "查资料" in how,
        row.number > on_paper,
        not row.key,
        row.number,
    )


# ---------------------------------------------------------------- cards and posters


def cards(checklist: Checklist) -> tuple[Card, ...]:
    """A card a 部位, with the daily items that the workbook's 班组日查 has."""
    every_shift = of_level(checklist.rows, EVERY_SHIFT)
    asked = {where: len(rows) for where, rows in _by_place(every_shift).items()}
    made = [
        Card(clean(where), _card_rows(rows), asked[where] - len(rows))
        for where, rows in _by_place(daily(checklist.rows)).items()
    ]
    return tuple(made) or (Card("", _card_rows([]), 0),)


def _card_rows(rows: Sequence[Row]) -> tuple[CardRow, ...]:
    told = [CardRow(str(row.number), clean(f"{row.marks}{row.content}{_if_there(row)}")) for row in rows]
    return (*told, *[CardRow()] * max(CARD_ROWS - len(told), 0))


def _if_there(row: Row) -> str:
    return f"（{row.question}：否则划去）" if row.question else ""


def posters(rows: Sequence[Row]) -> tuple[Poster, ...]:
    """A poster a 部位 from the ▲ rows; papers in an office are no risk at a place."""
    risky = [row for row in rows if row.major and not row.on_papers]
    made = [
        Poster(clean(where), tuple(_risk(row) for row in part) + (Risk(),) * (POSTER_ROWS - len(part)))
        for where, found in _by_place(risky).items()
        for part in _cut(found, POSTER_ROWS)
    ]
    return tuple(made) or (Poster("", (Risk(),) * POSTER_ROWS),)


def _risk(row: Row) -> Risk:
    return Risk(clean(row.item.title), clean(row.content + _if_there(row)), clean(row.item.rectify))


def _cut(things: Sequence[Thing], most: int) -> Iterator[Sequence[Thing]]:
    for start in range(0, len(things), most):
        yield things[start : start + most]


# ---------------------------------------------------------------- the register


def register_pages(towns: Sequence[tuple[str, Sequence[RegisterEntry]]]) -> tuple[RegisterPage, ...]:
    """Pages of REGISTER_ROWS lines, each 乡镇 on pages of its own, its enterprises numbered from 1."""
    return tuple(_page(town, entries, start) for town, entries in towns for start in _starts(entries))


def _starts(entries: Sequence[RegisterEntry]) -> range:
    return range(0, max(len(entries), 1), REGISTER_ROWS)


def _page(town: str, entries: Sequence[RegisterEntry], start: int) -> RegisterPage:
    told = [*entries[start : start + REGISTER_ROWS], *[RegisterEntry()] * REGISTER_ROWS][:REGISTER_ROWS]
    return RegisterPage(clean(town), tuple(enumerate(told, start=start + 1)))


OWN_LINES = 5
PAGE_LINES = 21
"""Lines of the list of documents that one page holds."""


def own_lines(named: int) -> tuple[int, ...]:
    """Numbers of the empty lines under so many documents: five, but no second page for the sake of them alone."""
    room = PAGE_LINES - named
    wanted = OWN_LINES if room < 0 else min(OWN_LINES, room)
    return tuple(range(named + 1, named + wanted + 1))


NOTICE_LINES = 6
"""Lines of the notice of rectification that fit on its one page, written by hand; what goes beyond takes a second notice."""


def notice_lines() -> tuple[int, ...]:
    """Numbers of the empty lines of the notice of rectification."""
    return tuple(range(1, NOTICE_LINES + 1))
