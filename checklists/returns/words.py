"""The words people answer with, and the ways they write a day."""

from __future__ import annotations

import datetime
import re
import unicodedata
from functools import lru_cache
from typing import Any

from checklists.documents.excel.sheets import ASIDE, FIT, LEDGER, LISTS, UNFIT

DONE, NOT_DONE = "已做", "未做"
NOT_FOUND, SUSPECTED = "未发现", "疑似"

_WORDS = {
    FIT: "符合 √ ✓ ✔ ☑ 是 合格 符合要求 达标 通过",
    UNFIT: "不符合 × ✕ ✖ ✗ ✘ ╳ x 否 不合格 不符合要求 不达标 不通过 未通过",
    ASIDE: "不涉及 / 不适用 无此项",
    DONE: DONE,
    NOT_DONE: NOT_DONE,
}
_SITUATIONS = {NOT_FOUND: "未发现 没有发现 未见", SUSPECTED: "疑似", ASIDE: "不涉及 / 不适用 无此项"}
_END = re.compile(r"[。．.！!，,；;、\s]+$")
LEDGER_WORDS = dict(zip(("来源", "级别", "状态"), LISTS[LEDGER], strict=True))
"""Words of the drop-downs of a ledger by the head of their column."""
BY_SELF, BY_OFFICE = "企业自查", "部门检查"


def _by_word(words: dict[str, str]) -> dict[str, str]:
    return {_bare(word): meaning for meaning, told in words.items() for word in told.split()}


def _bare(text: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", text).split()).lower()
    return _END.sub("", plain)


_RESULT_OF, _SITUATION_OF = _by_word(_WORDS), _by_word(_SITUATIONS)


@lru_cache(maxsize=4096)
def result_of(text: str) -> str:
    """The result that a word stands for; empty for one that stands for none, or for several."""
    return _RESULT_OF.get(_bare(text), "")


@lru_cache(maxsize=4096)
def situation_of(text: str) -> str:
    """The same of a judging sheet, where a tick may mean either."""
    return _SITUATION_OF.get(_bare(text), "")


# ---------------------------------------------------------------- days

_FULL = re.compile(r"(\d{4})(?:(\d{2})(\d{2})|[-/.年](\d{1,2})[-/.月](\d{1,2})日?)")
_SHORT = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?")
_MONTH = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})月?|(\d{2}))")
FIRST_SERIAL, LAST_SERIAL = 36_526, 73_050
"""Days of Excel from 2000-01-01 to 2099-12-31."""
_EPOCH = datetime.date(1899, 12, 30)


def day_of(value: Any, year: int | None = None) -> datetime.date | None:
    """The day a cell tells: a date, a number of Excel, a text; ``year`` for one that is written without its year."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if FIRST_SERIAL <= value <= LAST_SERIAL:
            return _EPOCH + datetime.timedelta(days=int(value))
        value = f"{value:.0f}"
    return _day_written(_bare(str(value or "")), year)


def _day_written(text: str, year: int | None) -> datetime.date | None:
    found = _FULL.fullmatch(text)
    if found:
        numbers = [int(part) for part in found.groups() if part]
    elif year is not None and (short := _SHORT.fullmatch(text)):
        numbers = [year, int(short[1]), int(short[2])]
    else:
        return None
    try:
        return datetime.date(*numbers)
    except ValueError:
        return None


def month_of(value: Any) -> str:
    """2026-11 of any day of it, or of 2026年11月; empty for what is no month."""
    day = day_of(value)
    if day is None and (found := _MONTH.fullmatch(_bare(str(value or "")))):
        number = int(found[2] or found[3])
        return f"{found[1]}-{number:02d}" if 1 <= number <= 12 else ""
    return f"{day:%Y-%m}" if day else ""


def last_day(month: str) -> datetime.date:
    """Last day of a month written 2026-11."""
    year, number = int(month[:4]), int(month[5:7])
    first_of_next = datetime.date(year + number // 12, number % 12 + 1, 1)
    return first_of_next - datetime.timedelta(days=1)
