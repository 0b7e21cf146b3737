"""From the lines of a received text to its paragraphs: corrections applied, page furniture set aside, lines joined.

The received texts are pages turned into lines: a paragraph is wrapped every forty-odd characters, a blank line
stands after each, and addresses, headers and table heads stand wherever the page put them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from unicodedata import east_asian_width

from checklists.models import Correction, Notice
from checklists.notices.furniture import (
    AFTER,
    FOOT,
    HEAD,
    IMPRINT,
    PAGE,
    imprint,
    is_date,
    is_doubtful,
    is_signature,
    not_text,
)
from checklists.notices.marks import SECTION, has_mark, run_in_heading, sector_label, stretch
from checklists.problems import Position, Problem, problem
from checklists.text import squeeze

TABLE_HEAD = ("序号", "任务", "主要内容", "责任单位", "完成时限")

_BOOKMARK = re.compile(r"(\[bookmark: [^\]]{0,99}\])")
_SENTENCE_MARK = re.compile("[，。；,;]")
_ADDRESSEE = re.compile(r"各.{0,60}[：:]$")
_ENDS = tuple("。：:；;！？”）)")
_PARAGRAPH_ENDS = tuple("。：:）")
_MOST_HEAD_LINES, _MOST_FOOT_LINES = 20, 40
_MOST_ASIDE = 0.05
"""Share of a notice that may look like text and yet be set aside before the notice counts as not read."""
_NARROWEST_PAGE, _WIDEST_PAGE = 50, 130
"""Columns of a printed line; a longer one is a whole paragraph that nobody wrapped."""


@dataclass(frozen=True)
class Line:
    """One printed line, or a stretch of one: its number in the file and its text without outer blanks.

    ``aside`` says why it is no part of the text (a key of :data:`checklists.notices.furniture.WHY`), '' for a line of the text.
    """

    number: int
    text: str
    aside: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Lines joined into one text, with the first and the last line they came from."""

    text: str
    first: int
    last: int


@dataclass(frozen=True)
class Layout:
    """A notice with its furniture set aside; every line of the notice stands in exactly one of the two."""

    body: tuple[Line, ...]
    furniture: tuple[Line, ...]


def unwrap(lines: Iterable[str]) -> str:
    """Join wrapped lines and drop every blank that touches a Chinese character; Latin words keep theirs."""
    joined = ""
    for line in lines:
        apart = joined[-1:].isascii() and joined[-1:].isalpha() and line[:1].isascii() and line[:1].isalpha()
        joined += f" {line}" if apart else line
    return _without_loose_blanks(joined)


def _without_loose_blanks(text: str) -> str:
    words = text.split()
    parts = words[:1]
    for before, word in pairwise(words):
        parts += [" ", word] if before[-1].isascii() and word[0].isascii() else [word]
    return "".join(parts)


def read_layout(notice: Notice, text: str) -> tuple[Layout, list[Problem]]:
    """Cut the notice out of its file's ``text``, correct it, and set the furniture aside."""
    lines, problems = _lines(notice, text)
    lines, missed = _corrected(notice, lines)
    layout = _sorted_out(notice, lines)
    return layout, [*problems, *missed, *_unread(notice, (*layout.body, *layout.furniture))]


def _lines(notice: Notice, text: str) -> tuple[list[Line], list[Problem]]:
    printed = text.split("\n")
    first, last = notice.lines
    problems = []
    if not 1 <= first <= last <= len(printed):
        position = Position(notice.file)
        problems = [
            problem(
                "notice-lines-outside", position, notice=notice.id, first=first, last=last, count=len(printed)
            )
        ]
    chosen = enumerate(printed[max(first, 1) - 1 : max(last, 0)], start=max(first, 1))
    return [Line(number, line.strip()) for number, line in chosen if line.strip()], problems


def _corrected(notice: Notice, lines: list[Line]) -> tuple[list[Line], list[Problem]]:
    problems = []
    for correction in notice.corrections:
        if not any(_holds(correction, line) for line in lines):
            position = Position(notice.file, correction.at)
            problems.append(
                problem("correction-not-found", position, notice=notice.id, received=correction.received)
            )
        lines = [fixed for line in lines for fixed in _fixed(correction, line)]
    return lines, problems


def _holds(correction: Correction, line: Line) -> bool:
    return line.number == correction.at and correction.received in line.text


def _fixed(correction: Correction, line: Line) -> list[Line]:
    if not _holds(correction, line):
        return [line]
    read = line.text.replace(correction.received, correction.read, 1)
    return [Line(line.number, part.strip()) for part in read.split("\n") if part.strip()]


def _sorted_out(notice: Notice, lines: list[Line]) -> Layout:
    lines = [replace(line, text=part) for line in lines for part in _BOOKMARK.split(line.text) if part]
    told = _told_apart(notice, lines)
    return Layout(
        body=tuple(line for line in told if not line.aside),
        furniture=tuple(line for line in told if line.aside),
    )


def _told_apart(notice: Notice, lines: Sequence[Line], covers: bool = True) -> list[Line]:
    """Every line with the reason why it is no text, if any.

    A letter that only hands on what stands behind its sign-off (现将…印发给你们) is read with it, as one notice.
    """
    head = _head_length(lines)
    letter = _letter_foot(notice, lines, head) if covers else None
    start, end = letter or _foot(notice, lines, head)
    text = [replace(line, aside=PAGE if not_text(line.text) else "") for line in lines[head:start]]
    rest = list(lines[end:])
    is_imprint = imprint([line.text for line in rest], notice.issuer)
    behind = [line for line, aside in zip(rest, is_imprint, strict=True) if not aside]
    more = (
        _told_apart(notice, behind, covers=False)
        if letter
        else [replace(line, aside=AFTER) for line in behind]
    )
    return sorted(
        [
            *(replace(line, aside=HEAD) for line in lines[:head]),
            *text,
            *(replace(line, aside=FOOT) for line in lines[start:end]),
            *(replace(line, aside=IMPRINT) for line, aside in zip(rest, is_imprint, strict=True) if aside),
            *more,
        ],
        key=lambda line: line.number,
    )


def _head_length(lines: Sequence[Line]) -> int:
    """Lines before the text begins: title, number and issuer, up to the addressees (各市、县人民政府…：).

    Without addressees the head ends where a sentence, a printed number or a table begins.
    """
    for index, line in enumerate(lines[:_MOST_HEAD_LINES]):
        if has_mark(line.text):
            break
        if _ADDRESSEE.match(squeeze(line.text)):
            return index + 1
    return next((index for index, line in enumerate(lines) if _begins_text(line)), len(lines))


def _begins_text(line: Line) -> bool:
    return has_mark(line.text) or line.text in TABLE_HEAD or bool(_SENTENCE_MARK.search(line.text))


def _foot(notice: Notice, lines: Sequence[Line], head: int) -> tuple[int, int]:
    """First line of the sign-off and the first line after it; both the end when there is none."""
    start = end = len(lines)
    for index in range(len(lines) - 1, head, -1):
        if is_signature(lines[index].text, notice.issuer) and _signs(notice, lines, index):
            start, end = index, _after_dates(lines, index + 1)
            break
    while start > head and _is_foot(notice, lines[start - 1]):
        start -= 1
    return start, end


def _signs(notice: Notice, lines: Sequence[Line], index: int) -> bool:
    """The issuer's name signs where a date or only the imprint follows; elsewhere it is a cell or a word of the text."""
    text, behind = squeeze(lines[index].text), lines[index + 1 : index + 2 + _MOST_FOOT_LINES]
    if text != squeeze(notice.issuer) or any(is_date(line.text) for line in behind[:2]):
        return True
    return len(behind) <= _MOST_FOOT_LINES and all(imprint([line.text for line in behind], notice.issuer))


def _after_dates(lines: Sequence[Line], index: int) -> int:
    while index < len(lines) and is_date(lines[index].text):
        index += 1
    return index


def _letter_foot(notice: Notice, lines: Sequence[Line], head: int) -> tuple[int, int] | None:
    """The sign-off of a covering letter: no printed number before it, and behind it a text that begins with 一、."""
    for index in range(head + 1, len(lines)):
        if has_mark(lines[index].text):
            return None
        if is_signature(lines[index].text, notice.issuer) and _signs(notice, lines, index):
            end = _after_dates(lines, index + 1)
            return (index, end) if _counts_from_one(lines[end:]) else None
    return None


def _counts_from_one(lines: Sequence[Line]) -> bool:
    marked = next((line for line in lines if has_mark(line.text)), None)
    first = stretch(marked.text, 0, 0) if marked else None
    return first is not None and (first.level, first.name) == (SECTION, "一")


def _is_foot(notice: Notice, line: Line) -> bool:
    return is_signature(line.text, notice.issuer) or not_text(squeeze(line.text)) or is_date(line.text)


def _unread(notice: Notice, lines: Sequence[Line]) -> list[Problem]:
    """Text set aside that is no furniture by its form, when it is more than a small share of the notice."""
    stray = {
        "text-after-foot": [line for line in lines if line.aside == AFTER],
        "text-set-aside": [
            line for line in lines if line.aside != AFTER and is_doubtful(line.aside, line.text)
        ],
    }
    whole = sum(len(squeeze(line.text)) for line in lines)
    problems = []
    for code, found in stray.items():
        count = sum(len(squeeze(line.text)) for line in found)
        if count > _MOST_ASIDE * whole:
            position = Position(notice.file, found[0].number)
            details = {"count": count, "share": round(100 * count / whole), "begin": found[0].text[:15]}
            problems.append(problem(code, position, notice=notice.id, **details))
    return problems


def paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """Join lines into paragraphs.

    A line opens a paragraph when it carries a printed number or a label and the line before has ended, or when the
    line before is a short last line; a line break inside a sentence never does.
    """
    full = _full_width(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _opens(line, groups[-1], full):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [
        Paragraph(unwrap(line.text for line in group), group[0].number, group[-1].number) for group in groups
    ]


def _opens(line: Line, above: Sequence[Line], full: int) -> bool:
    before = above[-1].text
    heading = _is_heading(above, full)
    if has_mark(line.text) and (before.endswith(_ENDS) or heading):
        return True
    if not heading and not before.endswith(_PARAGRAPH_ENDS):
        return False
    labelled = bool(sector_label(line.text) or run_in_heading(line.text))
    return labelled or _width(before) < full - 4 or _width(before) > _WIDEST_PAGE


def _is_heading(above: Sequence[Line], full: int) -> bool:
    """A printed number and a title without a full stop, alone on its line."""
    text = above[0].text
    return len(above) == 1 and has_mark(text) and "。" not in text and _width(text) < full


def _full_width(lines: Sequence[Line]) -> int:
    """Columns of a full line: three lines of four are no longer than it."""
    widths = sorted(_width(line.text) for line in lines)
    return max(widths[len(widths) * 3 // 4] if widths else 0, _NARROWEST_PAGE)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)
