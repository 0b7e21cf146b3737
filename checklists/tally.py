"""Problems met by the thousand, told by the line: the same one once, with how often and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from checklists.problems import LEVEL_NAMES, Problem

MOST_OF_A_CODE = 5
"""Different messages of one code that are told; the rest is a number."""
MOST_PLACES = 5
"""Places of a problem that are told."""


@dataclass
class Same:
    """A problem with every other that says the same: how many there are, where the next ones stand."""

    first: Problem
    count: int = 1
    places: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        if self.count == 1:
            return str(self.first)
        more = "等" if self.count - 1 > len(self.places) else ""
        told = f"（共 {self.count} 处，另见 {'、'.join(self.places)}{more}）"
        head, _, remedy = str(self.first).partition("\n")
        return f"{head}{told}\n{remedy}" if remedy else f"{head}{told}"

    def as_json(self) -> dict[str, Any]:
        """The first problem with the count."""
        return {**self.first.as_json(), "count": self.count}


@dataclass
class Tally:
    """All problems met, in the order in which their kinds were met, the errors first."""

    count: int = 0
    kinds: dict[tuple[str, str], dict[tuple[str, str, str | None], Same]] = field(default_factory=dict)
    """Level and code -> what is said, and in which file and sheet -> the problem."""
    others: dict[tuple[str, str], int] = field(default_factory=dict)
    """Level and code -> how many more there are that say something else."""

    def add(self, problems: Iterable[Problem]) -> None:
        """Take problems in."""
        for found in problems:
            self.count += 1
            kind = (found.level, found.code)
            said = (found.message, found.position.file, found.position.sheet)
            same = self.kinds.setdefault(kind, {})
            if said in same:
                _met_again(same[said], found)
            elif len(same) < MOST_OF_A_CODE:
                same[said] = Same(found)
            else:
                self.others[kind] = self.others.get(kind, 0) + 1

    def told(self) -> list[Same]:
        """What there is to tell one by one."""
        kinds = sorted(self.kinds, key=lambda kind: kind[0] != "error")
        return [one for kind in kinds for one in self.kinds[kind].values()]

    def lines(self) -> list[str]:
        """Lines to print: of each kind the first few, then how many more there are."""
        lines: list[str] = []
        for kind in sorted(self.kinds, key=lambda kind: kind[0] != "error"):
            lines += map(str, self.kinds[kind].values())
            if more := self.others.get(kind):
                level, code = kind
                lines.append(f"……{LEVEL_NAMES[level]} {code}：同类的另有 {more} 处")
        return lines


def _met_again(same: Same, found: Problem) -> None:
    same.count += 1
    where = found.position.cell or (f"第 {found.position.line} 行" if found.position.line else "")
    if where and len(same.places) < MOST_PLACES and where not in same.places:
        same.places.append(where)
