"""Something wrong with an input: where it is, what it is, what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from checklists.messages import MESSAGES

Level = Literal["error", "warning"]
LEVEL_NAMES: dict[str, str] = {"error": "错误", "warning": "提醒"}


@dataclass(frozen=True)
class Position:
    """Where a problem is: a file, and in it a line or a sheet with a cell."""

    file: str
    line: int | None = None
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        line = f":{self.line}" if self.line else ""
        sheet = f" 工作表「{self.sheet}」" if self.sheet else ""
        cell = f" 单元格 {self.cell}" if self.cell else ""
        return f"{self.file}{line}{sheet}{cell}"


@dataclass(frozen=True)
class Problem:
    """One finding about an input, complete in itself: position, code, message, remedy."""

    position: Position
    code: str
    level: Level
    message: str
    remedy: str

    def __str__(self) -> str:
        head = f"{self.position}: {LEVEL_NAMES[self.level]} {self.code}: {self.message}"
        return f"{head}\n    {self.remedy}" if self.remedy else head

    def as_json(self) -> dict[str, Any]:
        """Flat mapping for ``--json``: file, line, sheet, cell, code, level, message, remedy."""
        rest = {key: value for key, value in asdict(self).items() if key != "position"}
        return {**asdict(self.position), **rest}


LONGEST_DETAIL = 300
"""Letters of a text of the user's within a message."""
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


def shown(text: str) -> str:
    """A text of the user's as it can stand within a line: without letters that break it, not longer than a message bears."""
    plain = _UNPRINTABLE.sub("?", re.sub(r"[\r\n\t]+", " ", text))
    return plain if len(plain) <= LONGEST_DETAIL else f"{plain[:LONGEST_DETAIL]}…"


def problem(code: str, position: Position, **details: Any) -> Problem:
    """Make the problem ``code`` of the catalogue, its texts filled with ``details``.

    Raises KeyError for a code or a detail that the catalogue does not know: that is our bug, not the user's.
    """
    message = MESSAGES[code]
    details = {name: shown(told) if isinstance(told, str) else told for name, told in details.items()}
    return Problem(
        position=replace(position, file=shown(position.file)),
        code=code,
        level=message.level,
        message=message.text.format(**details),
        remedy=message.remedy.format(**details),
    )


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that forbid going on."""
    return [found for found in problems if found.level == "error"]


_OF_A_WORD = frozenset({"word-unknown", "fact-unknown", "fact-value", "item-unknown"})
_MOST_POSITIONS = 5


def once(problems: Iterable[Problem]) -> list[Problem]:
    """A word that many places use and no list has is one slip: told where it stands first, with its other positions.

    So are the values of one fact that do not fit it: its kind or its choices were changed.
    """
    return alike((_word_slip(found), found) for found in problems)


def _word_slip(found: Problem) -> object:
    if found.code not in _OF_A_WORD:
        return id(found)
    return found.code, found.message.partition("的值")[0] if found.code == "fact-value" else found.message


def alike(problems: Iterable[tuple[object, Problem]]) -> list[Problem]:
    """One problem a slip, which each problem comes with: the first, with the positions of the others."""
    by_slip: dict[object, list[Problem]] = {}
    for slip, found in problems:
        by_slip.setdefault(slip, []).append(found)
    return [_with_positions(found) for found in by_slip.values()]


def _with_positions(problems: list[Problem]) -> Problem:
    first = problems[0]
    others = [
        f"第 {found.position.line} 行" if found.position.file == first.position.file else str(found.position)
        for found in problems[1:]
    ]
    if not others:
        return first
    more = " 等" if len(others) > _MOST_POSITIONS else ""
    positions = "、".join(others[:_MOST_POSITIONS])
    return replace(first, message=f"{first.message}（另有 {len(others)} 处：{positions}{more}）")


class Refused(Exception):  # noqa: N818 -- reads as what it is at the place where it is raised
    """A stage cannot go on; carries the problems that the command line prints. Caught once, in the command line."""

    def __init__(self, problems: Iterable[Problem], exit_code: int = 1) -> None:
        self.problems = tuple(problems)
        self.exit_code = exit_code
        super().__init__("\n".join(str(found) for found in self.problems))
