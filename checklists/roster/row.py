"""A row of a roster as it was read from any of the formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from checklists.problems import Position, Problem


@dataclass(frozen=True, slots=True)
class Row:
    """Texts of a row as a person sees them, blanks around taken off; positions are made when one is needed."""

    texts: tuple[str, ...]
    number: int
    position_of: Callable[[int, int], Position] = field(repr=False)
    """Row and column (from 0) -> position."""
    problems: tuple[Problem, ...] = ()
    merged: Mapping[int, str] = field(default_factory=dict)
    """Columns where a merged cell that begins above covers this row, with what it says."""

    def text(self, column: int) -> str:
        """Text of a column; empty beyond the last."""
        return self.texts[column] if column < len(self.texts) else ""

    def position(self, column: int = 0) -> Position:
        """Position of a cell of this row."""
        return self.position_of(self.number, column)
