"""A workbook just filled, opened once more, so that what goes on from the one of before finds its cells."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from checklists.documents.excel.carried import Carried, write_carried
from checklists.documents.excel.filling import FilledSheet
from checklists.documents.excel.loading import load_book, zipped
from checklists.documents.excel.parts import cells_open_when_empty, parts_of, with_growing_rows, with_styles
from checklists.documents.excel.pictures import keep_pictures
from checklists.documents.excel.reading import workbook_digest
from checklists.documents.excel.results import with_results
from checklists.documents.excel.sheets import GUIDE


def with_carried(
    parts: Mapping[str, bytes], carried: Carried, on: datetime.date, made: Sequence[FilledSheet]
) -> tuple[dict[str, bytes], dict[str, str]]:
    """The parts with what goes on in them, the values of their formulas anew, and the digest of what is printed now."""
    workbook, _ = load_book(zipped(parts), rich_text=True)
    keep_pictures(workbook, parts)
    write_carried(workbook, carried)
    digest = workbook_digest(workbook)
    styles = cells_open_when_empty(workbook[GUIDE])
    growing = {sheet.title: sheet.reach.runs for sheet in made if sheet.reach and not sheet.plan.merged}
    again = with_growing_rows(with_results(parts_of(workbook, on), workbook, on), growing)
    return with_styles(again, GUIDE, styles), digest
