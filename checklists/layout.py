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

from checklists.marks import has_mark, run_in_heading, sector_label
from checklists.models import Correction, Notice
from checklists.problems import Place, Problem, problem

TABLE_HEAD = ("序号", "任务", "主要内容", "责任单位", "完成时限")

_NOT_TEXT = re.compile(
    r"https?://\S+$|附件\d{0,2}[:：]|[（(]此件.{0,12}公开.{0,10}[）)]$|\[bookmark: [^\]]*\]$"
)
_BOOKMARK = re.compile(r"(\[bookmark: [^\]]*\])")
_SENTENCE_MARK = re.compile("[，。；,;]")
_ADDRESSEE = re.compile(r"各.{0,60}[：:]$")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日(印发.*)?$")
_ENDS = tuple("。：:；;！？”）)")
_PARAGRAPH_ENDS = tuple("。：:）")
_MOST_HEAD_LINES = 20
_NARROWEST_PAGE, _WIDEST_PAGE = 50, 130
"""Columns of a printed line; a longer one is a whole paragraph that nobody wrapped."""


@dataclass(frozen=True)
class Line:
    """One printed line, or a stretch of one: its number in the file and its text without outer blanks."""

    number: int
    text: str


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


def squeeze(text: str) -> str:
    """The text with all white space removed: the form in which texts are compared."""
    return "".join(text.split())


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
    return _sorted_out(notice, lines), problems + missed


def _lines(notice: Notice, text: str) -> tuple[list[Line], list[Problem]]:
    printed = text.split("\n")
    first, last = notice.lines
    problems = []
    if not 1 <= first <= last <= len(printed):
        place = Place(notice.file)
        problems = [
            problem(
                "notice-lines-outside", place, notice=notice.id, first=first, last=last, count=len(printed)
            )
        ]
    chosen = enumerate(printed[max(first, 1) - 1 : max(last, 0)], start=max(first, 1))
    return [Line(number, line.strip()) for number, line in chosen if line.strip()], problems


def _corrected(notice: Notice, lines: list[Line]) -> tuple[list[Line], list[Problem]]:
    problems = []
    for correction in notice.corrections:
        if not any(_holds(correction, line) for line in lines):
            place = Place(notice.file, correction.at)
            problems.append(
                problem("correction-not-found", place, notice=notice.id, received=correction.received)
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
    head = _head_length(lines)
    foot = _foot_start(notice, lines, head)
    keep = [head <= index < foot and not _NOT_TEXT.match(line.text) for index, line in enumerate(lines)]
    return Layout(
        body=tuple(line for line, kept in zip(lines, keep, strict=True) if kept),
        furniture=tuple(line for line, kept in zip(lines, keep, strict=True) if not kept),
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


def _foot_start(notice: Notice, lines: Sequence[Line], head: int) -> int:
    """Index of the first line after the text: the signature, or what stands after it."""
    start = len(lines)
    for index in range(len(lines) - 1, head, -1):
        if lines[index].text == notice.issuer:
            start = index
            break
    while start > head and _is_foot(notice, lines[start - 1]):
        start -= 1
    return start


def _is_foot(notice: Notice, line: Line) -> bool:
    text = squeeze(line.text)
    return text == notice.issuer or bool(_NOT_TEXT.match(text) or _DATE.match(text))


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
