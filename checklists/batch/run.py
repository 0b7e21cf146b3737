"""A roster in, a folder out: every enterprise's documents, from plates made once per distinct list.

Interrupted at any moment, the same command goes on where it stopped and ends with the same bytes: a file is moved
into place whole or not at all, and one that already stands there with the same bytes is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from checklists.batch.earlier import Earlier, left_over, manifest_stem, read_earlier
from checklists.batch.finish import Ending, end_with, put_manifests, put_zip
from checklists.batch.firms import Destination, Wanted, everybody, jobs_of
from checklists.batch.journal import batch_digits, begin_batch, close_journals, journal_of
from checklists.batch.manifest import Manifest, earlier_line, gone_line, note_line
from checklists.batch.press import Done, Press
from checklists.batch.workers import all_done
from checklists.files.guard import Placed
from checklists.files.record import read_record
from checklists.files.writing import clear_parts, held_folder
from checklists.problems import Position, Problem, Refused, problem
from checklists.roster.office import NOTHING_TOLD, OfficeTold
from checklists.roster.read import Entry, Roster, read_roster
from checklists.roster.same import Met
from checklists.selection.profile import looked_at

PROBLEMS_KEPT = 100


@dataclass
class BatchSummary:
    """How far a batch is."""

    expected: int
    made: int = 0
    refused: int = 0
    written: int = 0
    unchanged: int = 0
    """Files that already stood there."""
    errors: list[Problem] = field(default_factory=list)
    """Why rows were not made, the first hundred; all of them stand in the manifest."""
    warnings: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    kept: list[str] = field(default_factory=list)
    """Files that were left alone as somebody's."""
    moved: list[tuple[str, str]] = field(default_factory=list)
    """What was moved to 旧件: from, to."""
    folders: list[tuple[str, str]] = field(default_factory=list)
    """Old and new folder of enterprises renamed or moved; no new one for those that the roster has no more."""
    manifest: str = ""
    archive: str = ""
    failed: bool = False
    """Whether something was not made that should have been."""

    @property
    def problems(self) -> list[Problem]:
        """What is worth showing, the worst first."""
        return [*self.errors, *self.warnings]

    def count(self, done: Done, out: Path) -> None:
        """Take one row in."""
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
            self.problem_count += 1
            kept = self.errors if found.level == "error" else self.warnings
            if len(kept) < PROBLEMS_KEPT:
                kept.append(found)

    def take(self, placed: Iterable[Placed]) -> None:
        """Take in what became of the manifests and the zip."""
        for one in placed:
            self.note(one.problems)
            self.failed |= not one.stands
            if one.outcome == "kept":
                self.kept.append(one.path)
            if one.moved:
                self.moved.append((one.path, one.moved))


@dataclass(frozen=True)
class Plan:
    """What a batch is told: roster, folder, the press, whether files may be moved aside, whether a zip is wanted."""

    roster: Path
    out: Path
    press: Press
    overwrite: bool = False
    zipped: bool = False
    wanted: Wanted = everybody

    @property
    def digits(self) -> str:
        """See :func:`checklists.batch.journal.batch_digits`."""
        return batch_digits(self.roster.name, self.press.order.department)

    @property
    def stem(self) -> str:
        """See :func:`checklists.batch.earlier.manifest_stem`."""
        order = self.press.order
        return manifest_stem(self.roster.name, order.on, order.department)

    @property
    def journal(self) -> str:
        """See :func:`checklists.batch.journal.journal_of`."""
        return journal_of(self.out, self.press.order.on, self.digits)


def run_batch(
    roster: Path,
    out: Path,
    press: Press,
    *,
    executor: Executor | None = None,
    progress: Callable[[BatchSummary], None] = lambda summary: None,
    overwrite: bool = False,
    zipped: bool = False,
    told: OfficeTold = NOTHING_TOLD,
    wanted: Wanted = everybody,
) -> BatchSummary:
    """Make every enterprise's documents and the manifest; raises Refused for a bad roster or folder.

    ``executor`` may be any ``concurrent.futures.Executor`` whose workers see the same folders; without one, a process
    a core is used where that pays. ``overwrite`` moves somebody's files to 旧件 first, ``zipped`` makes a zip as well;
    ``told``: what is told of every inspection beside the roster; ``wanted``: of whom documents are made.
    """
    press.check_templates()
    press.places.clear()
    looking = looked_at(press.library.items, press.library.standards)
    opened = read_roster(roster, press.library.vocabulary, looking, told)
    entries = _some(opened, roster)
    plan = Plan(roster, out, press, overwrite, zipped, wanted)
    with held_folder(out):
        try:
            return _run(plan, opened, entries, executor, progress)
        finally:
            close_journals()


def _run(
    plan: Plan,
    opened: Roster,
    entries: Iterator[Entry],
    executor: Executor | None,
    progress: Callable[[BatchSummary], None],
) -> BatchSummary:
    out, order = plan.out, plan.press.order
    summary = BatchSummary(opened.count)
    clear_parts(str(out))
    record = read_record(out)
    summary.note((*record.problems, *opened.problems))
    earlier = read_earlier(out, order.on, plan.stem)
    begin_batch(out, plan.digits, order.on)
    again = any(path.stem == plan.stem for path, _ in earlier.manifests)
    met: Met = {}
    now: dict[int, int] = {}
    to = Destination(str(out), plan.journal, plan.overwrite)
    jobs = jobs_of(entries, to, order.department, earlier, met, plan.wanted)
    with (
        Manifest(out, _about(plan)) as manifest,
        closing(all_done(plan.press, jobs, executor)) as results,
    ):
        for found in opened.problems:
            manifest.add(note_line(found))
        for done in results:
            manifest.add(done.line)
            summary.count(done, out)
            if again and done.given_out:
                now[int(done.identity, 16)] = hash(done.given_out)
            progress(summary)
        _note_left_over(plan, earlier, met, now, manifest, summary)
    _finish(plan, Ending(out, plan.stem, record, plan.overwrite), manifest, summary)
    return summary


def _about(plan: Plan) -> dict[str, str]:
    order = plan.press.order
    return {
        "roster": plan.roster.name,
        "on": order.on.isoformat(),
        "edition": plan.press.library.edition,
        "department": order.department or "",
        "digits": plan.digits,
    }


def _note_left_over(
    plan: Plan, earlier: Earlier, met: Met, now: dict[int, int], manifest: Manifest, summary: BatchSummary
) -> None:
    """Keep in the manifest what this batch does not renew, and tell of enterprises gone."""
    position = Position(str(plan.roster))
    for name, line in left_over(plan.out, plan.roster.name, plan.stem, earlier, met, now):
        if name:
            found = problem("batch-firm-gone", position, old=line["folder"], manifest=name)
            manifest.add(gone_line(line, found))
            summary.folders.append((line["folder"], ""))
        else:
            manifest.add(earlier_line(line))


def _finish(plan: Plan, ending: Ending, manifest: Manifest, summary: BatchSummary) -> None:
    placed = put_manifests(ending, manifest)
    summary.take(placed)
    day_manifest, newest_csv = placed[0], placed[3]
    summary.manifest = newest_csv.path if newest_csv.stands else placed[1].path
    if plan.zipped:
        archive = put_zip(ending, manifest, placed)
        summary.take([archive])
        summary.archive = archive.path if archive.stands else ""
    end_with(ending, plan.journal, plan.digits, day_manifest)
    clear_parts(str(plan.out))


def _some(opened: Roster, roster: Path) -> Iterator[Entry]:
    """The entries; raises Refused when there are none."""
    first = list(islice(opened.entries, 1))
    if not first:
        raise Refused([*opened.problems, problem("roster-empty", Position(str(roster)))])
    return chain(first, opened.entries)
