"""Rows of a table from .xlsx, .csv or .yaml, streamed, every cell with its position."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checklists.files.writing import require_file
from checklists.problems import Position, Problem, Refused, problem
from checklists.roster.csv import csv_rows
from checklists.roster.row import Row
from checklists.yamlfile.events import OF_ROSTERS
from checklists.yamlfile.reading import Lines, line_of, read_yaml


@dataclass(frozen=True)
class Table:
    """Rows of a file, how many there are about, and what is wrong with the file as a whole."""

    rows: Iterator[Row]
    count: int
    problems: tuple[Problem, ...] = ()


def open_table(path: Path, types: frozenset[str], is_list: Callable[[Sequence[Row]], bool]) -> Table:
    """The table in ``path``; ``types``: words for types, see :func:`csv_rows`; ``is_list``: whether the first rows of a
    sheet have a head, so that covers are passed over. Raises Refused for an unknown ending or an unreadable file.
    """
    ending = path.suffix.lower()
    if ending not in (".xlsx", ".csv", ".yaml", ".yml"):
        raise Refused([problem("roster-ending", Position(str(path)))])
    require_file(path)
    if ending == ".xlsx":
        return _xlsx_table(path, is_list)
    return Table(*csv_rows(path, types)) if ending == ".csv" else _yaml_table(path)


def _xlsx_table(path: Path, is_list: Callable[[Sequence[Row]], bool]) -> Table:
    from checklists.roster.sheet import open_sheet, sheet_rows

    sheet, problems = open_sheet(path, is_list)
    return Table(sheet_rows(sheet), sheet.filled_rows, tuple(problems))


# ---------------------------------------------------------------- YAML


def _yaml_table(path: Path) -> Table:
    value, lines, problems = read_yaml(path, any_encoding=True, limits=OF_ROSTERS)
    if problems:
        raise Refused(problems)
    if not isinstance(value, list):
        raise Refused([problem("roster-yaml-form", Position(str(path), 1))])
    return Table(_yaml_rows(path, value, lines), len(value))


def _yaml_rows(path: Path, value: list[Any], lines: Lines) -> Iterator[Row]:
    heads = list(dict.fromkeys(str(key) for row in value if isinstance(row, dict) for key in row))

    def position(row: int, column: int) -> Position:
        at = (row - 1, heads[column]) if column < len(heads) else (row - 1,)
        return Position(str(path), line_of(lines, at))

    def position_of_head(row: int, column: int) -> Position:
        first = next(
            index for index, row in enumerate(value) if isinstance(row, dict) and heads[column] in row
        )
        return Position(str(path), line_of(lines, (first, heads[column])))

    yield Row(tuple(heads), 0, position_of_head)
    for number, row in enumerate(value, start=1):
        if isinstance(row, dict):
            yield Row(tuple(_yaml_text(row.get(head)) for head in heads), number, position)
        else:
            at = Position(str(path), line_of(lines, (number - 1,)))
            yield Row((), number, position, (problem("roster-yaml-row", at),))


def _yaml_text(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(_yaml_text(one) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value).strip()
