"""The manifest of a batch: one line an enterprise, as CSV for people and JSON for programs.

The same roster gives the same manifest, however often the batch was interrupted; nothing in it says when or where.
What was given out earlier on the day and is another now stays in it, below.
Its digests are how a later batch knows that a document still is as it was written.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from checklists.files.writing import READ_PLAIN, clear_part, open_part, unwritable
from checklists.models import Enterprise
from checklists.problems import Position, Problem
from checklists.roster.read import Entry
from checklists.roster.same import row_number

CSV_NAME, JSON_NAME = "manifest.csv", "manifest.json"
HEADS: dict[str, str] = {
    "row": "行",
    "name": "单位名称",
    "code": "统一社会信用代码",
    "place": "所在地",
    "town": "乡镇／街道",
    "address": "地址",
    "contact": "联系人",
    "email": "电子邮箱",
    "types": "企业类型",
    "folder": "文件夹",
    "word": "检查表",
    "excel": "自查工作簿",
    "appendix": "企业留存",
    "papers": "其他文书",
    "document_number": "文书编号",
    "serial": "编号",
    "fingerprint": "指纹",
    "edition": "规则版",
    "items": "应查项数",
    "on_paper": "检查表项数",
    "result": "结果",
    "problems": "问题",
    "identity": "企业识别码",
    "word_sha256": "检查表 SHA-256",
    "excel_sha256": "自查工作簿 SHA-256",
    "appendix_sha256": "企业留存 SHA-256",
}
"""Key in the JSON -> column in the CSV."""
_GIVEN_OUT = ("serial", "word_sha256", "excel_sha256", "appendix_sha256")
_SAID = ("code", "town", "address", "contact", "email", "fingerprint")
_EMPTY: dict[str, Any] = {**dict.fromkeys(HEADS, ""), "types": (), "papers": {}}
_ENCODER = json.JSONEncoder(ensure_ascii=False)
MADE, KEPT, NOT_MADE, NOTE, GONE, EARLIER = (
    "已生成",
    "原有文件未动",
    "没有生成",
    "提醒",
    "不在名录",
    "先前生成",
)
_LONGEST_LINE = 1_000_000
_HALF_A_LETTER = re.compile(r"\\u[dD][89a-fA-F]")
"""An escape that a manifest never has: alone it could not be written again."""


class Line(NamedTuple):
    """One row of the roster as it stands in both files."""

    table: str
    entry: str


def made_line(
    entry: Entry, enterprise: Enterprise, outcome: Mapping[str, Any], problems: Sequence[Problem]
) -> Line:
    """The line of an enterprise whose documents were ``made`` or left alone.

    Paths are relative to the manifest, with / between.
    """
    return _line(entry.position, {**who_of(enterprise), **outcome}, problems)


def refused_line(entry: Entry, problems: Sequence[Problem], before: Mapping[str, Any] | None = None) -> Line:
    """The line of a row without documents; ``before``: what is known of documents made for it earlier."""
    refused = any(found.level == "error" for found in problems)
    who = who_of(entry.enterprise) if entry.enterprise else {}
    return _line(entry.position, {**who, **(before or {}), "result": NOT_MADE if refused else NOTE}, problems)


def gone_line(before: Mapping[str, Any], gone: Problem) -> Line:
    """The line of an enterprise that an earlier manifest has and the roster has not."""
    return _line(Position(gone.position.file), {**before, "result": GONE}, (gone,))


def given_out(line: Mapping[str, Any]) -> str:
    """What tells the documents of one line from those of another: serial and digests; empty where there are none."""
    papers = (digest for _, _, digest in papers_of(line))
    return " ".join((*(str(line.get(name, "")) for name in _GIVEN_OUT), *papers)).strip()


def said_of(line: Mapping[str, Any]) -> str:
    """What a line says of its enterprise, name and place apart, and which list it has."""
    types = line.get("types") or ()
    return "\n".join((*(str(line.get(name, "")) for name in _SAID), *map(str, types)))


def papers_of(line: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Title, file and digest of the other papers of a line; what is no such thing is passed over."""
    papers = line.get("papers")
    for title, told in papers.items() if isinstance(papers, dict) else ():
        if isinstance(told, dict):
            yield str(title), str(told.get("file", "")), str(told.get("sha256", ""))


def earlier_line(before: Mapping[str, Any]) -> Line:
    """The line of documents that were given out earlier on the day and are others now: the record keeps them."""
    return _line(Position(""), {**before, "result": EARLIER}, ())


def note_line(note: Problem) -> Line:
    """The line of what concerns the roster as a whole."""
    return _line(note.position, {"result": NOTE}, (note,))


def who_of(enterprise: Enterprise) -> dict[str, Any]:
    """What a line says of an enterprise."""
    return {
        "name": enterprise.name,
        "code": enterprise.code,
        "place": enterprise.place,
        "town": enterprise.office.town,
        "address": enterprise.address,
        "contact": enterprise.contact,
        "email": enterprise.email,
        "document_number": enterprise.office.document_number,
    }


def _line(position: Position, fields: Mapping[str, Any], problems: Sequence[Problem]) -> Line:
    values: dict[str, Any] = {**_EMPTY, **fields, "row": row_number(position)}
    types, papers = values["types"], values["papers"]
    values["types"] = "、".join(types)
    values["papers"] = "、".join(one["file"] for one in papers.values())
    values["problems"] = "；".join(map(_in_one_line, problems))
    table = csv_line(values.values())
    values["types"], values["papers"] = types, papers
    values["problems"] = list(map(_for_programs, problems))
    return Line(table, _ENCODER.encode(values))


def _in_one_line(problem: Problem) -> str:
    return f"{problem.position.cell or ''} {problem.message}（{problem.remedy}）".strip()


def _for_programs(problem: Problem) -> dict[str, Any]:
    return {**problem.as_json(), "file": Path(problem.position.file).name}


_SIGNS = frozenset("=+-@＝＋－＠")
_WRITER_BUFFER = io.StringIO()
_WRITER = csv.writer(_WRITER_BUFFER, lineterminator="\r\n")


def csv_line(cells: Iterable[Any]) -> str:
    """A line of a table that spreadsheets open, none of its texts a formula."""
    _WRITER_BUFFER.seek(0)
    _WRITER_BUFFER.truncate()
    _WRITER.writerow([_no_formula(cell) for cell in cells])
    return _WRITER_BUFFER.getvalue()


def _no_formula(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in _SIGNS else value


class Manifest:
    """A manifest being written line by line; the two files are left under temporary names in ``out``."""

    def __init__(self, out: Path, about: Mapping[str, Any]) -> None:
        self.csv_part = out / f".checklists-{os.getpid()}-csv.part"
        self.json_part = out / f".checklists-{os.getpid()}-json.part"
        self.about = about
        self.rows = 0

    def __enter__(self) -> Manifest:
        try:
            self.csv: TextIO = new_text(self.csv_part, "utf-8-sig")
            self.json: TextIO = new_text(self.json_part, "utf-8")
            self.csv.write(csv_line(HEADS.values()))
            self.json.write(json.dumps(self.about, ensure_ascii=False)[:-1] + ',\n"enterprises": [')
        except OSError as failure:
            raise unwritable(self.json_part, failure) from failure
        return self

    def add(self, line: Line) -> None:
        """One row of the roster. Raises Refused when the disk is full."""
        try:
            self.csv.write(line.table)
            self.json.write(f"{',' if self.rows else ''}\n{line.entry}")
        except OSError as failure:
            raise unwritable(self.json_part, failure) from failure
        self.rows += 1

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        try:
            self.json.write("\n]}\n")
            self.csv.close()
            self.json.close()
            if kind is not None:
                clear_part(str(self.csv_part))
                clear_part(str(self.json_part))
        except OSError as failure:
            if kind is None:
                raise unwritable(self.json_part, failure) from failure


def new_text(part: Path, encoding: str) -> TextIO:
    """A new file under a temporary name. Raises OSError."""
    return open(open_part(str(part)), "w", encoding=encoding, newline="")  # noqa: PTH123 -- an open handle


# ---------------------------------------------------------------- reading one


def head_of(path: Path) -> dict[str, Any]:
    """What a manifest in JSON says of its batch: roster, day, department, edition; empty when it is none of ours."""
    try:
        with _opened(path) as opened:
            told = json.loads(opened.readline(_LONGEST_LINE).rstrip().removesuffix(",") + "}")
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) and isinstance(told.get("on"), str) else {}


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    """Lines of a manifest in JSON, in its order; what cannot be read is passed over."""
    try:
        with _opened(path) as opened:
            while line := opened.readline(_LONGEST_LINE):
                if line.startswith('{"row"') and not _HALF_A_LETTER.search(line):
                    try:
                        yield json.loads(line.rstrip().removesuffix(","))
                    except (ValueError, RecursionError):
                        continue
    except OSError:
        return


def _opened(path: Path) -> TextIO:
    return open(os.open(path, READ_PLAIN), encoding="utf-8", errors="replace")  # noqa: PTH123 -- an open handle
