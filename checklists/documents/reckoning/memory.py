"""What formulas gave before, found again by what they looked at: most of a new workbook's are those of another's.

A formula is a function of what it reads. Reckoning one notes each read in turn, a cell or an area or how far a sheet
goes, with what was there; the next time the same formula is followed along its reads, and as long as it finds the
same, the result is known without reckoning. Cells of the formula's own row are noted by their column alone, so that
the rows of a table share what they have in common.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

Read = tuple[Any, ...]
"""("own", first column, last column), ("cell", sheet, row, column), ("area", area), ("name", word), ("last", sheet), ("row",)"""
MOST = 300_000
"""Steps that are remembered; beyond, all is forgotten."""


@dataclass
class _Step:
    """What is read next, and where each finding leads."""

    read: Read
    found: dict[Hashable, _Step | _End] = field(default_factory=dict)


@dataclass(frozen=True)
class _End:
    result: Any
    is_own: bool
    """Whether nothing but the formula's own row was read."""


@dataclass
class Kept:
    """What was found in areas of cells that do not change."""

    areas: dict[Any, Any] = field(default_factory=dict)
    """Rows of values by area."""
    signs: dict[Any, Hashable] = field(default_factory=dict)
    """By area what tells whether another holds the same."""
    fitting: dict[Any, int] = field(default_factory=dict)
    """By area and condition the places that fulfil it, a bit each: the same ones are counted in every row of a table."""


class Memory:
    """Results of formulas by what they read, for as many workbooks as are made in one process."""

    def __init__(self) -> None:
        self.begins: dict[Hashable, _Step | _End] = {}
        self.steps = 0
        self.signs: dict[Hashable, int] = {}
        """A number for everything long that was read, so that it need not be compared again."""
        self.given = 0

    def sign(self, content: Hashable) -> int:
        """The number of a content; equal ones have the same."""
        if len(self.signs) > MOST // 100:
            self.signs.clear()
        if content not in self.signs:
            self.given += 1
            self.signs[content] = self.given
        return self.signs[content]

    def recalled(self, key: Hashable, reading: Callable[[Read], Hashable]) -> _End | None:
        """The end to which the findings lead, if they led there before."""
        step = self.begins.get(key)
        while step is not None and not isinstance(step, _End):
            step = step.found.get(reading(step.read))
        return step

    def keep(self, key: Hashable, reads: dict[Read, Hashable], result: Any) -> _End:
        """Remember what a formula gave that read this, in this order."""
        if self.steps > MOST:
            self.begins.clear()
            self.steps = 0
        place: dict[Any, _Step | _End] = self.begins
        at: Hashable = key
        for read, found in reads.items():
            step = place.get(at)
            if not isinstance(step, _Step):
                step = place[at] = _Step(read)
                self.steps += 1
            place, at = step.found, found
        place[at] = end = _End(result, all(read[0] == "own" for read in reads))
        self.steps += 1
        return end
