"""Texts, words and days as models hold them, and the words for their fixed choices."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
)
from pydantic_core import PydanticCustomError

from checklists.text import CutText, text_flaw

Category = Literal["基础管理", "现场管理"]
Every = Literal["shift", "week", "month", "quarter", "year"]
Says = Literal["requires", "urges", "targets", "forbids", "encourages", "names"]
How = Literal["查资料", "看现场", "问人员", "抽考", "测试", "查系统"]
Holder = Literal["agency", "enterprise"]
"""Who keeps a paper: the inspecting authority or the enterprise."""
Season = Literal["汛期", "冬季", "节前", "复工复产"]

SAYS_NAMES: dict[str, str] = {
    "requires": "要求",
    "urges": "推动",
    "targets": "整治",
    "forbids": "禁止",
    "encourages": "鼓励",
    "names": "点到",
}
EVERY_NAMES: dict[str, str] = {
    "shift": "日查",
    "week": "周查",
    "month": "月查",
    "quarter": "季查",
    "year": "年查",
}


ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
"""Of industries, facts, types and notices."""
ITEM_ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)+$"
LONGEST_ID, LONGEST_SHORT, LONGEST_NAME, LONGEST_WORD, LONGEST_TEXT = 60, 4, 40, 200, 500
"""Letters; the longest that are shipped have 43, 15, 17 and 186. The texts of an item have closer limits (checks)."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: Any) -> datetime.date:
    """A number is no day: pydantic would count it as seconds since 1970."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("day", "no day")


def seen(value: Any) -> Any:
    """A text that can be printed as it stands, and read back as it was."""
    if isinstance(value, str) and value and (flaw := text_flaw(value)):
        raise (
            PydanticCustomError(flaw, "text")
            if value.strip()
            else PydanticCustomError("string_too_short", "")
        )
    return value


def uncut(value: Any) -> Any:
    """A text that a 「 #」 has not cut short."""
    if isinstance(value, CutText):
        raise PydanticCustomError("text-cut", "text")
    return value


def whole(value: Any) -> Any:
    return seen(uncut(value))


def line_range(lines: tuple[int, int]) -> tuple[int, int]:
    if not 1 <= lines[0] <= lines[1]:
        raise PydanticCustomError("line_range", "no range")
    return lines


Filled = Annotated[str, Field(min_length=1)]
Uncut = Annotated[Filled, BeforeValidator(uncut)]
"""A text of the catalogue of notices, which has checks of its own for what else it must not hold."""
Day = Annotated[datetime.date, BeforeValidator(_day)]
Word = Annotated[str, Field(min_length=1, max_length=LONGEST_WORD), BeforeValidator(seen)]
"""A text that must be found in a list or a clause, so that a wrong one is noticed there."""
Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT), BeforeValidator(whole)]
"""A text that is printed; nothing else would notice that a part of it is gone."""
Line = Annotated[str, Field(max_length=LONGEST_TEXT), BeforeValidator(whole)]
"""A text that may be empty."""
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME), BeforeValidator(whole)]
"""What a type, a fact, a place is called."""
Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=LONGEST_ID)]
ItemId = Annotated[str, Field(pattern=ITEM_ID_PATTERN, max_length=LONGEST_ID)]


class Model(BaseModel):
    """Base of all: frozen, strict about keys, filled by the names that stand in the YAML."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
