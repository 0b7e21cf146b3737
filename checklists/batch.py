"""A roster in, a folder out: every enterprise's documents, from plates made once per distinct list.

Interrupted at any moment, the same command goes on where it stopped and ends with the same bytes: a file is moved
into place whole or not at all, and one that already stands there with the same bytes is left alone.
"""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import os
import signal
import sys
import threading
import unicodedata
from collections import deque
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, field
from itertools import chain, islice
from multiprocessing.connection import wait
from pathlib import Path

from checklists.batch_manifest import Manifest, note_line
from checklists.batch_press import Done, House, Job, Press
from checklists.files import held_folder, safe_name
from checklists.generate import Order
from checklists.problems import Place, Problem, Refused, problem
from checklists.roster import Entry, Roster, read_roster

WINDOW = 1000
"""Rows sorted by list before they are handed out; two windows are under way at a time."""
CHUNK = 250
"""Rows handed out together: enough that handing out costs nothing, few enough that all cores end together."""
FEW_LISTS = 4
"""A batch of one window with so few distinct lists is quicker in one process."""
MOST_PROCESSES = 8
"""Beyond, the disk is what all wait for."""
PROBLEMS_KEPT = 100


@dataclass
class Tally:
    """How far a batch is."""

    expected: int
    made: int = 0
    refused: int = 0
    written: int = 0
    problems: list[Problem] = field(default_factory=list)
    """The first hundred; all of them stand in the manifest."""
    problem_count: int = 0

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
            if len(self.problems) < PROBLEMS_KEPT:
                self.problems.append(found)


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
    opened = read_roster(roster, press.workshop.vocabulary)
    tally = Tally(opened.count)
    tally.note(opened.problems)
    about = {"roster": roster.name, "on": press.order.on.isoformat(), "edition": press.workshop.edition}
    entries = _some(opened, roster)
    with (
        held_folder(out),
        Manifest(out, about) as manifest,
        closing(_all_done(press, jobs_of(entries, out), executor)) as results,
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


# ---------------------------------------------------------------- through one process or several


def _all_done(press: Press, jobs: Iterator[Job], executor: Executor | None) -> Generator[Done, None, None]:
    first = list(islice(jobs, WINDOW))
    if executor is None and len(first) < WINDOW and len(_grouped(first, press)) < FEW_LISTS:
        yield from map(press.run, first)
        return
    with _executor(press) if executor is None else nullcontext(executor) as workers:
        try:
            yield from _in_order(press, chain([first], _windows(jobs)), workers)
        except BrokenProcessPool as failure:
            raise Refused([problem("batch-worker-died", Place("批量生成"))]) from failure
        except BaseException:
            workers.shutdown(wait=True, cancel_futures=True)
            raise


def _windows(jobs: Iterator[Job]) -> Iterator[list[Job]]:
    while window := list(islice(jobs, WINDOW)):
        yield window


def _grouped(window: list[Job], press: Press) -> list[list[int]]:
    """Numbers of the jobs, those that share a list together, no more than a chunk each."""
    groups: dict[Hashable, list[int]] = {}
    for number, job in enumerate(window):
        told = job.entry.enterprise
        groups.setdefault(press.list_key(told) if told else None, []).append(number)
    return [
        group[start : start + CHUNK] for group in groups.values() for start in range(0, len(group), CHUNK)
    ]


def _in_order(press: Press, windows: Iterable[list[Job]], workers: Executor) -> Iterator[Done]:
    """Results in the roster's order with two windows under way: memory does not grow with the roster."""
    under_way: deque[list[tuple[list[int], Future[list[Done]]]]] = deque()
    for window in windows:
        groups = sorted(_grouped(window, press), key=len, reverse=True)
        under_way.append(
            [
                (group, workers.submit(run_jobs, press.house, press.order, [window[at] for at in group]))
                for group in groups
            ]
        )
        if len(under_way) > 1:
            yield from _collected(under_way.popleft())
    while under_way:
        yield from _collected(under_way.popleft())


def _collected(handed_out: list[tuple[list[int], Future[list[Done]]]]) -> Iterator[Done]:
    results: dict[int, Done] = {}
    for group, future in handed_out:
        results.update(zip(group, future.result(), strict=True))
    return (results[number] for number in range(len(results)))


# ---------------------------------------------------------------- one worker


_presses: dict[tuple[House, Order], Press] = {}
"""A worker's own, kept from one call to the next."""


def run_jobs(house: House, order: Order, jobs: list[Job]) -> list[Done]:
    """What a worker does; the first call in a process opens the workshop."""
    if (house, order) not in _presses:
        _presses[house, order] = Press(house, order)
    press = _presses[house, order]
    return [press.run(job) for job in jobs]


def _executor(press: Press) -> AbstractContextManager[ProcessPoolExecutor]:
    """A process a core. Where processes can be forked they find the workshop open."""
    affinity = getattr(os, "sched_getaffinity", None)
    count = len(affinity(0)) if affinity else os.cpu_count() or 1
    can_fork = sys.platform == "linux"
    if can_fork:
        _presses[press.house, press.order] = press
        gc.freeze()
    context = multiprocessing.get_context("fork" if can_fork else "spawn")
    return ProcessPoolExecutor(min(count, MOST_PROCESSES), mp_context=context, initializer=_begin_worker)


def _begin_worker() -> None:
    """Leave Ctrl-C to the first process, and end with it: a killed one cannot tell its workers to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
