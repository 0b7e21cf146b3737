"""The folder and the six digits of every enterprise of a roster: by who it is, not by its row or its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from checklists.batch.earlier import Earlier
from checklists.batch.kinds import KINDS
from checklists.documents.filenames import asked_of, folder_name
from checklists.models import Enterprise
from checklists.problems import problem
from checklists.roster.read import Entry
from checklists.roster.same import Met, met_before


@dataclass(frozen=True)
class Destination:
    """Where a batch writes: its folder, the beginning of its journals' names, whether it may move files aside, and what."""

    out: str
    journal: str = ""
    overwrite: bool = False
    kinds: tuple[str, ...] = KINDS
    """See :func:`checklists.batch.kinds.kind_of`."""


class Job(NamedTuple):
    """One row of the roster with the folder below ``out`` its documents go to (empty when there are none)."""

    entry: Entry
    to: Destination
    folder: str = ""
    identity: str = ""
    digests: tuple[tuple[str, ...], ...] = ((),) * len(KINDS)
    """SHA-256 of what was written for the enterprise on this day, in the order of the kinds."""
    asked: str = ""
    """Who it is and what was asked for, see :func:`checklists.documents.filenames.asked_of`."""
    elsewhere: tuple[str, ...] = ()
    """What the manifest of another roster says of them; empty when none speaks of this enterprise."""
    old_folder: str = ""
    """Where its documents went before it was renamed or moved."""


Wanted = Callable[[Enterprise], bool]
"""Whether documents are made of an enterprise this time."""


def everybody(enterprise: Enterprise) -> bool:
    """Documents are made of all."""
    return True


def jobs_of(
    entries: Iterable[Entry],
    to: Destination,
    department: str | None,
    earlier: Earlier,
    met: Met,
    wanted: Wanted = everybody,
) -> Iterator[Job]:
    """A job a row; a row whose enterprise was met before is told and not made. ``met`` is filled on the way.

    Enterprises that are not ``wanted`` are met and passed over: what was made of them before stays theirs.
    """
    for entry in entries:
        enterprise = entry.enterprise
        if enterprise is None:
            yield Job(entry, to)
            continue
        identity = earlier.identity(enterprise)
        again = met_before(met, identity, enterprise, entry.position)
        if again:
            yield Job(replace(entry, problems=(*entry.problems, again)), to)
            continue
        if not wanted(enterprise):
            continue
        folder = folder_name(enterprise.name, enterprise.place, identity)
        before = earlier.folder(identity)
        if before and before != folder:
            moved = problem("batch-firm-moved", entry.position, old=before, new=folder)
            entry = replace(entry, problems=(*entry.problems, moved))
        asked = asked_of(identity, department, number=enterprise.office.document_number)
        digests = earlier.digests(folder, asked, to.kinds)
        elsewhere = earlier.elsewhere_digests(folder, asked, to.kinds)
        yield Job(entry, to, folder, identity, digests, asked, elsewhere, before if before != folder else "")
