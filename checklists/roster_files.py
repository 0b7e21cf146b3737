"""Rows of a table from .xlsx, .csv or .yaml, streamed, every cell with its place."""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checklists.problems import Place, Problem, Refused, problem
from checklists.yamlfile import line_of, read_yaml

SHEET = "企业名录"


@dataclass(frozen=True)
class Cell:
    """Text of a cell as a person sees it, where it stands, and what is suspicious about it."""

    text: str
    place: Place
    problems: tuple[Problem, ...] = ()


def open_table(path: Path) -> Iterable[Sequence[Cell]]:
    """Rows of the table in ``path``; raises Refused for an unknown ending or an unreadable file."""
    readers = {".xlsx": _xlsx_rows, ".csv": _csv_rows, ".yaml": _yaml_rows, ".yml": _yaml_rows}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise Refused([problem("roster-ending", Place(str(path)))])
    if not path.is_file():
        raise Refused([problem("file-missing", Place(str(path)))])
    return reader(path)


# ---------------------------------------------------------------- Excel


def _xlsx_rows(path: Path) -> Iterator[Sequence[Cell]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as failure:
        why = "不是 Excel 工作簿，或已损坏、加密"
        raise Refused([problem("file-unreadable", Place(str(path)), why=why)]) from failure
    try:
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        sheet.reset_dimensions()  # a wrong dimension written by other programs would hide rows
        suspicious = _hidden_and_merged(path, sheet.title, book.sheetnames.index(sheet.title))
        for row in sheet.iter_rows():
            cells = [_xlsx_cell(cell, path, sheet.title) for cell in row]
            if any(cell.text for cell in cells):
                yield _with_row_problems(cells, suspicious)
    finally:
        book.close()


def _xlsx_cell(cell: Any, path: Path, sheet: str) -> Cell:
    name = getattr(cell, "coordinate", None)
    place = Place(str(path), sheet=sheet, cell=name)
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 10**15:
        return Cell(str(value), place, (problem("roster-number-long", place),))
    if getattr(cell, "data_type", "") == "e":
        return Cell("", place, (problem("roster-cell-error", place, value=value),))
    return Cell(_text(value), place)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value).strip()


_ROW_HIDDEN = re.compile(rb'<row [^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"')
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')


@dataclass(frozen=True)
class _Suspicious:
    hidden: frozenset[int]
    merged: frozenset[int]


def _hidden_and_merged(path: Path, title: str, index: int) -> _Suspicious:
    """Numbers of hidden rows and of rows that a merged cell covers: openpyxl's streaming reader tells neither."""
    with zipfile.ZipFile(path) as package:
        parts = sorted(
            name for name in package.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)
        )
        content = package.read(parts[min(index, len(parts) - 1)]) if parts else b""
    hidden = {int(match[1]) for match in _ROW_HIDDEN.finditer(content)}
    merged = {
        row
        for match in _MERGED.finditer(content)
        for row in range(int(match[2]) + 1, min(int(match[4]), 10**6) + 1)
    }
    return _Suspicious(frozenset(hidden), frozenset(merged))


def _with_row_problems(cells: list[Cell], suspicious: _Suspicious) -> list[Cell]:
    """The first cell carries what is suspicious about its row."""
    named = next(cell for cell in cells if cell.place.cell)
    row = int(re.sub(r"\D", "", named.place.cell or "0"))
    found = [problem("roster-row-hidden", named.place)] if row in suspicious.hidden else []
    if row in suspicious.merged:
        found.append(problem("roster-row-merged", named.place))
    first = cells[0]
    place = (
        first.place if first.place.cell else Place(named.place.file, sheet=named.place.sheet, cell=f"A{row}")
    )
    return [Cell(first.text, place, (*first.problems, *found)), *cells[1:]]


# ---------------------------------------------------------------- CSV and YAML


def _csv_rows(path: Path) -> Iterator[Sequence[Cell]]:
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as opened:
        sample = opened.read(4096)
        opened.seek(0)
        separator = max(",\t;", key=sample.count)
        reader = csv.reader(_without_nul(opened), delimiter=separator)
        try:
            for row in reader:
                line = reader.line_num
                yield [
                    Cell(text.strip(), Place(str(path), line=line, cell=f"第{n}列"))
                    for n, text in enumerate(row, 1)
                ]
        except csv.Error as failure:
            place = Place(str(path), line=reader.line_num)
            raise Refused([problem("file-unreadable", place, why=f"CSV 写法有误：{failure}")]) from failure


def _without_nul(lines: Iterable[str]) -> Iterator[str]:
    return (line.replace("\0", "") for line in lines)


def _encoding(path: Path) -> str:
    """UTF-8 where every byte fits, else GB18030; raises Refused when neither fits."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            with path.open(encoding=encoding) as opened:
                while opened.read(1 << 16):
                    pass
        except UnicodeDecodeError:
            continue
        except OSError as failure:
            raise Refused([problem("file-unreadable", Place(str(path)), why=failure.strerror)]) from failure
        else:
            return encoding
    raise Refused([problem("file-unreadable", Place(str(path)), why="不是 UTF-8，也不是 GB18030 编码")])


def _yaml_rows(path: Path) -> Iterator[Sequence[Cell]]:
    value, lines, problems = read_yaml(path)
    if problems:
        raise Refused(problems)
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise Refused([problem("roster-yaml-form", Place(str(path), 1))])
    heads = list(dict.fromkeys(str(key) for row in value for key in row))
    yield [Cell(head, Place(str(path), 1)) for head in heads]
    for index, row in enumerate(value):
        at = (index,)
        yield [
            Cell(_yaml_text(row.get(head)), Place(str(path), line_of(lines, (*at, head)))) for head in heads
        ] or [Cell("", Place(str(path), line_of(lines, at)))]


def _yaml_text(value: Any) -> str:
    return "、".join(_text(one) for one in value) if isinstance(value, list) else _text(value)


def csv_bytes(rows: Iterable[Sequence[Any]]) -> bytes:
    """A CSV file that Excel opens with Chinese intact: UTF-8 with its mark."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode("utf-8-sig")
