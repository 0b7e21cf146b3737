"""What touches the model row of a table reaches down to its last row: drop-downs, conditional formats, names.

Nothing moves them when rows are added, so it is done here. A range that already reaches further stays as
it is: a template may look ahead to rows that people add later.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from openpyxl.worksheet.cell_range import CellRange

from checklists.documents.excel.sheets import GUIDE

_CELLS = re.compile(r"\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?")
_GONE = "#REF!"
NOWHERE = f"{GUIDE}!$G$9"
"""A cell that is always empty: what the names of a sheet that is not there refer to, so that formulas count nothing."""


@dataclass(frozen=True)
class Reach:
    """How far a table reaches down from its model row."""

    runs: tuple[range, ...]
    """Its rows, lines to sign on left out, the first beginning with the model row: drop-downs and conditional formats
    reach over these, names and the filter to the end of the last."""
    last: int
    """Number of the last row of all: the print area goes on to it."""

    @property
    def model_row(self) -> int:
        """Number of the model row."""
        return self.runs[0].start

    @property
    def end(self) -> int:
        """Number of the last row to write in."""
        return self.runs[-1].stop - 1


@lru_cache(maxsize=4096)
def over_runs(ranges: str, runs: tuple[range, ...]) -> str:
    """Cell ranges, blank-separated, each that holds the model row carried on over all runs of rows."""
    model_row, first_end = runs[0].start, runs[0].stop - 1
    told = []
    for cells in ranges.split():
        told.append(stretched(cells, model_row, first_end))
        area = CellRange(cells)
        if area.min_row <= model_row <= area.max_row < runs[-1].stop - 1:
            left, right = (re.sub(r"\d", "", end) for end in (cells + ":" + cells).split(":")[:2])
            told += [f"{left}{run.start}:{right}{run.stop - 1}" for run in runs[1:]]
    return " ".join(told)


@lru_cache(maxsize=8192)
def stretched(ranges: str, model_row: int, last: int) -> str:
    """Cell ranges, blank-separated, each that holds ``model_row`` lengthened to row ``last``; $ signs are kept."""
    return _CELLS.sub(lambda found: _longer(found[0], model_row, last), ranges)


def _longer(cells: str, model_row: int, last: int) -> str:
    area = CellRange(cells.replace("$", ""))
    if not area.min_row <= model_row <= area.max_row or area.max_row >= last:
        return cells
    first, _, end = cells.partition(":")
    return f"{first}:{re.sub(r'[0-9]+$', str(last), end or first)}"


def settled(text: str, titles: Collection[str]) -> bool:
    """Whether what a name refers to is there; ``titles``: of the sheets that are."""
    told = text.replace("'", "")
    owner = told.rpartition("!")[0]
    return _GONE not in told and (not owner or owner in titles)
