"""A roster in, a folder out: every enterprise's documents, from plates made once per distinct list.

Interrupted at any moment, the same command goes on where it stopped and ends with the same bytes: a file is moved
into place whole or not at all, and one that already stands there with the same bytes is left alone.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from checklists.batch.again import batch_key, remember, remembered
from checklists.batch.earlier import Earlier, Passed, left_over, manifest_stem, read_earlier
from checklists.batch.finish import Ending, end_with, put_manifests, put_zip
from checklists.batch.firms import Destination, Job, Wanted, everybody, jobs_of
from checklists.batch.journal import batch_digits, begin_batch, close_journals, journal_of
from checklists.batch.manifest import CSV_NAME, JSON_NAME, Manifest, earlier_line, gone_line, note_line
from checklists.batch.press import Press
from checklists.batch.prints import Prints, print_all
from checklists.batch.report import REPORT_NAME, Report
from checklists.batch.summary import BatchSummary
from checklists.batch.workers import all_done
from checklists.documents.papers import REGISTER
from checklists.files.guard import digest_of
from checklists.files.record import read_record
from checklists.files.writing import clear_parts, held_folder
from checklists.models import Enterprise
from checklists.problems import Position, Problem, Refused, errors, problem
from checklists.roster.given import NOTHING_GIVEN, Given
from checklists.roster.office import NOTHING_TOLD, OfficeTold
from checklists.roster.read import Entry, Roster, read_roster
from checklists.selection.profile import LookedAt, looked_at


@dataclass(frozen=True)
class Plan:
    """What a batch is told: roster, folder, the press, whether files may be moved aside, and what is wanted beside."""

    roster: Path
    out: Path
    press: Press
    overwrite: bool = False
    zipped: bool = False
    pdf: bool = False
    wanted: Wanted = everybody

    @property
    def registered(self) -> bool:
        """Whether the registers are wanted."""
        return self.pdf or REGISTER in self.press.folders.documents

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
    pdf: bool = False,
    told: OfficeTold = NOTHING_TOLD,
    given: Given = NOTHING_GIVEN,
    wanted: Wanted = everybody,
) -> BatchSummary:
    """Make every enterprise's documents and the manifest; raises Refused for a bad roster or folder.

    ``executor`` may be any ``concurrent.futures.Executor`` whose workers see the same folders; without one, a process
    a core is used where that pays. ``overwrite`` moves somebody's files to 旧件 first, ``zipped`` makes a zip as well,
    ``pdf`` PDFs of the Word documents and a file to be printed for every township or county;
    ``told``: what is told of every inspection beside the roster; ``given``: of the enterprises, where it says nothing;
    ``wanted``: of whom documents are made.
    """
    press.check_templates()
    press.places.clear()
    asked = {"office": _of_office(told), "given": asdict(given), "zip": zipped}
    apart = pdf or REGISTER in press.folders.documents or wanted is not everybody
    key = "" if apart else _key(roster, out, press, asked)
    if before := _unchanged(roster, out, press, key):
        progress(before)
        return before
    opened = read_roster(roster, press.library.vocabulary, _looking(press), told, given)
    entries = _some(opened, roster)
    with held_folder(out):
        try:
            plan = Plan(roster, out, press, overwrite, zipped, pdf, wanted)
            summary = _run(plan, opened, entries, executor, progress)
            _remember(key, plan, summary)
            return summary
        finally:
            close_journals()


def _looking(press: Press) -> LookedAt:
    return looked_at(press.library.items, press.library.standards)


def _of_office(told: OfficeTold) -> dict[str, Any]:
    return {"file": told.file, "options": told.options}


def _key(roster: Path, out: Path, press: Press, options: Mapping[str, Any]) -> str:
    """What goes into the batch, see :mod:`checklists.batch.again`; empty for a library that does not say where it is from."""
    if not press.made_from:
        return ""
    own = {title: digest_of(str(path)) for title, path in press.own.items()}
    made = {"documents": [one.name for one in press.documents], "own": own}
    about = {"library": press.made_from, "order": asdict(press.order), **made, **options}
    return batch_key(roster, out, press.folders.templates, about)


def _unchanged(roster: Path, out: Path, press: Press, key: str) -> BatchSummary | None:
    """What the same batch told when it was run before, if everything stands as it left it."""
    if not key or not out.is_dir():
        return None
    with held_folder(out):
        before = remembered(key, out, batch_digits(roster.name, press.order.department))
    try:
        if not before:
            return None
        found = [Problem(**{**one, "position": Position(**one["position"])}) for one in before["warnings"]]
        summary = BatchSummary(**{name: told for name, told in before.items() if name != "warnings"})
        summary.note(found)
        return summary
    except (TypeError, KeyError):  # not what a batch of ours notes
        return None


def _remember(key: str, plan: Plan, summary: BatchSummary) -> None:
    """Note what a batch left behind of which nothing is to be told again but what the roster itself has."""
    odd = summary.failed or summary.kept or summary.moved or summary.folders or summary.errors
    if (
        not key
        or odd
        or summary.problem_count > len(summary.warnings)
        or any(map(_of_the_batch, summary.warnings))
    ):
        return
    manifests = [f"{plan.stem}.json", f"{plan.stem}.csv", JSON_NAME, CSV_NAME]
    about = {
        "expected": summary.expected,
        "rows": summary.rows,
        "since": f"{plan.stem}.json",
        "made": summary.made,
        "unchanged": summary.written + summary.unchanged,
        "warnings": [asdict(one) for one in summary.warnings],
        "manifest": summary.manifest,
        "archive": summary.archive,
        "report": summary.report,
    }
    more = [os.path.relpath(summary.archive, plan.out)] if summary.archive else []
    more += [REPORT_NAME] if (plan.out / REPORT_NAME).exists() else []
    others = [*manifests, *more]
    remember(key, plan.out, plan.digits, others, about)


def _of_the_batch(found: Problem) -> bool:
    """Whether a problem is about what the batch met, and not about the roster."""
    return found.code.startswith(("batch-", "file-", "target-", "folder-", "record-"))


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
    passed = Passed(again=again, before=bool(earlier.manifests))
    to = Destination(str(out), plan.journal, plan.overwrite, plan.press.kinds)
    prints, told = Prints(out), deque[Enterprise | None]()
    jobs = jobs_of(entries, to, order.department, earlier, passed.met, plan.wanted)
    jobs = _noted(jobs, told) if plan.registered else jobs
    with (
        Manifest(out, _about(plan)) as manifest,
        closing(Report(out)) as report,
        closing(all_done(plan.press, jobs, executor)) as results,
    ):
        _note_whole(opened, manifest, report)
        for done in results:
            manifest.add(done.line)
            report.add(done.problems)
            summary.count(done, out)
            if done.given_out:
                passed.take(done.identity, done.given_out, done.said)
            prints.take(told.popleft() if plan.registered else None, done)
            progress(summary)
        _note_left_over(plan, earlier, passed, manifest, summary)
    ending = Ending(out, plan.stem, record, plan.overwrite)
    _put_report(report, ending, summary)
    _finish(plan, ending, manifest, prints, summary, progress)
    return summary


def _noted(jobs: Iterator[Job], told: deque[Enterprise | None]) -> Iterator[Job]:
    """The jobs; their enterprises are kept until their results come, in the same order."""
    for job in jobs:
        told.append(job.entry.enterprise)
        yield job


def _note_whole(opened: Roster, manifest: Manifest, report: Report) -> None:
    """Keep what concerns the roster as a whole."""
    report.add(opened.problems)
    for found in opened.problems:
        manifest.add(note_line(found))


def _put_report(report: Report, ending: Ending, summary: BatchSummary) -> None:
    if placed := report.put(ending):
        summary.take([placed])
        summary.report = placed.path if report.rows and placed.stands else ""


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
    plan: Plan, earlier: Earlier, passed: Passed, manifest: Manifest, summary: BatchSummary
) -> None:
    """Keep in the manifest what this batch does not renew, and tell what is other than it was."""
    position = Position(str(plan.roster))
    for name, line in left_over(plan.out, plan.roster.name, plan.stem, earlier, passed):
        if name:
            found = problem("batch-firm-gone", position, old=line["folder"], manifest=name)
            manifest.add(gone_line(line, found))
            summary.folders.append((line["folder"], ""))
        else:
            manifest.add(earlier_line(line))
    summary.since, summary.changed, summary.new = passed.since, passed.changed, passed.new


def _finish(
    plan: Plan,
    ending: Ending,
    manifest: Manifest,
    prints: Prints,
    summary: BatchSummary,
    progress: Callable[[BatchSummary], None],
) -> None:
    placed = put_manifests(ending, manifest)
    summary.take(placed)
    day_manifest, newest_csv = placed[0], placed[3]
    summary.manifest = newest_csv.path if newest_csv.stands else placed[1].path
    printed = _print(plan, ending, prints, summary, progress) if plan.registered else []
    if plan.zipped:
        archive = put_zip(ending, manifest, placed, printed)
        summary.take([archive])
        summary.archive = archive.path if archive.stands else ""
    end_with(ending, plan.journal, plan.digits, day_manifest)
    clear_parts(str(plan.out))


def _print(
    plan: Plan,
    ending: Ending,
    prints: Prints,
    summary: BatchSummary,
    progress: Callable[[BatchSummary], None],
) -> list[str]:
    """Names of what was printed."""

    def through(count: int, of: int) -> None:
        summary.pdfs = (count, of)
        progress(summary)

    printed = print_all(plan.press, ending, prints, plan.pdf, through)
    summary.take(printed.placed)
    summary.note(printed.problems)
    summary.failed |= bool(errors(printed.problems))
    summary.registers, summary.prints, summary.faces = printed.registers, printed.files, printed.faces
    return printed.names


def _some(opened: Roster, roster: Path) -> Iterator[Entry]:
    """The entries; raises Refused when there are none."""
    first = list(islice(opened.entries, 1))
    if not first:
        raise Refused([*opened.problems, problem("roster-empty", Position(str(roster)))])
    return chain(first, opened.entries)
