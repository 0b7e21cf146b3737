"""What people wrote into a self-check workbook, read by the heads of its columns: of this format and of the first one.

A hazard is known by its key, which is printed beside it and goes wherever the row is copied; by day, place and words of
what was found where a row has none (docs/decisions/0024-keys-of-hazards.md).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from checklists.documents.excel.rows import BETWEEN
from checklists.documents.excel.sheets import DAY, GUIDE, KEPT_PAPERS, LEDGER, MONTH, REST, WEEK
from checklists.text import squeeze

LAST_HEAD = 60
"""Number of the last row in which the heads of a table are looked for."""
NUMBER, ID, CONTENT, STANDARD, RESULT, FACT = (
    "序号",
    "检查项编号",
    "检查内容",
    "怎样算符合",
    "结果",
    "不符合情况",
)
KEY, SOURCE, FOUND, WHERE, WHAT = "编号", "来源项", "发现日期", "具体部位", "隐患描述"
DONE, CHECKED, STATE, CLOSED = "整改完成", "验收日期", "状态", "已验收销号"
SWITCHED_OFF = "不涉及（说明页选“无”）"
CLASHING = "填了结果，而说明页选“无”"
NOT_YET = "未检查"
PREPARED = frozenset({KEY, "逾期天数", "项编号", "部位", "项目部位", CONTENT, "整改要求", "保障措施"})
"""Columns of the ledger that people do not write in; a program may have left values where formulas were."""
_FIRST_HEADS = {GUIDE: "问号", LEDGER: KEY, KEPT_PAPERS: "资料名称"}
_MARKS = re.compile("^[★▲]+")
_OWN = "own-"


@dataclass(frozen=True)
class Answer:
    """One row of a check sheet as it came back."""

    id: str
    number: str
    content: str
    standard: str
    result: str
    fact: str
    status: str
    """The result; SWITCHED_OFF, CLASHING, NOT_YET; or a word that is no result, as it stands."""


@dataclass(frozen=True)
class Hazard:
    """One row of the ledger in which something was written."""

    key: str
    """Printed key; made of day, place and words where there is none."""
    item: str
    """Id of the item it comes from, or nothing."""
    told: Mapping[str, Any]
    """Everything written, by the head of its column."""

    @property
    def is_open(self) -> bool:
        """Whether it goes on: neither checked after rectifying nor struck off."""
        return self.told.get(STATE) != CLOSED and not isinstance(self.told.get(CHECKED), datetime.date)


@dataclass(frozen=True)
class Answers:
    """Everything that a workbook holds beside its wording."""

    period: datetime.date | None
    year_month: int | None
    filler: str
    switches: Mapping[str, str]
    """有 or 无 by the words of the question."""
    rows: Mapping[str, Answer]
    """Of the month and of the rest, by id."""
    own: Mapping[str, tuple[Mapping[str, Any], ...]]
    """Rows of the enterprise's own by sheet, each by the heads of its columns."""
    hazards: tuple[Hazard, ...]
    papers: Mapping[str, Mapping[str, Any]]
    """What is kept where, by name of the document."""
    doubled: tuple[str, ...]
    """Keys that several rows of the ledger have."""


def read_answers(book: Workbook, day: str) -> Answers:
    """``day``: of the list, 2026-11-22, from which the keys of a ledger of the first format are made."""
    tables = {sheet.title: list(_table(sheet)) for sheet in book.worksheets}
    switches = dict(_switches(tables.get(GUIDE, [])))
    signs = {
        str(row.get("问号")): switches.get(squeeze(str(row.get("情况")))) for row in tables.get(GUIDE, [])
    }
    checked = [*tables.get(MONTH, []), *tables.get(REST, [])]
    rows = {answer.id: answer for row in checked if (answer := _answer(row, signs))}
    ids = {answer.number: answer.id for answer in rows.values()}
    hazards = tuple(_hazards(tables.get(LEDGER, []), ids, day))
    keys = [hazard.key for hazard in hazards]
    guide = book[GUIDE] if GUIDE in book.sheetnames else None
    return Answers(
        period=_day(_beside(guide, "检查期间")),
        year_month=_month(_beside(guide, "年查的月份")),
        filler=str(_beside(guide, "填表人") or ""),
        switches=switches,
        rows=rows,
        own={name: tuple(_own(tables.get(name, []))) for name in (DAY, WEEK, MONTH)},
        hazards=hazards,
        papers={str(row["资料名称"]): row for row in tables.get(KEPT_PAPERS, []) if row.get("资料名称")},
        doubled=tuple(dict.fromkeys(key for key in keys if keys.count(key) > 1)),
    )


# ---------------------------------------------------------------- sheets as tables


def head_of(value: object) -> str:
    """What a column is called: its head without what stands in brackets, and 来源项 for the first format's 来源项号."""
    head = re.sub("[（(].*", "", squeeze(str(value or "")))
    return SOURCE if head == f"{SOURCE}号" else head


def heads_of(sheet: Worksheet) -> tuple[int, dict[int, str]]:
    """Number of the row of heads, and the head of every column; 0 where there is none."""
    grid = _grid(sheet)
    for number in range(1, LAST_HEAD):
        heads = {column: head_of(value) for column, value in grid.get(number, {}).items()}
        if heads.get(1) == _FIRST_HEADS.get(sheet.title, NUMBER):
            return number, heads
    return 0, {}


def _grid(sheet: Worksheet) -> dict[int, dict[int, Any]]:
    found: dict[int, dict[int, Any]] = {}
    for (row, column), cell in sorted(sheet._cells.items()):
        if cell.value is not None and cell.data_type != "f":
            found.setdefault(row, {})[column] = cell.value
    return found


def _table(sheet: Worksheet) -> Iterator[dict[str, Any]]:
    """Rows under the heads by head, without formulas; "" holds the number of the row."""
    first, heads = heads_of(sheet)
    for number, row in _grid(sheet).items():
        if first and number > first:
            yield {heads[column]: value for column, value in row.items() if column in heads} | {"": number}


def _beside(sheet: Worksheet | None, label: str) -> Any:
    """Value of the cell right of a label of the first sheet."""
    for row in _grid(sheet).values() if sheet is not None else ():
        for column, value in row.items():
            if str(value).strip() == label:
                return row.get(column + 1)
    return None


def _day(value: Any) -> datetime.date | None:
    return value.date() if isinstance(value, datetime.datetime) else None


def _month(value: Any) -> int | None:
    return int(value) if isinstance(value, (int, float)) and 1 <= value <= 12 else None


# ---------------------------------------------------------------- rows


def _switches(rows: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for row in rows:
        answer = str(row.get("有／无") or "").strip()
        if row.get("情况") and answer in ("有", "无"):
            yield squeeze(str(row["情况"])), answer


def _line(value: Any) -> str:
    """The first line: under it stand notes, which are no wording."""
    return str(value or "").replace("\r", "\n").strip().split("\n")[0].strip()


def _answer(row: Mapping[str, Any], signs: Mapping[str, str | None]) -> Answer | None:
    name = str(row.get(ID) or "").strip()
    if not name or name.startswith(_OWN):
        return None
    result = str(row.get(RESULT) or "").strip()
    is_off = signs.get(str(row.get("先问号"))) == "无"
    status = (CLASHING if result else SWITCHED_OFF) if is_off else result or NOT_YET
    number = str(row.get(NUMBER) or "")
    content, fact = _MARKS.sub("", _line(row.get(CONTENT))), str(row.get(FACT) or "").strip()
    return Answer(name, number, content, _line(row.get(STANDARD)), result, fact, status)


def _own(rows: list[dict[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        if str(row.get(ID) or "").startswith(_OWN) and row.get(CONTENT):
            yield row


def _hazards(rows: list[dict[str, Any]], ids: Mapping[str, str], day: str) -> Iterator[Hazard]:
    for row in rows:
        told = {head: value for head, value in row.items() if head not in PREPARED and head}
        if told:
            yield Hazard(key_of(row, day), item_of(row.get(SOURCE), ids), told)


def key_of(row: Mapping[str, Any], day: str) -> str:
    """The printed key; day and number in the first format; else what was found where and when."""
    key = row.get(KEY)
    if isinstance(key, (int, float)):
        return f"{day.replace('-', '')[2:]}-{int(key)}"
    if key:
        return squeeze(str(key))
    found = row.get(FOUND)
    when = f"{found:%Y-%m-%d}" if isinstance(found, datetime.date) else squeeze(str(found or ""))
    return "／".join((when, squeeze(str(row.get(WHERE) or "")), squeeze(str(row.get(WHAT) or ""))))


def item_of(source: Any, ids: Mapping[str, str]) -> str:
    """Id of the item a hazard comes from: it rides behind its number, or is that of the number in this very workbook."""
    told = str(int(source) if isinstance(source, float) and source.is_integer() else source or "").strip()
    number, _, name = told.rpartition(BETWEEN)
    return name if number else ids.get(told, "")
