"""A roster in, a folder out: every enterprise's documents, from plates made once per distinct list.

Interrupted at any moment, the same command goes on where it stopped and ends with the same bytes: a file is moved
into place whole or not at all, and one that already stands there with the same bytes is left alone.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from checklists.batch_crew import all_done
from checklists.batch_manifest import Manifest, note_line
from checklists.batch_press import Done, Job, Press
from checklists.files import held_folder, safe_name
from checklists.problems import Place, Problem, Refused, problem
from checklists.roster import Entry, Roster, read_roster

PROBLEMS_KEPT = 100


@dataclass
class Tally:
    """How far a batch is."""

    expected: int
    made: int = 0
    refused: int = 0
    written: int = 0
    errors: list[Problem] = field(default_factory=list)
    """Why rows were not made, the first hundred; all of them stand in the manifest."""
    warnings: list[Problem] = field(default_factory=list)
    problem_count: int = 0

    @property
    def problems(self) -> list[Problem]:
        """What is worth showing, the worst first."""
        return [*self.errors, *self.warnings]

    @property
    def unchanged(self) -> int:
        """Files that already stood there."""
        return 2 * self.made - self.written

    def count(self, done: Done) -> None:
        """Take one row in."""
        self.made += done.made
        self.refused += done.refused
        self.written += done.written
        self.note(done.problems)

    def note(self, problems: Iterable[Problem]) -> None:
        """Take problems in."""
        for found in problems:
            self.problem_count += 1
            kept = self.errors if found.level == "error" else self.warnings
            if len(kept) < PROBLEMS_KEPT:
                kept.append(found)


def run_batch(
    roster: Path,
    out: Path,
    press: Press,
    *,
    executor: Executor | None = None,
    progress: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """Make every enterprise's documents and the manifest; raises Refused for a bad roster or folder.

    ``executor`` may be any ``concurrent.futures.Executor`` whose workers see the same folders; without one, a process
    a core is used where that pays.
    """
    press.check_templates()
    opened = read_roster(roster, press.workshop.vocabulary, press.workshop.rules.items)
    tally = Tally(opened.count)
    tally.note(opened.problems)
    about = {"roster": roster.name, "on": press.order.on.isoformat(), "edition": press.workshop.edition}
    entries = _some(opened, roster)
    with (
        held_folder(out),
        Manifest(out, about) as manifest,
        closing(all_done(press, jobs_of(entries, out), executor)) as results,
    ):
        for found in opened.problems:
            manifest.add(note_line(found))
        for done in results:
            manifest.add(done.line)
            tally.count(done)
            progress(tally)
    return tally


def _some(opened: Roster, roster: Path) -> Iterator[Entry]:
    """The entries; raises Refused when there are none."""
    first = list(islice(opened.entries, 1))
    if not first:
        raise Refused([*opened.problems, problem("roster-empty", Place(str(roster)))])
    return chain(first, opened.entries)


# ---------------------------------------------------------------- a folder each


def jobs_of(entries: Iterable[Entry], out: Path) -> Iterator[Job]:
    """A folder per place and enterprise; the second of the same name at a place gets a number."""
    folders = _Folders()
    for entry in entries:
        told = entry.enterprise
        folder = folders.new(f"{safe_name(told.place)}/{safe_name(told.name)}") if told else ""
        yield Job(entry, str(out), folder)


class _Folders:
    """Names given so far, as short hashes: a province's half million take some 50 MB."""

    def __init__(self) -> None:
        self.taken: set[int] = set()
        self.last_number: dict[int, int] = {}

    def new(self, wanted: str) -> str:
        """``wanted``, or ``wanted（2）`` where a system that folds case or accents would see the same name again."""
        key = _folded(wanted)
        if key not in self.taken:
            self.taken.add(key)
            return wanted
        number = self.last_number.get(key, 1) + 1
        while _folded(f"{wanted}（{number}）") in self.taken:
            number += 1
        self.last_number[key] = number
        self.taken.add(_folded(f"{wanted}（{number}）"))
        return f"{wanted}（{number}）"


def _folded(name: str) -> int:
    plain = unicodedata.normalize("NFKC", name).casefold()
    return int.from_bytes(hashlib.blake2b(plain.encode(), digest_size=8).digest(), "big")
