"""All problems of a batch in one table beside the manifest: what the command line tells of a few of them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from checklists.batch.finish import Ending
from checklists.batch.manifest import csv_line, new_text
from checklists.files.guard import Placed, digest_of, look, put, will_stand
from checklists.files.record import write_record
from checklists.files.writing import clear_part, unwritable
from checklists.problems import LEVEL_NAMES, Problem
from checklists.roster.same import row_number

REPORT_NAME = "问题清单.csv"
_HEADS = ("级别", "行", "工作表", "单元格", "代码", "问题", "怎么办")


class Report:
    """The table being written row by row, under a temporary name."""

    def __init__(self, out: Path) -> None:
        self.part = out / f".checklists-{os.getpid()}-problems.part"
        self.rows = 0
        self.opened: TextIO | None = None

    def add(self, problems: Iterable[Problem]) -> None:
        """Problems of a row. Raises Refused when the disk is full."""
        try:
            for found in problems:
                self._table().write(csv_line(_row(found)))
                self.rows += 1
        except OSError as failure:
            raise unwritable(self.part, failure) from failure

    def _table(self) -> TextIO:
        if self.opened is None:
            self.opened = new_text(self.part, "utf-8-sig")
            self.opened.write(csv_line(_HEADS))
        return self.opened

    def close(self) -> None:
        """The part as it stands on the disk; none where no batch had a problem and no report stands."""
        if self.opened is not None:
            self.opened.close()

    def put(self, ending: Ending) -> Placed | None:
        """Move the table into place, guarded; nothing where there is nothing to tell and no earlier table to renew."""
        path = ending.out / REPORT_NAME
        if not self.rows and not path.exists():
            return None
        try:
            self._table().close()
            standing = look(str(path), self.part, ending.record.known(REPORT_NAME))
            if will_stand(standing, ending.overwrite):
                ending.record.add(REPORT_NAME, digest_of(str(self.part)))
                write_record(ending.out, ending.record)
            return put(str(path), self.part, standing, overwrite=ending.overwrite)
        except OSError as failure:
            return Placed(str(path), "failed", problems=unwritable(path, failure).problems)
        finally:
            clear_part(str(self.part))


def _row(found: Problem) -> tuple[str, ...]:
    at = found.position
    where = (str(row_number(at) or ""), at.sheet or "", at.cell or "")
    return (LEVEL_NAMES[found.level], *where, found.code, found.message, found.remedy)
