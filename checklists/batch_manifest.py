"""The manifest of a batch: one line an enterprise, as CSV for people and JSON for programs.

The same roster gives the same manifest, however often the batch was interrupted; nothing in it says when or where.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from checklists.files import unwritable
from checklists.models import Enterprise
from checklists.problems import Place, Problem
from checklists.roster import Entry

CSV_NAME, JSON_NAME = "manifest.csv", "manifest.json"
HEADS: dict[str, str] = {
    "row": "行",
    "name": "单位名称",
    "code": "统一社会信用代码",
    "place": "所在地",
    "types": "企业类型",
    "folder": "文件夹",
    "word": "检查表",
    "excel": "自查工作簿",
    "serial": "编号",
    "fingerprint": "指纹",
    "edition": "规则版",
    "items": "应查项数",
    "on_paper": "检查表项数",
    "result": "结果",
    "problems": "问题",
}
"""Key in the JSON -> column in the CSV."""
MADE, NOT_MADE, NOTE = "已生成", "没有生成", "提醒"


@dataclass(frozen=True)
class Line:
    """One row of the roster as it stands in both files."""

    table: str
    entry: str


def made_line(
    entry: Entry,
    told: Enterprise,
    types: Sequence[str],
    folder: str,
    files: tuple[str, ...],
    made: Mapping[str, Any],
) -> Line:
    """The line of an enterprise whose documents stand; paths are relative to the manifest, with / between."""
    word, excel = files
    who = {"name": told.name, "code": told.code, "place": told.place, "types": types}
    where = {"folder": folder, "word": word, "excel": excel}
    return _line(entry.place, {**who, **where, **made, "result": MADE}, entry.problems)


def refused_line(entry: Entry, problems: Sequence[Problem]) -> Line:
    """The line of a row without documents."""
    refused = any(found.level == "error" for found in problems)
    told = entry.enterprise
    values: dict[str, Any] = {"name": told.name, "code": told.code, "place": told.place} if told else {}
    return _line(entry.place, {**values, "result": NOT_MADE if refused else NOTE}, problems)


def note_line(found: Problem) -> Line:
    """The line of what concerns the roster as a whole."""
    return _line(found.place, {"result": NOTE}, (found,))


def _line(place: Place, told: Mapping[str, Any], problems: Sequence[Problem]) -> Line:
    values: dict[str, Any] = {**dict.fromkeys(HEADS, ""), "types": (), **told, "row": _row_number(place)}
    cells = {
        **values,
        "types": "、".join(values["types"]),
        "problems": "；".join(_in_one_line(found) for found in problems),
    }
    entry = {**values, "problems": [_for_programs(found) for found in problems]}
    return Line(_csv_line(cells.values()), json.dumps(entry, ensure_ascii=False))


def _row_number(place: Place) -> int | str:
    digits = re.sub(r"\D", "", place.cell or "")
    return place.line or (int(digits) if digits else "")


def _in_one_line(found: Problem) -> str:
    return f"{found.place.cell or ''} {found.message}（{found.remedy}）".strip()


def _for_programs(found: Problem) -> dict[str, Any]:
    return {**found.as_json(), "file": Path(found.place.file).name}


_WRITER_BUFFER = io.StringIO()
_WRITER = csv.writer(_WRITER_BUFFER, lineterminator="\r\n")


def _csv_line(cells: Iterable[Any]) -> str:
    _WRITER_BUFFER.seek(0)
    _WRITER_BUFFER.truncate()
    _WRITER.writerow([_no_formula(cell) for cell in cells])
    return _WRITER_BUFFER.getvalue()


def _no_formula(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@＝＋－＠") else value


class Manifest:
    """manifest.csv and manifest.json, written line by line under temporary names and moved into place at the end."""

    def __init__(self, out: Path, about: Mapping[str, Any]) -> None:
        self.paths = (out / CSV_NAME, out / JSON_NAME)
        self.parts = tuple(path.with_name(f".{path.name}.part") for path in self.paths)
        self.about = about
        self.rows = 0

    def __enter__(self) -> Manifest:
        try:
            self.csv: TextIO = self.parts[0].open("w", encoding="utf-8-sig", newline="")
            self.json: TextIO = self.parts[1].open("w", encoding="utf-8", newline="\n")
            self.csv.write(_csv_line(HEADS.values()))
            self.json.write(json.dumps(self.about, ensure_ascii=False)[:-1] + ',\n"enterprises": [')
        except OSError as failure:
            raise unwritable(self.paths[0], failure) from failure
        return self

    def add(self, line: Line) -> None:
        """One row of the roster. Raises Refused when the disk is full."""
        try:
            self.csv.write(line.table)
            self.json.write(f"{',' if self.rows else ''}\n{line.entry}")
        except OSError as failure:
            raise unwritable(self.paths[0], failure) from failure
        self.rows += 1

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        try:
            self.json.write("\n]}\n")
            self.csv.close()
            self.json.close()
            for part, path in zip(self.parts, self.paths, strict=True):
                if kind is None:
                    part.replace(path)
                else:
                    part.unlink()
        except OSError as failure:
            if kind is None:
                raise unwritable(self.paths[0], failure) from failure


def listed_files(out: Path) -> Iterator[str]:
    """Names, below ``out``, of the files that a finished manifest lists, in its order, itself last."""
    with (out / JSON_NAME).open(encoding="utf-8") as opened:
        for line in opened:
            if line.startswith('{"row"'):
                told = json.loads(line.rstrip(",\n"))
                yield from (f"{told['folder']}/{told[name]}" for name in ("word", "excel") if told[name])
    yield from (CSV_NAME, JSON_NAME)
