"""Makes one enterprise's documents from plates that all enterprises with the same list share."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from checklists.batch.documents import Content, Documents, put_documents
from checklists.batch.firms import Job
from checklists.batch.kinds import KINDS, documents_of_each, kind_of
from checklists.batch.manifest import (
    KEPT,
    MADE,
    NOT_MADE,
    Line,
    given_out,
    made_line,
    refused_line,
    said_of,
    who_of,
)
from checklists.checklist.build import Order, checklist_for
from checklists.checklist.identity import serial_of
from checklists.checklist.printed import PrintedChecklist, printed
from checklists.documents.catalogue import Document
from checklists.documents.fields import enterprise_values
from checklists.documents.filenames import document_name
from checklists.documents.make import make, printing_of, template_for
from checklists.documents.plate import Plate, stamp
from checklists.models import Enterprise
from checklists.places import place_chain
from checklists.problems import Position, Problem, Refused, errors, problem
from checklists.rules.kept import library_for_lists
from checklists.rules.library import Library
from checklists.rules.words import find_type

LISTS_KEPT = 32
"""Lists whose plates are held at a time: the usual types of a county fit; no roster needs more memory."""


@dataclass(frozen=True)
class Folders:
    """What a batch works from: folders, the names of the documents it makes, the user's own templates."""

    rules: Path
    seeds: Path
    templates: Path
    documents: tuple[str, ...] = ()
    """The usual ones where none is named."""
    own: tuple[tuple[str, Path], ...] = ()
    """Templates by title of the document, instead of those in ``templates``."""


@dataclass(frozen=True)
class Done:
    """What became of one row: its line of the manifest, and of its files."""

    line: Line
    problems: tuple[Problem, ...]
    made: bool
    """Whether all its documents stand as made."""
    refused: bool
    """Whether something was not made that should have been."""
    written: int = 0
    unchanged: int = 0
    kept: tuple[str, ...] = ()
    """Files, below the batch's folder, that were left alone as somebody's."""
    moved: tuple[tuple[str, str], ...] = ()
    """What was moved aside: from, to."""
    folders: tuple[str, str] | None = None
    """Old and new folder of an enterprise that was renamed or moved."""
    identity: str = ""
    given_out: str = ""
    """Serial and digests of the documents, see :func:`checklists.batch.manifest.given_out`."""
    said: str = ""
    """See :func:`checklists.batch.manifest.said_of`."""


@dataclass(frozen=True)
class Plates:
    """The documents of one distinct list, ready to be stamped."""

    plates: tuple[Plate, ...]
    fingerprint: str
    items: int
    on_paper: int


@dataclass(frozen=True)
class Failure:
    """Why the plates of a list cannot be made."""

    problems: tuple[Problem, ...]


class Press:
    """The library, and the plates of the lists met last.

    Plates are found twice: by what is known of an enterprise, and, where that is new, by what its documents would print.
    """

    def __init__(self, folders: Folders, order: Order, library: Library | None = None) -> None:
        self.folders = folders
        self.order = order
        whole = library or library_for_lists(folders.rules, folders.seeds)
        self.made_from = whole.made_from
        self.library = _for_selection(whole)
        self.documents = documents_of_each(folders.documents, order)
        self.kinds = tuple(map(kind_of, self.documents))
        self.own = dict(folders.own)
        self.plates: OrderedDict[Hashable, Plates | Failure] = OrderedDict()
        self.printed: OrderedDict[Hashable, Plate] = OrderedDict()
        """Plate of a document by everything it prints."""
        self.chains: dict[str, tuple[str, ...]] = {}
        self.places: set[str] = set()
        """Folders of places that were found to be folders."""

    def check_templates(self) -> None:
        """Raises Refused when a common template is not there, before anything is written."""
        shared = [document for document in self.documents if document.title not in self.own]
        paths = [self.folders.templates / document.file for document in shared]
        missing = [problem("file-missing", Position(str(path))) for path in paths if not path.is_file()]
        if missing:
            raise Refused(missing)

    def list_key(self, enterprise: Enterprise) -> Hashable:
        """All that is known of an enterprise and may decide its list: types, places, every fact.

        Day and options are the batch's own. Nothing is left out as unimportant: what a fact changes, only making tells.
        """
        return enterprise.types, self.places_of(enterprise), tuple(enterprise.facts.items())

    def places_of(self, enterprise: Enterprise) -> tuple[str, ...]:
        """Province, city and county of the enterprise."""
        place = enterprise.place
        if place not in self.chains:
            self.chains[place] = place_chain(self.library.vocabulary.places, place, Position("名录"))
        return self.chains[place]

    def plates_of(self, enterprise: Enterprise) -> Plates:
        """The plates of the enterprise's list. Raises Refused, again for each enterprise of a list that cannot be made."""
        key = self.list_key(enterprise)
        if key not in self.plates:
            self.plates[key] = self._make(enterprise)
            if len(self.plates) > LISTS_KEPT:
                self.plates.popitem(last=False)
        self.plates.move_to_end(key)
        found = self.plates[key]
        if isinstance(found, Failure):
            raise Refused(found.problems)
        return found

    def _make(self, enterprise: Enterprise) -> Plates | Failure:
        try:
            checklist = checklist_for(self.library, enterprise, self.order)
            view = printed(checklist)
            plates = tuple(self._plate(document, view) for document in self.documents)
        except Refused as refused:
            return Failure(refused.problems)
        return Plates(plates, checklist.fingerprint, len(checklist.rows), checklist.on_paper)

    def _plate(self, document: Document, view: PrintedChecklist) -> Plate:
        """The document's plate: one that prints the same is the same."""
        own = self.own.get(document.title)
        template = own or template_for(self.folders.templates, document, view.checklist)
        prints = printing_of(document, view, template)
        if prints not in self.printed:
            self.printed[prints] = make(prints)
            if len(self.printed) > LISTS_KEPT * len(self.documents):
                self.printed.popitem(last=False)
        self.printed.move_to_end(prints)
        return self.printed[prints]

    def run(self, job: Job) -> Done:
        """Write one enterprise's documents; a folder that cannot be written is a problem of that row only."""
        problems = job.entry.problems
        told = job.entry.enterprise
        if told is None or not job.folder:
            return Done(refused_line(job.entry, problems), problems, False, bool(errors(problems)))
        try:
            plates = self.plates_of(told)
            serial = serial_of(told, self.order.on, self.library.edition)
            values = enterprise_values(told, serial, self.places_of(told))
            contents = [_content(plate, values) for plate in plates.plates]
            names = self._file_names(job, told)
            documents = put_documents(job, names, contents, self.places)
        except Refused as refused:
            problems = (*problems, *refused.problems)
            return Done(refused_line(job.entry, problems, self._before(job, told)), problems, False, True)
        return self._done(job, told, plates, serial, documents)

    def _done(self, job: Job, told: Enterprise, plates: Plates, serial: str, documents: Documents) -> Done:
        result = NOT_MADE if documents.failed else KEPT if documents.kept else MADE
        made = {
            "types": [find_type(self.library.vocabulary, kind, Position("名录")).name for kind in told.types],
            **_where(job, documents.names, documents.digests),
            "serial": serial,
            "fingerprint": plates.fingerprint,
            "edition": self.library.edition,
            "items": plates.items,
            "on_paper": plates.on_paper,
            "result": result,
        }
        problems = (*job.entry.problems, *documents.problems)
        return Done(
            made_line(job.entry, told, made, problems),
            problems,
            made=result == MADE,
            refused=result != MADE,
            written=documents.written,
            unchanged=documents.unchanged,
            kept=documents.kept,
            moved=documents.moved,
            folders=(job.old_folder, job.folder) if job.old_folder else None,
            identity=job.identity,
            given_out=given_out(made),
            said=said_of({**who_of(told), **made}),
        )

    def _file_names(self, job: Job, told: Enterprise) -> tuple[str, ...]:
        titles = [f"{document.title}{document.ending}" for document in self.documents]
        return tuple(
            document_name(told.name, told.place, title, self.order.on, job.asked) for title in titles
        )

    def _before(self, job: Job, told: Enterprise) -> dict[str, Any]:
        """What an earlier batch of the day made for a row that cannot be made now."""
        if not any(job.digests):
            return {}
        return _where(job, self._file_names(job, told), [known[-1] if known else "" for known in job.digests])


def _content(plate: Plate, values: Mapping[str, str]) -> Content:
    """A document and its digest, reckoned while it still is in the processor's memory."""
    stamped = stamp(plate, values)
    return Content(stamped, hashlib.sha256(stamped).hexdigest())


def _where(job: Job, names: Sequence[str], digests: Sequence[str]) -> dict[str, Any]:
    papers: dict[str, dict[str, str]] = {}
    where = {"folder": job.folder, "identity": job.identity, "papers": papers}
    for kind, name, digest in zip(job.to.kinds, names, digests, strict=True):
        if kind in KINDS:
            where |= {kind: name, f"{kind}_sha256": digest}
        else:
            papers[kind] = {"file": name, "sha256": digest}
    return where


def _for_selection(library: Library) -> Library:
    """The library without what only checking it needs: each process would carry that along."""
    return replace(library, positions={}, dispositions={}, clauses={})
