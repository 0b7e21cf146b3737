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
from checklists.notices.furniture import AFTER, is_doubtful
from checklists.notices.marks import has_mark, run_in_heading, sector_label
from checklists.notices.parts import MOST_ASIDE, Line, told_apart
from checklists.problems import Position, Problem, problem
from checklists.text import squeeze

_BOOKMARK = re.compile(r"(\[bookmark: [^\]]{0,99}\])")
_ENDS = tuple("。：:；;！？”）)")
_PARAGRAPH_ENDS = tuple("。：:）")
_NARROWEST_PAGE, _WIDEST_PAGE = 50, 130
"""Columns of a printed line; a longer one is a whole paragraph that nobody wrapped."""


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
    told = told_apart(notice, lines)
    return Layout(
        body=tuple(line for line in told if not line.aside),
        furniture=tuple(line for line in told if line.aside),
    )


def _unread(notice: Notice, lines: Sequence[Line]) -> list[Problem]:
    """Text set aside that is no furniture by its form, when it is more than a small share of the notice."""
    found = [line for line in lines if line.aside != AFTER and is_doubtful(line.aside, line.text)]
    whole = sum(len(squeeze(line.text)) for line in lines)
    count = sum(len(squeeze(line.text)) for line in found)
    if count <= MOST_ASIDE * whole:
        return []
    position = Position(notice.file, found[0].number)
    details = {"count": count, "share": round(100 * count / whole), "begin": found[0].text[:15]}
    return [problem("text-set-aside", position, notice=notice.id, **details)]


def paragraphs(lines: Sequence[Line], wrapped: bool = True) -> list[Paragraph]:
    """Join lines into paragraphs; where nobody ``wrapped`` them each line is one.

    A line opens a paragraph when it carries a printed number or a label and the line before has ended, or when the
    line before is a short last line; a line break inside a sentence never does.
    """
    full = _full_width(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and wrapped and not _opens(line, groups[-1], full):
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


def is_wrapped(text: str) -> bool:
    """Whether the lines of a text are pieces of paragraphs: many are as long as the page is wide and end in mid-sentence."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    widths = sorted(map(_width, lines))
    full = widths[len(widths) * 3 // 4] if widths else 0
    if not _NARROWEST_PAGE <= full <= _WIDEST_PAGE:
        return False
    broken = sum(full - 6 <= _width(line) <= full + 6 and not line.endswith(_ENDS) for line in lines)
    return broken > max(2, len(lines) // 5)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)
