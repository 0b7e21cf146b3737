"""Rows of a table from .xlsx, .csv or .yaml, streamed, every cell with its place."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checklists.problems import Place, Problem, Refused, problem
from checklists.roster_row import Row
from checklists.yamlfile import Lines, line_of, read_yaml
from checklists.yamlfile_events import OF_ROSTERS


@dataclass(frozen=True)
class Table:
    """Rows of a file, how many there are about, and what is wrong with the file as a whole."""

    rows: Iterator[Row]
    count: int
    problems: tuple[Problem, ...] = ()


def open_table(path: Path) -> Table:
    """The table in ``path``; raises Refused for an unknown ending or an unreadable file."""
    readers = {".xlsx": _xlsx_table, ".csv": _csv_table, ".yaml": _yaml_table, ".yml": _yaml_table}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise Refused([problem("roster-ending", Place(str(path)))])
    if not path.is_file():
        raise Refused([problem("file-missing", Place(str(path)))])
    return reader(path)


def _xlsx_table(path: Path) -> Table:
    from checklists.roster_sheet import open_sheet, sheet_rows

    sheet, problems = open_sheet(path)
    return Table(sheet_rows(sheet), sheet.filled_rows, tuple(problems))


# ---------------------------------------------------------------- CSV


LINES_A_ROW = 50
"""A quoted text may run over so many lines; beyond them its quote was never closed."""


def _csv_table(path: Path) -> Table:
    encoding, lines = _encoding_and_lines(path)
    return Table(_csv_rows(path, encoding), lines)


def _csv_rows(path: Path, encoding: str) -> Iterator[Row]:
    def place(line: int, column: int) -> Place:
        return Place(str(path), line=line, cell=f"第{column + 1}列")

    with path.open(encoding=encoding, newline="") as opened:
        sample = opened.read(4096)
        opened.seek(0)
        separator = max(",\t;", key=sample.count)
        for line, texts in _records(opened, separator):
            if texts is None:
                yield Row((), line, place, (problem("roster-csv-quote", Place(str(path), line=line)),))
            elif any(texts):
                yield Row(texts, line, place)


def _records(lines: Iterator[str], separator: str) -> Iterator[tuple[int, tuple[str, ...] | None]]:
    """Line number and fields of each record; None for a line whose quotes do not match, after which reading goes on."""
    waiting: deque[str] = deque()
    number = 1
    while True:
        taken: list[str] = []
        source = _taking(waiting, lines, taken)
        try:
            texts = next(csv.reader(source, delimiter=separator, strict=True), None)
        except csv.Error:
            waiting.extendleft(reversed(taken[1:]))
            yield number, None
            number += 1
            continue
        if texts is None:
            return
        yield number, tuple(text.strip() for text in texts)
        number += len(taken)


def _taking(waiting: deque[str], lines: Iterator[str], taken: list[str]) -> Iterator[str]:
    """Lines one by one, noted in ``taken``; no more than one record may have."""
    while len(taken) < LINES_A_ROW:
        line = waiting.popleft() if waiting else next(lines, None)
        if line is None:
            return
        taken.append(line)
        yield line.replace("\0", "")


def _encoding_and_lines(path: Path) -> tuple[str, int]:
    """UTF-8 where every byte fits, else GB18030, and the number of lines; raises Refused when neither fits."""
    for encoding in ("utf-8-sig", "gb18030"):
        lines = 0
        try:
            with path.open(encoding=encoding) as opened:
                while chunk := opened.read(1 << 16):
                    lines += chunk.count("\n")
        except UnicodeDecodeError:
            continue
        except OSError as failure:
            raise Refused([problem("file-unreadable", Place(str(path)), why=failure.strerror)]) from failure
        else:
            return encoding, lines
    raise Refused([problem("file-unreadable", Place(str(path)), why="不是 UTF-8，也不是 GB18030 编码")])


# ---------------------------------------------------------------- YAML


def _yaml_table(path: Path) -> Table:
    value, lines, problems = read_yaml(path, limits=OF_ROSTERS)
    if problems:
        raise Refused(problems)
    if not isinstance(value, list):
        raise Refused([problem("roster-yaml-form", Place(str(path), 1))])
    return Table(_yaml_rows(path, value, lines), len(value))


def _yaml_rows(path: Path, value: list[Any], lines: Lines) -> Iterator[Row]:
    heads = list(dict.fromkeys(str(key) for row in value if isinstance(row, dict) for key in row))

    def place(row: int, column: int) -> Place:
        at = (row - 1, heads[column]) if column < len(heads) else (row - 1,)
        return Place(str(path), line_of(lines, at))

    def place_of_head(row: int, column: int) -> Place:
        first = next(
            index for index, row in enumerate(value) if isinstance(row, dict) and heads[column] in row
        )
        return Place(str(path), line_of(lines, (first, heads[column])))

    yield Row(tuple(heads), 0, place_of_head)
    for number, row in enumerate(value, start=1):
        if isinstance(row, dict):
            yield Row(tuple(_yaml_text(row.get(head)) for head in heads), number, place)
        else:
            at = Place(str(path), line_of(lines, (number - 1,)))
            yield Row((), number, place, (problem("roster-yaml-row", at),))


def _yaml_text(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(_yaml_text(one) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value).strip()
