"""What stands in the tables of the other papers, taken from the rows of one checklist."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import TypeVar
from unicodedata import east_asian_width

from checklists.checklist.build import Checklist
from checklists.checklist.levels import EVERY_SHIFT, daily, monthly, of_level, ordered
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
from checklists.selection.profile import is_small
from checklists.text import clean

DAYS = 31
CARD_ROWS = 10
"""Lines of a card; those without an item are the shift's own."""
CARD_LETTERS = 26
"""Letters on one line of a card."""
SMALL_CARDS, EVERYWHERE = 2, "各处（写在行首）"
"""Cards of a small unit at most, and what they say for a 部位."""
POSTER_ROWS = 4
"""Risks on a poster: it is read standing; those without an item are the enterprise's own."""
EXAM_QUESTIONS = 7
REGISTER_ROWS = 13
"""Lines on a page of the register, each with one line of text."""
REGISTER_NAME, REGISTER_TYPES = 38, 18
"""What one line of its columns 单位名称 and 企业类型 holds; a Chinese letter counts two."""
MOST_POINTS = 6
"""Titles of ★ items named at one stop of the plan."""

_OUTSIDE = "(?![^“（《]*[”）》])"
"""In no quotes and no brackets."""
_APART, _OR = re.compile(f"、{_OUTSIDE}"), re.compile(f"([或和]){_OUTSIDE}")
_NO_DOCUMENT = re.compile(
    "(照片|截图|录像|影像|视频|画面|轨迹|轨迹导出件|数据|牌|标志|压力表|水位表|瓶号|实物)(（[^）]*）)?"
)
"""How what is taken, seen or read on the spot ends; it lies in no folder."""

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
    """Evidence of the 查资料 rows that lies in a folder; a row that wants none is not in it."""
    wanted: dict[str, list[int]] = {}
    for row in ordered(rows):
        if "查资料" in row.item.how and (kept := kept_documents(row.item.evidence)):
            wanted.setdefault(kept, []).append(row.number)
    return tuple(
        DocumentLine(number, clean(name), number_ranges(numbers))
        for number, (name, numbers) in enumerate(wanted.items(), start=1)
    )


def kept_documents(evidence: str) -> str:
    """The documents among the evidence; a remark on all of them (，三者同一日期) goes with the first that goes."""
    parts = _APART.split(evidence.partition("，")[0])
    kept = [document for part in parts if (document := _document(part))]
    return evidence if kept == parts else "、".join(kept)


def _document(part: str) -> str:
    """What of 切断装置照片和试验记录 lies in a folder; of 支架或挂篮照片 nothing does."""
    words = _OR.split(part)
    for index in range(len(words) - 1, -1, -2):
        if any(found.end() == len(words[index]) for found in _NO_DOCUMENT.finditer(words[index])):
            return "".join(words[index + 2 :])
    return part


def documents_apart(evidence: str) -> tuple[str, ...]:
    """What of the evidence lies in a folder, each document by itself where no remark holds several together."""
    kept = kept_documents(evidence)
    if "，" in kept:
        return (kept,)
    return tuple(part for part in _APART.split(kept) if part)


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
    """Cards a 部位 with its daily items; a small unit has its few places on one card, or two. Papers are no post."""
    month = [row for row in monthly(checklist) if not row.on_papers]
    asked, shown = of_level(month, EVERY_SHIFT), daily(month)
    if is_small(checklist.library.vocabulary, checklist.profile):
        starred = sorted(shown, key=lambda row: not row.key)[: SMALL_CARDS * CARD_ROWS]
        kept = {row.number for row in starred}
        told = [row for row in shown if row.number in kept]
        made = _cards_of(EVERYWHERE, _card_rows(told, placed=True), len(asked) - len(told))
    else:
        counted = {where: len(rows) for where, rows in _by_place(asked).items()}
        made = [
            card
            for where, rows in _by_place(shown).items()
            for card in _cards_of(clean(where), _card_rows(rows), counted[where] - len(rows))
        ]
    return tuple(made) or (Card("", (CardRow(),) * CARD_ROWS, 0),)


def _cards_of(where: str, rows: Sequence[CardRow], left: int) -> list[Card]:
    """Cards that each stay on one page; the last of them says what is left."""
    count = max(1, -(-_lines(rows) // CARD_ROWS))
    parts = list(_shared(rows, max(1, -(-len(rows) // count))))
    return [
        Card(where, (*part, *[CardRow()] * (CARD_ROWS - _lines(part))), left if part is parts[-1] else 0)
        for part in parts
    ]


def _lines(rows: Sequence[CardRow]) -> int:
    """How many lines of a card the rows take: a line is 8 mm high, each line of letters 4.2 mm and the air 2 mm."""
    letters = (-(-len(row.text) // CARD_LETTERS) for row in rows)
    return math.ceil(sum(max(8.0, 4.2 * lines + 2) for lines in letters) / 8)


def _card_rows(rows: Sequence[Row], *, placed: bool = False) -> list[CardRow]:
    """``placed``: with the 部位 before the content."""
    return [
        CardRow(
            str(row.number),
            clean(f"{row.marks}{row.where + '：' if placed else ''}{row.content}{_if_there(row)}"),
        )
        for row in rows
    ]


def _if_there(row: Row) -> str:
    return f"（{row.question}：否则划去）" if row.question else ""


def posters(rows: Sequence[Row]) -> tuple[Poster, ...]:
    """A poster a 部位 from the ▲ rows; papers in an office are no risk at a place."""
    risky = [row for row in rows if row.major and not row.on_papers]
    made = [
        Poster(clean(where), tuple(_risk(row) for row in part) + (Risk(),) * (POSTER_ROWS - len(part)))
        for where, found in _by_place(risky).items()
        for part in _shared(found, POSTER_ROWS)
    ]
    return tuple(made) or (Poster("", (Risk(),) * POSTER_ROWS),)


def _risk(row: Row) -> Risk:
    return Risk(clean(row.item.title), clean(row.content + _if_there(row)), clean(row.item.rectify))


def _shared(things: Sequence[Thing], most: int) -> Iterator[Sequence[Thing]]:
    """As few parts as hold the things, ``most`` each, about as full as each other."""
    count = -(-len(things) // most)
    for index in range(count):
        yield things[index * len(things) // count : (index + 1) * len(things) // count]


# ---------------------------------------------------------------- the register


def register_pages(towns: Sequence[tuple[str, Sequence[RegisterEntry]]]) -> tuple[RegisterPage, ...]:
    """Pages of REGISTER_ROWS lines, each 乡镇 on pages of its own, its enterprises numbered from 1."""
    return tuple(page for town, entries in towns for page in _pages(clean(town), entries))


def _pages(town: str, entries: Sequence[RegisterEntry]) -> Iterator[RegisterPage]:
    """As many lines on a page as it holds, the last one filled up with lines to write on; at least one page."""
    page: list[RegisterEntry] = []
    room, start = float(REGISTER_ROWS), 1
    for entry in entries:
        if page and _height(entry) > room:
            yield RegisterPage(town, tuple(enumerate(page, start)))
            room, start, page = float(REGISTER_ROWS), start + len(page), []
        page.append(entry)
        room -= _height(entry)
    page += [RegisterEntry()] * int(room)
    yield RegisterPage(town, tuple(enumerate(page, start)))


def _height(entry: RegisterEntry) -> float:
    """Height of an entry in empty lines: two lines of text need little more than one, every further one a half."""
    texts = ((entry.name, REGISTER_NAME), (entry.contact, REGISTER_NAME), (entry.types, REGISTER_TYPES))
    name, contact, types = (-(-_width(text) // width) for text, width in texts)
    lines = max(name + contact, types, 1)
    return 1.0 if lines == 1 else 1.1 + 0.5 * (lines - 2)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)


OWN_LINES = 5
PAGE_LINES = 17
"""Lines of the list of documents that one page holds with the place where it is handed over."""
NAME_LETTERS = 22
"""Letters of a document that stand on one line; a second line takes a third of a line more."""


def own_lines(named: Sequence[DocumentLine]) -> tuple[int, ...]:
    """Numbers of the empty lines under the documents: five, but no second page for the sake of them alone."""
    two_lines = sum(len(document.name) > NAME_LETTERS for document in named)
    room = PAGE_LINES - len(named) - -(-two_lines // 3)
    wanted = OWN_LINES if room < 0 else min(OWN_LINES, room)
    return tuple(range(len(named) + 1, len(named) + wanted + 1))
