"""A batch through several processes: rows that share a list go together, and each list's plates are made once.

The first process keeps the plates: whoever makes a pair hands it back with its first documents, and it travels with
the rows that need it later (a third of a megabyte for the work of a tenth of a second). So any executor will do,
a worker keeps nothing from one call to the next but the open library. Of a roster in which few share a list only the
lists with most enterprises are handed back.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import OrderedDict, deque
from collections.abc import Generator, Hashable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from multiprocessing.connection import wait
from typing import NamedTuple

from checklists.batch.firms import Job
from checklists.batch.press import LISTS_KEPT, Done, Failure, Folders, Plates, Press
from checklists.checklist.build import Order
from checklists.problems import Position, Refused, problem

WINDOW = 1000
"""Rows sorted by list before they are handed out; two windows are under way at a time."""
CHUNK = 250
"""Rows handed out together: enough that handing out costs nothing, few enough that all cores end together."""
FEW_LISTS = 4
"""A batch of one window with so few distinct lists is quicker in one process."""
GARBAGE = 50_000
"""Objects that come to stay before garbage among them is looked for."""
MOST_PROCESSES = 8
"""Beyond, the disk is what all wait for."""


class Made(NamedTuple):
    """What a call of a worker gives: a result a row, and the plates if it had to make them."""

    done: list[Done]
    pair: Plates | Failure | None


Handed = tuple[list[int], "Future[Made]"]
"""Numbers of rows within their window, and the call that makes them."""


def all_done(press: Press, jobs: Iterator[Job], executor: Executor | None) -> Generator[Done, None, None]:
    """Results in the roster's order. Raises Refused when a worker process dies."""
    with _rarely_tidied():
        yield from _all_done(press, jobs, executor)


@contextmanager
def _rarely_tidied() -> Iterator[None]:
    """Look for garbage rarely: the library stays, and what a list is made of goes as soon as it is made.

    Processes that are forked meanwhile do the same.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(GARBAGE, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _all_done(press: Press, jobs: Iterator[Job], executor: Executor | None) -> Generator[Done, None, None]:
    first = list(islice(jobs, WINDOW))
    if executor is None and len(first) < WINDOW and len(_grouped(first, press)) < FEW_LISTS:
        yield from map(press.run, first)
        return
    workers = executor or _processes(press)
    try:
        yield from _in_order(_Workers(press, workers), chain([first], _windows(jobs)))
    except BrokenProcessPool as failure:
        raise Refused([problem("batch-worker-died", Position("批量生成"))]) from failure
    finally:
        if executor is None:
            workers.shutdown(wait=True, cancel_futures=True)


def _windows(jobs: Iterator[Job]) -> Iterator[list[Job]]:
    while window := list(islice(jobs, WINDOW)):
        yield window


def _grouped(window: list[Job], press: Press) -> dict[Hashable, list[int]]:
    """List -> numbers of the jobs that share it."""
    groups: dict[Hashable, list[int]] = {}
    for number, job in enumerate(window):
        told = job.entry.enterprise
        groups.setdefault(press.list_key(told) if told else None, []).append(number)
    return groups


def _in_order(workers: _Workers, windows: Iterable[list[Job]]) -> Iterator[Done]:
    """With two windows under way all cores have work and memory does not grow with the roster."""
    under_way: deque[list[Handed]] = deque()
    for window in windows:
        under_way.append(workers.hand_out(window))
        if len(under_way) > 1:
            yield from _collected(under_way.popleft())
    while under_way:
        yield from _collected(under_way.popleft())


def _collected(handed_out: list[Handed]) -> Iterator[Done]:
    results: dict[int, Done] = {}
    for group, future in handed_out:
        results.update(zip(group, future.result().done, strict=True))
    return (results[number] for number in range(len(results)))


@dataclass
class _Workers:
    """Workers, the plates of the lists used last (the very last at the end), and those being made."""

    press: Press
    workers: Executor
    pairs: OrderedDict[Hashable, Plates | Failure] = field(default_factory=OrderedDict)
    making: dict[Hashable, Future[Made]] = field(default_factory=dict)

    def hand_out(self, window: list[Job]) -> list[Handed]:
        """Submit a window: first the lists whose plates have to be made, then the ready ones, last those to wait for."""
        groups = _grouped(window, self.press)
        shared = {key for key in sorted(groups, key=lambda key: -len(groups[key]))[:LISTS_KEPT] if key}
        handed: list[Handed] = []
        rest: dict[Hashable, list[int]] = {}
        for key, group in groups.items():
            if key in self.pairs or key in self.making:
                rest[key] = group
            elif key in shared:
                handed.append(self._submit(window, group[:CHUNK], hand_back=True))
                self.making[key] = handed[-1][1]
                rest[key] = group[CHUNK:]
            else:
                handed.append(self._submit(window, group))
        for key in sorted(rest, key=self._is_to_wait_for):
            handed += [self._submit(window, chunk, self._pair(key)) for chunk in _chunks(rest[key])]
        self._forget_old()
        return handed

    def _submit(
        self,
        window: list[Job],
        group: list[int],
        pair: Plates | Failure | None = None,
        *,
        hand_back: bool = False,
    ) -> Handed:
        jobs = [window[number] for number in group]
        folders, order = self.press.folders, self.press.order
        return group, self.workers.submit(run_jobs, folders, order, jobs, pair, hand_back)

    def _is_to_wait_for(self, key: Hashable) -> bool:
        return key in self.making and not self.making[key].done()

    def _pair(self, key: Hashable) -> Plates | Failure | None:
        if key in self.making:
            pair = self.making.pop(key).result().pair
            if pair is not None:
                self.pairs[key] = pair
        self.pairs.move_to_end(key)
        return self.pairs[key]

    def _forget_old(self) -> None:
        while len(self.pairs) > LISTS_KEPT:
            self.pairs.popitem(last=False)
        for key, future in list(self.making.items()) if len(self.making) > LISTS_KEPT else ():
            if future.done():
                del self.making[key]


def _chunks(group: list[int]) -> Iterator[list[int]]:
    return (group[start : start + CHUNK] for start in range(0, len(group), CHUNK))


# ---------------------------------------------------------------- one worker


_presses: dict[tuple[Folders, Order], Press] = {}
"""A worker's own, kept from one call to the next."""


def run_jobs(
    folders: Folders, order: Order, jobs: list[Job], pair: Plates | Failure | None, hand_back: bool
) -> Made:
    """Make jobs that share a list; ``pair``: its plates, if they have been made before and handed back."""
    if (folders, order) not in _presses:
        _presses[folders, order] = Press(folders, order)
    press = _presses[folders, order]
    press.plates.clear()
    press.places.clear()
    told = jobs[0].entry.enterprise
    if told and pair is not None:
        press.plates[press.list_key(told)] = pair
    done = [press.run(job) for job in jobs]
    made = press.plates.get(press.list_key(told)) if told and hand_back else None
    press.plates.clear()
    return Made(done, made)


def _processes(press: Press) -> ProcessPoolExecutor:
    """A process a core. Where processes can be forked they find the library open."""
    affinity = getattr(os, "sched_getaffinity", None)
    count = len(affinity(0)) if affinity else os.cpu_count() or 1
    can_fork = sys.platform == "linux"
    if can_fork:
        _presses[press.folders, press.order] = press
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
