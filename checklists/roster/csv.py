"""Rows of a CSV roster, with the lines they stand on: whatever its encoding, its separator and its stray quotes.

A quote that is never closed, or closed three firms further down, makes one record of several lines. Where the lines
look like rows of their own the record is given up: its first line is told and the others are read again as rows.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from checklists.files.text import BYTE_ORDER_MARKS
from checklists.files.writing import why
from checklists.heads import COLUMNS, NAME, PLACE, TYPES, bare_text, head_of
from checklists.limits import COLUMNS as COLUMNS_OF_A_SHEET
from checklists.limits import CSV_LINES, LINE_LETTERS, ROSTER_BYTES
from checklists.problems import Position, Problem, Refused, problem
from checklists.roster.header import HEADER_ROWS
from checklists.roster.row import Row

LINES_A_ROW = 50
"""A quoted text may run over so many lines; beyond them its quote was never closed."""
SEPARATORS = (",", "\t", ";", "，", "；", "|")
ENCODINGS = ("utf-8-sig", "gb18030", "utf-16-le", "utf-16-be")
_SAMPLE = 1 << 16
_LOST = "\ufffd"
"""Stands for bytes that are none of the encoding, and for a line that is too long to be one."""
_NOTHING = str.maketrans("", "", "\0\ufeff")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_BETWEEN_TYPES = re.compile(r"[、，,；;/\s\"]+")
_AS_FORMULA = re.compile(r'="([^"]*)"')
"""How Excel is made to keep the digits of a code: ="0123"."""


@dataclass(frozen=True)
class _Shape:
    """How a file is written: separator, columns up to the last head, and which of them say what a firm must have."""

    separator: str
    width: int
    types: int = 0
    """Column of the types."""
    last: int = 0
    """Last column of name, types and place: a line with fewer fields is no row."""


@dataclass(frozen=True)
class _Record:
    """Fields of a record, or None for a line that is no record; the lines it stands on; what is wrong with it."""

    texts: tuple[str, ...] | None
    first: int
    last: int
    code: str = ""


def csv_rows(path: Path, types: frozenset[str]) -> tuple[Iterator[Row], int]:
    """Rows of the file as they are read, and about how many.

    ``types``: words for types, by which a line of a record of several is known as a row. Raises Refused when the file is
    no text or cannot be read.
    """
    try:
        encoding, lines = _encoding_and_lines(path)
        return _rows(path, encoding, _shape(path, encoding), types), lines
    except OSError as failure:
        raise Refused([problem("file-unreadable", Position(str(path)), why=why(failure))]) from failure


def _rows(path: Path, encoding: str, shape: _Shape, types: frozenset[str]) -> Iterator[Row]:
    def position(line: int, column: int) -> Position:
        return Position(str(path), line=line, cell=f"第{column + 1}列")

    try:
        with path.open(encoding=encoding, errors="replace", newline="") as opened:
            for record in _records(_lines(opened, shape.separator), shape, types):
                at = Position(str(path), line=record.first)
                flaws = (_flaw_of(record, at),) if record.code else ()
                if record.texts is None:
                    yield Row((), record.first, position, flaws)
                elif any(record.texts):
                    yield Row(record.texts, record.first, position, flaws)
    except OSError as failure:
        raise Refused([problem("file-unreadable", Position(str(path)), why=why(failure))]) from failure


def _flaw_of(record: _Record, position: Position) -> Problem:
    return problem(record.code, position, first=record.first, last=record.last, most=LINE_LETTERS)


# ---------------------------------------------------------------- records


def _lines(opened: io.TextIOBase, separator: str) -> Iterator[str]:
    """Lines with their ends; one that is too long or has more fields than a sheet has columns becomes a lost one."""
    while line := opened.readline(LINE_LETTERS):
        if len(line) == LINE_LETTERS and line[-1] not in "\r\n":
            while (rest := opened.readline(LINE_LETTERS)) and rest[-1] not in "\r\n":
                pass
            line = f"{_LOST}\n"
        yield f"{_LOST}\n" if line.count(separator) > COLUMNS_OF_A_SHEET else line.translate(_NOTHING)


def _records(lines: Iterator[str], shape: _Shape, types: frozenset[str]) -> Iterator[_Record]:
    waiting: deque[str] = deque()
    number, doubtful = 1, 0
    while True:
        taken: list[str] = []
        texts: Sequence[str] | None
        try:
            source = _taking(waiting, lines, taken)
            texts = next(csv.reader(source, delimiter=shape.separator, strict=True), None)
        except csv.Error:
            texts = ()
        if texts is None:
            return
        whole = bool(texts) or not taken[0].strip()
        if len(taken) > 1 and (not whole or _swallows(texts, taken, shape, types)):
            waiting.extendleft(reversed(taken[1:]))
            doubtful = max(doubtful, number + len(taken) - 1) if whole else doubtful
            taken, whole = taken[:1], False
        yield _judged(texts, number, taken, whole, doubtful)
        number += len(taken)


def _judged(texts: Sequence[str], number: int, taken: list[str], whole: bool, doubtful: int) -> _Record:
    """``doubtful``: the last line of a record that was given up; a quote that stands alone there is its other end."""
    last = number + len(taken) - 1
    alone = "".join(taken).count('"') % 2 == 1
    if any(_LOST in line for line in taken):
        return _Record(None, number, last, "roster-csv-lost")
    if not whole or (alone and number <= doubtful):
        return _Record(None, number, last, "roster-csv-quote")
    code = "roster-csv-lines" if len(taken) > 1 else "roster-csv-quote-alone" if alone else ""
    return _Record(tuple(_cleaned(text) for text in texts), number, last, code)


def _cleaned(text: str) -> str:
    formula = _AS_FORMULA.fullmatch(text.strip())
    return formula[1].strip() if formula else text.strip()


def _taking(waiting: deque[str], lines: Iterator[str], taken: list[str]) -> Iterator[str]:
    """Lines one by one, noted in ``taken``; no more than one record may have."""
    while len(taken) < LINES_A_ROW:
        line = waiting.popleft() if waiting else next(lines, None)
        if line is None:
            return
        taken.append(line)
        yield line


def _swallows(texts: Sequence[str], lines: Sequence[str], shape: _Shape, types: frozenset[str]) -> bool:
    """Whether a record of several lines looks like several rows.

    It has more fields than there are heads; two of its lines name a type where the types stand; or two have as many
    fields as a row needs and most of that within one quoted text, all of whose lines have separators.
    """
    if any(texts[shape.width :]) or sum(_names_type(line, shape, types) for line in lines) > 1:
        return True
    rows = sum(line.count(shape.separator) >= max(shape.last, 1) for line in lines)
    within = [[line.count(shape.separator) for line in _LINE_BREAK.split(text)] for text in texts]
    return any(
        len(counts) > 1 and (min(counts) > 0 or (rows > 1 and sum(counts) >= max(shape.last, 1)))
        for counts in within
    )


def _names_type(line: str, shape: _Shape, types: frozenset[str]) -> bool:
    cells = line.split(shape.separator)
    cell = cells[shape.types] if shape.types < len(cells) else ""
    return any(bare_text(word).strip('"') in types for word in _BETWEEN_TYPES.split(cell) if word.strip())


# ---------------------------------------------------------------- how the file is written


def _encoding_and_lines(path: Path) -> tuple[str, int]:
    """The encoding in which the head can be read, and the number of lines; raises Refused when there is none.

    A roster may be larger than memory and have damaged bytes in a cell: where every other text is decoded whole or
    refused (:func:`checklists.files.text.decoded`), this one is streamed, and told by the head, which is known.
    """
    ends = {b"\n": 0, b"\r": 0}
    with path.open("rb") as opened:
        sample = opened.read(_SAMPLE)
        for chunk in chain([sample], iter(lambda: opened.read(_SAMPLE), b"")):
            for end in ends:
                ends[end] += chunk.count(end)
            if opened.tell() > ROSTER_BYTES or max(ends.values()) > CSV_LINES:
                why_not = f"超过 {CSV_LINES // 10_000} 万行，或 {ROSTER_BYTES >> 20} MB"
                raise Refused([problem("file-too-big", Position(str(path)), why=why_not)])
    lines = max(ends.values())
    marked = [encoding for mark, encoding in BYTE_ORDER_MARKS if sample.startswith(mark)]
    fitting = [encoding for encoding in ENCODINGS if _has_head(sample.decode(encoding, "ignore"))]
    whole = [encoding for encoding in ENCODINGS[:2] if not fitting and _fits(path, encoding)]
    for encoding in (*marked, *fitting, *whole):
        return encoding, lines
    raise Refused([problem("file-unreadable", Position(str(path)), why="不是 UTF-8，也不是 GB18030 编码")])


def _has_head(text: str) -> bool:
    return any(name in text for name in COLUMNS[NAME])


def _fits(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding) as opened:
            while opened.read(_SAMPLE):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _shape(path: Path, encoding: str) -> _Shape:
    """Separator and width of the head among the first rows; the commonest separator where there is none."""
    with path.open(encoding=encoding, errors="replace", newline="") as opened:
        sample = opened.read(_SAMPLE).translate(_NOTHING)
    for separator in SEPARATORS:
        for texts in _first_rows(sample, separator):
            heads = [head_of(text) for text in texts]
            if NAME in heads and len({*heads, ""}) > 2:
                columns = [heads.index(field) for field in (NAME, TYPES, PLACE) if field in heads]
                types = heads.index(TYPES) if TYPES in heads else len(texts)
                return _Shape(separator, len(texts), types, max(columns))
    return _Shape(max(SEPARATORS, key=sample[:4096].count), LINES_A_ROW)


def _first_rows(sample: str, separator: str) -> Iterator[list[str]]:
    """The first rows as a reader of CSV sees them, then as their lines are cut at every separator."""
    try:
        for number, texts in enumerate(csv.reader(io.StringIO(sample, newline=""), delimiter=separator)):
            if number == HEADER_ROWS:
                break
            yield texts
    except csv.Error:
        pass
    for line in _LINE_BREAK.split(sample)[:HEADER_ROWS]:
        yield [text.strip('" ') for text in line.split(separator)]
