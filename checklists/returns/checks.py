"""Answers on the check sheets of a workbook: 日查, 周查, 月查, 季查, 其余检查项, 重大隐患判定."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Any

from checklists.documents.excel.answers import CLASHING, CONTENT, FACT, ID, NUMBER, RESULT
from checklists.returns.guide import Guide, sheet_day
from checklists.returns.returned import Answer
from checklists.returns.rows import Rows
from checklists.returns.tables import (
    ARTICLE,
    DAYS,
    JUDGED,
    SITUATION,
    WEEKS,
    Table,
    cell_name,
    formulas_in,
    text_of,
)
from checklists.returns.words import day_of, result_of, situation_of
from checklists.text import squeeze

OWN = "own-"
SIGNED = "（签名）"
"""How a line ends on which people sign: it is no row."""
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_MARKS = re.compile("^[★▲]+")
_QUARTER = frozenset({NUMBER, "部位", CONTENT, "怎样算符合", "依据", "频次", FACT, "检查日期", "检查人", ID, "先问号", "台账号"})  # fmt: skip
FORMULA = "是公式，不是填写的结果"
MERGED = "与上面的格合并了，看不出是不是同一个结果"
NO_ID = "没有检查项编号，文字也对不上哪一项"


@dataclass(frozen=True)
class Column:
    """A column of answers: where, of which day, by whom."""

    at: int
    day: datetime.date | None
    by: str
    label: str = ""


@dataclass(frozen=True)
class Sheets:
    """What reading a row needs to know of the whole book."""

    guide: Guide
    ids: Callable[[], Mapping[str, str]]
    """Id by the squeezed wording, of all rows of the book that have both."""

    @property
    def year(self) -> int | None:
        """Year of the month, for days written without one."""
        return int(self.guide.month[:4]) if self.guide.month else None


def content_of(value: Any) -> str:
    """The wording of a row: its first line without marks."""
    first = str(value or "").replace("\r", "\n").strip().split("\n")[0].strip()
    return _MARKS.sub("", first)


def ids_of(tables: Sequence[Table]) -> dict[str, str]:
    """Id by wording; a wording with two ids has none."""
    found: dict[str, str] = {}
    for table in tables:
        at, what = table.columns.get(ID, -1), table.columns.get(CONTENT, -1)
        for row in table.sheet.rows[table.first :] if min(at, what) >= 0 else ():
            name, text = str(row[at]).strip(), squeeze(content_of(row[what]))
            if _ID.fullmatch(name) and text and found.setdefault(text, name) != name:
                found[text] = ""
    return {text: name for text, name in found.items() if name and not name.startswith(OWN)}


# ---------------------------------------------------------------- one sheet


def columns_of(table: Table, book: Sheets) -> list[Column]:
    """The columns in which a sheet is answered."""
    day, _, by = sheet_day(table)
    heads, rows = table.columns, table.sheet.rows[: table.first - 1]
    told = day_of(day, book.year)
    if table.kind in ("check", "situations"):
        return [Column(heads[RESULT if table.kind == "check" else JUDGED], told, by)]
    if table.kind == "quarter":
        firms = [(head, at) for head, at in heads.items() if head not in _QUARTER]
        return [Column(at, told, by, head) for head, at in sorted(firms, key=lambda one: one[1])]
    if table.kind == "day":
        return [Column(heads[name], _of_month(book.guide.month, name), "") for name in DAYS if name in heads]
    days = next((row for row in rows if any(str(one).startswith("检查日期") for one in row)), ())
    names = next((row for row in rows if any(str(one).startswith("检查人") for one in row)), ())
    found = []
    for week in WEEKS:
        if (at := heads.get(week)) is not None:
            when = day_of(days[at], book.year) if at < len(days) else None
            found.append(Column(at, when, text_of(names[at]) if at < len(names) else "", week))
    return found


def _of_month(month: str, day: str) -> datetime.date | None:
    try:
        return datetime.date(int(month[:4]), int(month[5:7]), int(day))
    except ValueError:
        return None


def read_checks(table: Table, book: Sheets, rows: Rows) -> None:
    """Every row of a check sheet; a row of which no id is told and nothing is answered is no row of ours."""
    columns = columns_of(table, book)
    at_id, at_fact, at_content = (table.columns.get(head, -1) for head in (ID, FACT, CONTENT))
    answered = [column.at for column in columns]
    if at_fact >= 0:
        answered.append(at_fact)
    blank, formulas = 0, formulas_in(table, answered)
    for number, row in enumerate(table.sheet.rows[table.first :], start=table.first):
        told = row[at_id] if at_id >= 0 else ""
        if not any(row[at] != "" for at in answered):
            merged = table.sheet.under and any((number, one.at) in table.sheet.under for one in columns)
            if told and (merged or number in formulas):
                cell = formulas.get(number) or cell_name(number, columns[0].at)
                reason = MERGED if merged else FORMULA
                rows.set_aside("unclear", table.sheet.name, cell, _row_words(table, number), "", reason)
            elif told and (not str(told).startswith(OWN) or (at_content >= 0 and row[at_content])):
                blank += 1
            continue
        if row[columns[0].at] == RESULT or told in (ID, f"{ID}（隐藏，勿改）"):
            continue  # the heads, pasted again
        _take(table, book, number, columns, rows)
    rows.take_blank(blank)


def _row_words(table: Table, number: int) -> str:
    row = table.sheet.rows[number]
    at, what = table.columns.get(NUMBER, -1), table.columns.get(CONTENT, -1)
    content = content_of(row[what]) if what >= 0 else ""
    return f"{text_of(row[at]) if at >= 0 else ''} {content}".strip()[:80]


def _take(table: Table, book: Sheets, number: int, columns: Sequence[Column], rows: Rows) -> None:
    """One row with something written in it."""
    row, reasons = table.sheet.rows[number], []
    item, content = _item(table, row, book)
    if not item and content.endswith(SIGNED):
        return
    if not item:
        reasons.append(NO_ID)
    fact = text_of(row[at]) if (at := table.columns.get(FACT, -1)) >= 0 else ""
    answers = list(_answers(table, book, number, columns, (item, content, fact), reasons))
    if not answers:
        at, kind = columns[0].at, table.kind
        answers = [
            Answer(item, "", "", fact, None, "", table.sheet.name, cell_name(number, at), kind, content)
        ]
        reasons.append("写了情况，没有写结果")
    if table.kind == "check" and _is_off(table, row, book.guide.switches):
        reasons.append(CLASHING)
    rows.take(answers, "；".join(dict.fromkeys(reasons)), _row_words(table, number), table.kind)


def _item(table: Table, row: Sequence[Any], book: Sheets) -> tuple[str, str]:
    """Id of a row, or of its wording; its content where it is the enterprise's own, or nobody knows which it is."""
    at, what = table.columns.get(ID, -1), table.columns.get(CONTENT, -1)
    name = intern(str(row[at]).strip()) if at >= 0 else ""
    content = content_of(row[what]) if what >= 0 else ""
    if not _ID.fullmatch(name):
        name = book.ids().get(squeeze(content), "")
    return name, content if not name or name.startswith(OWN) else ""


def _answers(
    table: Table,
    book: Sheets,
    number: int,
    columns: Sequence[Column],
    told: tuple[str, str, str],
    reasons: list[str],
) -> Iterator[Answer]:
    item, content, fact = told
    sheet, row = table.sheet, table.sheet.rows[number]
    own_day, own_by = table.columns.get("检查日期", -1), table.columns.get("检查人", -1)
    for column in columns:
        value = row[column.at]
        if value == "":
            continue
        given, cell = text_of(value), cell_name(number, column.at)
        result = "" if cell in sheet.formulas else result_of(given)
        if not result:
            label = f"{column.label or cell}：" if len(columns) > 1 else ""
            reasons.append(
                f"{label}{FORMULA if cell in sheet.formulas else f'“{given[:20]}”看不出是什么结果'}"
            )
        day, by = column.day, column.by
        if own_day >= 0 and row[own_day] != "":
            day = day_of(row[own_day], book.year)
            if day is None:
                reasons.append(f"检查日期“{text_of(row[own_day])[:20]}”看不懂")
        if own_by >= 0 and row[own_by] != "":
            by = text_of(row[own_by])
        yield Answer(item, result, given, fact, day, by, sheet.name, cell, table.kind, content)


def _is_off(table: Table, row: Sequence[Any], switches: Mapping[str, str]) -> bool:
    at = table.columns.get("先问号", -1)
    return at >= 0 and switches.get(text_of(row[at])) == "无"


# ---------------------------------------------------------------- 重大隐患判定


def read_situations(table: Table, book: Sheets, rows: Rows) -> None:
    """Every situation of the judging sheet; it is named by standard, article and text."""
    (column,) = columns_of(table, book)
    at = {
        head: table.columns.get(head, -1) for head in (SITUATION, ARTICLE, "台账选项", "检查日期", "检查人")
    }
    fact_at = next((place for head, place in table.columns.items() if head.startswith("疑似的写")), -1)
    for number, row in enumerate(table.sheet.rows[table.first :], start=table.first):
        situation = content_of(row[at[SITUATION]])
        given = text_of(row[column.at])
        fact = text_of(row[fact_at]) if fact_at >= 0 else ""
        cell = cell_name(number, column.at)
        formula = cell in table.sheet.formulas
        if not given and not fact and not formula:
            rows.take_blank(1 if situation else 0)
            continue
        result = "" if formula else situation_of(given)
        day = day_of(row[at["检查日期"]], book.year) if at["检查日期"] >= 0 else None
        by = text_of(row[at["检查人"]]) if at["检查人"] >= 0 else ""
        article = criterion_of(row[at["台账选项"]]) if at["台账选项"] >= 0 else ""
        article = article or _article(row[at[ARTICLE]] if at[ARTICLE] >= 0 else "", situation)
        answer = Answer(
            "",
            result,
            given,
            fact,
            day or column.day,
            by or column.by,
            table.sheet.name,
            cell,
            table.kind,
            article,
        )
        reason = "" if result else FORMULA if formula else f"“{given[:20]}”看不出是什么判定"
        rows.take([answer], reason, situation[:80], table.kind)


def criterion_of(choice: Any) -> str:
    """「3 令第10号第三条（二）：情形」 without the number of its row, which is of one book."""
    return re.sub(r"^\s*\d+\s+", "", str(choice or "")).strip()


def _article(value: Any, situation: str) -> str:
    article, _, standard = str(value).replace("\r", "").partition("\n")
    return f"{standard.strip()}{article.strip()}：{situation}"
