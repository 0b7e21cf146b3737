"""Reckon the workbook's formulas again from its answers, to see whether the stored results are still theirs."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl import Workbook

from checklists.problems import Place, Problem
from checklists.reading import Printed


def stale_results(
    book: Workbook, results: Mapping[tuple[str, str], object], made: Printed, place: Place
) -> tuple[int, list[Problem]]:
    return 0, []
