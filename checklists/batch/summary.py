"""How far a batch is, and what there is to tell of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from checklists.batch.press import Done
from checklists.files.guard import Placed
from checklists.problems import Problem
from checklists.tally import Tally

PROBLEMS_KEPT = 100


@dataclass
class BatchSummary:
    """How far a batch is."""

    expected: int
    rows: int = 0
    """Rows that are through."""
    made: int = 0
    refused: int = 0
    written: int = 0
    unchanged: int = 0
    """Files that already stood there."""
    errors: list[Problem] = field(default_factory=list)
    """Why rows were not made, the first hundred; all of them stand in the manifest."""
    warnings: list[Problem] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    """All problems, the same ones once."""
    report: str = ""
    """The table of all problems; empty where there are none."""
    kept: list[str] = field(default_factory=list)
    """Files that were left alone as somebody's."""
    moved: list[tuple[str, str]] = field(default_factory=list)
    """What was moved to 旧件: from, to."""
    folders: list[tuple[str, str]] = field(default_factory=list)
    """Old and new folder of enterprises renamed or moved; no new one for those that the roster has no more."""
    since: str = ""
    """Name of the manifest that this batch was compared with; empty for none."""
    changed: list[str] = field(default_factory=list)
    """Folders of enterprises whose list, types, code, address, township or contact is another than there."""
    new: int = 0
    """Enterprises that are not in it."""
    manifest: str = ""
    archive: str = ""
    registers: list[str] = field(default_factory=list)
    """自查表发放回收登记, one a township or county."""
    prints: list[str] = field(default_factory=list)
    """Files to be printed, one a township or county."""
    faces: dict[str, str | None] = field(default_factory=dict)
    """See :func:`checklists.documents.faces.chinese_faces`."""
    pdfs: tuple[int, int] = (0, 0)
    """How many documents are through, and how many have to be converted; zeros before it begins."""
    line: str = ""
    """The line of the manifest of the row that was taken in last."""
    failed: bool = False
    """Whether something was not made that should have been."""

    @property
    def problem_count(self) -> int:
        """How many problems there are."""
        return self.tally.count

    @property
    def problems(self) -> list[Problem]:
        """What is worth showing, the worst first."""
        return [*self.errors, *self.warnings]

    def count(self, done: Done, out: Path) -> None:
        """Take one row in."""
        self.line, self.rows = done.line.entry, self.rows + 1
        self.made += done.made
        self.refused += done.refused
        self.failed |= done.refused
        self.written += done.written
        self.unchanged += done.unchanged
        self.kept += [str(out / name) for name in done.kept]
        self.moved += done.moved
        if done.folders:
            self.folders.append(done.folders)
        self.note(found for found in done.problems if found.code != "batch-firm-moved")

    def note(self, problems: Iterable[Problem]) -> None:
        """Take problems in."""
        for found in problems:
            self.tally.add([found])
            kept = self.errors if found.level == "error" else self.warnings
            if len(kept) < PROBLEMS_KEPT:
                kept.append(found)

    def take(self, placed: Iterable[Placed]) -> None:
        """Take in what became of files beside the documents."""
        for one in placed:
            self.note(one.problems)
            self.failed |= not one.stands
            if one.outcome == "kept":
                self.kept.append(one.path)
            if one.moved:
                self.moved.append((one.path, one.moved))
