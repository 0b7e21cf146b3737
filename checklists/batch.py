"""A roster in, a folder out: every enterprise's documents, from plates made once per distinct list.

Interrupted at any moment, the same command goes on where it stopped and ends with the same bytes: a file is moved
into place whole or not at all, and one that already stands there with the same bytes is left alone.
"""

from __future__ import annotations

import os
import unicodedata
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from checklists.batch_manifest import MANIFEST_HEAD, Manifest
from checklists.checklist import serial_of
from checklists.checks import sound_workshop
from checklists.fields import enterprise_values
from checklists.files import put_file, safe_name
from checklists.generate import EXCEL, WORD, WORD_LANDSCAPE, Order, checklist_for
from checklists.models import Enterprise
from checklists.package import Plate, make_plate, stamp
from checklists.problems import Place, Problem, Refused, errors
from checklists.roster import Entry, read_roster
from checklists.templates import template_for
from checklists.vocabulary import place_chain
from checklists.workshop import Workshop

PLATES_KEPT = 64
"""Plates held at a time: a county's types fit; a roster without any order still needs no more memory."""
CHUNK = 64
FEW = 300
"""Up to this many enterprises one process is quicker than starting a second one."""


@dataclass(frozen=True)
class House:
    """Folders a batch works from."""

    rules: Path
    seeds: Path
    templates: Path


@dataclass(frozen=True)
class Job:
    """One row of the roster with the folder its documents go to (empty when the row cannot be used)."""

    entry: Entry
    folder: str


@dataclass(frozen=True)
class Done:
    """What became of one row: a row of the manifest, and how many files were written anew."""

    row: Mapping[str, Any]
    problems: tuple[Problem, ...]
    written: int
    made: bool


@dataclass
class Tally:
    """How far a batch is."""

    made: int = 0
    refused: int = 0
    written: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    """The first hundred; all of them stand in the manifest."""

    def count(self, done: Done) -> None:
        """Take one row in."""
        self.made += done.made
        self.refused += not done.made and bool(errors(done.problems))
        self.written += done.written
        self.unchanged += 2 * done.made - done.written
        if len(self.problems) < 100:
            self.problems += done.problems


# ---------------------------------------------------------------- one process's part


@dataclass(frozen=True)
class PlatePair:
    """Both documents of one distinct list, ready to be stamped."""

    word: Plate
    excel: Plate
    fingerprint: str
    items: int
    on_paper: int


class Press:
    """Makes documents: the workshop, and the plates of the lists met last."""

    def __init__(self, house: House, order: Order, workshop: Workshop | None = None) -> None:
        self.house = house
        self.order = order
        self.workshop = workshop or sound_workshop(house.rules, house.seeds)
        self.plates: OrderedDict[Any, PlatePair] = OrderedDict()
        self.telling_facts = _telling_facts(self.workshop)
        self.notice_places = frozenset(notice.place for notice in self.workshop.notices.values())
        self.chains: dict[str, tuple[str, ...]] = {}

    def pair(self, enterprise: Enterprise) -> PlatePair:
        """The plates of the enterprise's list."""
        key = self._list_key(enterprise)
        if key in self.plates:
            self.plates.move_to_end(key)
            return self.plates[key]
        made = self._make(enterprise)
        self.plates[key] = made
        if len(self.plates) > PLATES_KEPT:
            self.plates.popitem(last=False)
        return made

    def _list_key(self, enterprise: Enterprise) -> Any:
        """What decides an enterprise's list: types, the places that have notices, the facts that items ask about."""
        place = enterprise.place
        if place not in self.chains:
            chain = place_chain(self.workshop.vocabulary, place, Place("名录"))
            self.chains[place] = tuple(name for name in chain if name in self.notice_places)
        facts = frozenset(pair for pair in enterprise.facts.items() if pair[0] in self.telling_facts)
        return enterprise.types, self.chains[place], facts

    def _make(self, enterprise: Enterprise) -> PlatePair:
        from checklists.excel import fill_excel
        from checklists.word import fill_word

        checklist = checklist_for(self.workshop, enterprise, self.order)
        word = template_for(self.house.templates, WORD_LANDSCAPE if self.order.landscape else WORD, checklist)
        excel = template_for(self.house.templates, EXCEL, checklist)
        return PlatePair(
            word=make_plate(fill_word(word, checklist)),
            excel=make_plate(fill_excel(excel, checklist)),
            fingerprint=checklist.fingerprint,
            items=len(checklist.rows),
            on_paper=checklist.on_paper,
        )

    def run(self, job: Job) -> Done:
        """Write one enterprise's documents; a folder that cannot be written is a problem of that row only."""
        enterprise = job.entry.enterprise
        if enterprise is None:
            return _refused(job, job.entry.problems)
        try:
            return self._written(job, enterprise)
        except Refused as refused:
            return _refused(job, (*job.entry.problems, *refused.problems))

    def _written(self, job: Job, enterprise: Enterprise) -> Done:
        pair = self.pair(enterprise)
        serial = serial_of(enterprise, self.order.on, self.workshop.edition)
        values = enterprise_values(enterprise, serial)
        stem, day = safe_name(enterprise.name), self.order.on.isoformat()
        word, excel = f"{stem}_现场检查表_{day}.docx", f"{stem}_企业自查工作簿_{day}.xlsx"
        written = put_file(f"{job.folder}/{word}", stamp(pair.word, values))
        written += put_file(f"{job.folder}/{excel}", stamp(pair.excel, values))
        told = (job.folder, word, excel, serial, pair.fingerprint)
        counts = (self.workshop.edition, pair.items, pair.on_paper, "已生成" if written else "未变")
        row = _manifest_row(job, enterprise, self.workshop, (*told, *counts), job.entry.problems)
        return Done(row, job.entry.problems, written, True)


def _telling_facts(workshop: Workshop) -> frozenset[str]:
    """Facts that can change a list: some item asks about them, or they bring an industry."""
    asked = {name for item in workshop.rules.items for name in item.applies}
    return frozenset(asked | {name for name, fact in workshop.vocabulary.facts.items() if fact.brings})


def _refused(job: Job, problems: tuple[Problem, ...]) -> Done:
    row = dict.fromkeys(MANIFEST_HEAD, "")
    told = job.entry.enterprise
    row |= {"行": str(job.entry.place), "单位名称": told.name if told else "", "结果": "没有生成"}
    return Done({**row, "问题": _in_one_line(problems)}, problems, 0, False)


def _manifest_row(
    job: Job, told: Enterprise, workshop: Workshop, made: tuple[Any, ...], problems: tuple[Problem, ...]
) -> Mapping[str, Any]:
    types = "、".join(workshop.vocabulary.types[name].name for name in told.types)
    row = (str(job.entry.place), told.name, told.code, told.place, types, *made, _in_one_line(problems))
    return dict(zip(MANIFEST_HEAD, row, strict=True))


def _in_one_line(problems: Iterable[Problem]) -> str:
    return "；".join(
        f"{found.place.cell or ''} {found.message}（{found.remedy}）".strip() for found in problems
    )


# ---------------------------------------------------------------- all of them


def jobs_of(entries: Iterable[Entry], out: Path) -> Iterator[Job]:
    """A folder per place and enterprise; the second of the same name at a place gets a number."""
    used: dict[str, int] = {}
    for entry in entries:
        if entry.enterprise is None:
            yield Job(entry, "")
            continue
        place = safe_name(entry.enterprise.place)
        name = safe_name(entry.enterprise.name)
        key = unicodedata.normalize("NFC", f"{place}/{name}").casefold()
        used[key] = used.get(key, 0) + 1
        number = f"（{used[key]}）" if used[key] > 1 else ""
        yield Job(entry, f"{out}/{place}/{name}{number}")


_press: Press | None = None


def _begin(house: House, order: Order) -> None:
    """Start a worker process: its own workshop and plates."""
    global _press
    _press = Press(house, order)


def _run_chunk(jobs: list[Job]) -> list[Done]:
    assert _press is not None
    return [_press.run(job) for job in jobs]


def run_batch(
    roster: Path,
    out: Path,
    house: House,
    order: Order,
    *,
    executor: Executor | None = None,
    progress: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """Make every enterprise's documents and the manifest; raises Refused for bad rules, templates or roster.

    ``executor`` may be any ``concurrent.futures.Executor`` whose workers were started with :func:`_begin`; without
    one, two processes are used when the roster is long enough to pay for the second.
    """
    press = Press(house, order)
    entries = read_roster(roster, press.workshop.vocabulary)
    jobs = jobs_of(entries, out)
    first = list(islice(jobs, FEW))
    tally = Tally()
    with Manifest(out) as manifest:
        for done in _all_done(press, first, jobs, executor):
            manifest.add(done.row)
            tally.count(done)
            progress(tally)
    return tally


def _all_done(
    press: Press, first: list[Job], rest: Iterator[Job], executor: Executor | None
) -> Iterator[Done]:
    more = list(islice(rest, 1))
    if not more and executor is None:
        yield from map(press.run, first)
        return
    jobs = _chunks([*first, *more], rest)
    if executor is not None:
        yield from _through(executor, jobs)
        return
    processes = os.cpu_count() or 1
    with ProcessPoolExecutor(processes, initializer=_begin, initargs=(press.house, press.order)) as own:
        yield from _through(own, jobs)


def _chunks(first: list[Job], rest: Iterator[Job]) -> Iterator[list[Job]]:
    for start in range(0, len(first), CHUNK):
        yield first[start : start + CHUNK]
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _through(executor: Executor, chunks: Iterator[list[Job]]) -> Iterator[Done]:
    """Results in the roster's order with only a few chunks under way: memory does not grow with the roster."""
    under_way: deque[Future[list[Done]]] = deque()
    for chunk in chunks:
        under_way.append(executor.submit(_run_chunk, chunk))
        if len(under_way) > 8:
            yield from under_way.popleft().result()
    while under_way:
        yield from under_way.popleft().result()
