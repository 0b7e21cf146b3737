"""Makes one enterprise's documents from plates that all enterprises with the same list share."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, replace
from pathlib import Path

from checklists.batch_manifest import Line, made_line, refused_line
from checklists.checklist import serial_of
from checklists.checks import sound_workshop
from checklists.excel import fill_excel
from checklists.fields import enterprise_values
from checklists.files import put_file, safe_name
from checklists.generate import EXCEL, WORD, WORD_LANDSCAPE, Order, checklist_for, ending_of
from checklists.models import Enterprise
from checklists.package import Plate, make_plate, stamp
from checklists.problems import Place, Problem, Refused, problem
from checklists.roster import Entry, is_unusable
from checklists.templates import template_for
from checklists.vocabulary import place_chain
from checklists.word import fill_word
from checklists.workshop import Workshop

PLATES_KEPT = 32
"""Pairs of plates held at a time: the usual types of a county fit; no roster needs more memory."""


@dataclass(frozen=True)
class House:
    """Folders a batch works from."""

    rules: Path
    seeds: Path
    templates: Path


@dataclass(frozen=True)
class Job:
    """One row of the roster with the folder below ``out`` its documents go to (empty when there are none)."""

    entry: Entry
    out: str
    folder: str


@dataclass(frozen=True)
class Done:
    """What became of one row: its line of the manifest, and how many files were written anew."""

    line: Line
    problems: tuple[Problem, ...]
    made: bool
    refused: bool
    written: int = 0


@dataclass(frozen=True)
class PlatePair:
    """Both documents of one distinct list, ready to be stamped."""

    word: Plate
    excel: Plate
    fingerprint: str
    items: int
    on_paper: int


@dataclass(frozen=True)
class Failure:
    """Why the plates of a list cannot be made."""

    problems: tuple[Problem, ...]


class Press:
    """The workshop, and the plates of the lists met last."""

    def __init__(self, house: House, order: Order, workshop: Workshop | None = None) -> None:
        self.house = house
        self.order = order
        self.workshop = _without_places(workshop or sound_workshop(house.rules, house.seeds))
        self.word = WORD_LANDSCAPE if order.landscape else WORD
        self.plates: OrderedDict[Hashable, PlatePair | Failure] = OrderedDict()
        self.telling_facts = _telling_facts(self.workshop)
        self.notice_places = frozenset(notice.place for notice in self.workshop.notices.values())
        self.chains: dict[str, tuple[str, ...]] = {}
        self.endings = tuple(ending_of(document, order.on) for document in (WORD, EXCEL))

    def check_templates(self) -> None:
        """Raises Refused when a common template is not there, before anything is written."""
        paths = [self.house.templates / name for name in (self.word, EXCEL)]
        missing = [problem("file-missing", Place(str(path))) for path in paths if not path.is_file()]
        if missing:
            raise Refused(missing)

    def list_key(self, enterprise: Enterprise) -> Hashable:
        """What decides an enterprise's list: types, the places that have notices, the facts that items ask about."""
        telling = tuple(name for name in self.places_of(enterprise) if name in self.notice_places)
        facts = frozenset(pair for pair in enterprise.facts.items() if pair[0] in self.telling_facts)
        return enterprise.types, telling, facts

    def places_of(self, enterprise: Enterprise) -> tuple[str, ...]:
        """Province, city and county of the enterprise."""
        place = enterprise.place
        if place not in self.chains:
            self.chains[place] = place_chain(self.workshop.vocabulary, place, Place("名录"))
        return self.chains[place]

    def pair(self, enterprise: Enterprise) -> PlatePair:
        """The plates of the enterprise's list. Raises Refused, again for each enterprise of a list that cannot be made."""
        key = self.list_key(enterprise)
        if key not in self.plates:
            self.plates[key] = self._make(enterprise)
            if len(self.plates) > PLATES_KEPT:
                self.plates.popitem(last=False)
        self.plates.move_to_end(key)
        pair = self.plates[key]
        if isinstance(pair, Failure):
            raise Refused(pair.problems)
        return pair

    def _make(self, enterprise: Enterprise) -> PlatePair | Failure:
        try:
            checklist = checklist_for(self.workshop, enterprise, self.order)
            word = fill_word(template_for(self.house.templates, self.word, checklist), checklist)
            excel = fill_excel(template_for(self.house.templates, EXCEL, checklist), checklist)
        except Refused as refused:
            return Failure(refused.problems)
        counts = {"items": len(checklist.rows), "on_paper": checklist.on_paper}
        return PlatePair(make_plate(word), make_plate(excel), checklist.fingerprint, **counts)

    def run(self, job: Job) -> Done:
        """Write one enterprise's documents; a folder that cannot be written is a problem of that row only."""
        problems = job.entry.problems
        if job.entry.enterprise is None:
            return Done(refused_line(job.entry, problems), problems, False, is_unusable(job.entry))
        try:
            return self._written(job, job.entry.enterprise)
        except Refused as refused:
            problems = (*problems, *refused.problems)
            return Done(refused_line(job.entry, problems), problems, False, True)

    def _written(self, job: Job, enterprise: Enterprise) -> Done:
        pair = self.pair(enterprise)
        serial = serial_of(enterprise, self.order.on, self.workshop.edition)
        values = enterprise_values(enterprise, serial, self.places_of(enterprise))
        name = safe_name(enterprise.name)
        files = tuple(f"{name}{ending}" for ending in self.endings)
        written = 0
        for file, plate in zip(files, (pair.word, pair.excel), strict=True):
            written += put_file(f"{job.out}/{job.folder}/{file}", stamp(plate, values))
        types = [self.workshop.vocabulary.types[kind].name for kind in enterprise.types]
        told = {"serial": serial, "fingerprint": pair.fingerprint, "edition": self.workshop.edition}
        counts = {"items": pair.items, "on_paper": pair.on_paper}
        line = made_line(job.entry, enterprise, types, job.folder, files, {**told, **counts})
        return Done(line, job.entry.problems, True, False, written)


def _without_places(workshop: Workshop) -> Workshop:
    """The workshop without what only checking it needs: each process would carry that along."""
    rules = replace(workshop.rules, places={}, dispositions={})
    return replace(workshop, rules=rules, clauses={})


def _telling_facts(workshop: Workshop) -> frozenset[str]:
    """Facts that can change a list: some item asks about them, or they bring an industry."""
    asked = {name for item in workshop.rules.items for name in item.applies}
    return frozenset(asked | {name for name, fact in workshop.vocabulary.facts.items() if fact.brings})
