"""The documents of one enterprise put into its folder, guarded like every file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from checklists.batch.earlier import file_key
from checklists.batch.firms import Job
from checklists.batch.journal import note_written
from checklists.files.guard import Occupant, Placed, look, put, will_stand
from checklists.files.writing import clear_parts, make_folder, unwritable
from checklists.problems import Problem, problem

_NOTHING: Occupant = ("nothing", None)


class Content(NamedTuple):
    """A finished document and its SHA-256 (hex)."""

    content: bytes
    digest: str


class Documents(NamedTuple):
    """What became of the documents of one enterprise."""

    names: tuple[str, ...]
    digests: tuple[str, ...]
    """SHA-256 (hex) of what was written; of a file that was kept, what is known to have been written there."""
    written: int = 0
    unchanged: int = 0
    failed: int = 0
    kept: tuple[str, ...] = ()
    """Files, below the batch's folder, that were left alone."""
    moved: tuple[tuple[str, str], ...] = ()
    """What was moved aside: from, to."""
    problems: tuple[Problem, ...] = ()
    """Why files were kept, or failed."""


def put_documents(
    job: Job, names: tuple[str, ...], contents: Sequence[Content], places: set[str]
) -> Documents:
    """Write the documents of one enterprise. Raises Refused when their folder cannot be used.

    ``places``: folders of places that were looked at before; grows.
    """
    folder = f"{job.to.out}/{job.folder}"
    paths = [f"{folder}/{name}" for name in names]
    if _make_folder(job, places):
        occupants = [_NOTHING] * len(paths)
    else:
        known = zip(paths, contents, job.digests, strict=False)
        occupants = [look(path, one.content, digests) for path, one, digests in known]
    _note(job, contents, occupants)
    overwrite = job.to.overwrite
    going = zip(paths, contents, occupants, strict=True)
    placed = [put(path, one.content, state, overwrite=overwrite) for path, one, state in going]
    written = tuple(one.digest for one in contents)
    outcomes = [one.outcome for one in placed]
    if set(outcomes) == {"written"} and not overwrite and not job.elsewhere:
        return Documents(names, written, written=len(outcomes))
    return Documents(
        names,
        tuple(written[at] if one.stands else _known(job, at) for at, one in enumerate(placed)),
        outcomes.count("written"),
        outcomes.count("same"),
        outcomes.count("failed"),
        tuple(f"{job.folder}/{name}" for name, one in zip(names, outcomes, strict=True) if one == "kept"),
        tuple((one.path, one.moved) for one in placed if one.moved),
        (*(found for one in placed for found in one.problems), *_elsewhere(job, placed, written)),
    )


def _elsewhere(job: Job, placed: Sequence[Placed], written: Sequence[str]) -> tuple[Problem, ...]:
    """Told when the manifest of another roster speaks of a document that is another now."""
    for one, before, now in zip(placed, job.elsewhere, written, strict=False):
        if one.stands and before and before != now:
            return (problem("batch-other-roster", job.entry.position, folder=job.folder),)
    return ()


def _known(job: Job, at: int) -> str:
    """What was last written where somebody's file stands."""
    return job.digests[at][-1] if job.digests[at] else ""


def _make_folder(job: Job, places: set[str]) -> bool:
    """The enterprise's folder in its place's; True when it is new and nothing can stand in it."""
    place = f"{job.to.out}/{job.folder.partition('/')[0]}"
    folder = f"{job.to.out}/{job.folder}"
    try:
        if place not in places:
            make_folder(place)
            places.add(place)
        try:
            new = make_folder(folder)
        except FileNotFoundError:  # the place's folder has been taken away since
            make_folder(place)
            new = make_folder(folder)
        if not new:
            clear_parts(folder)
    except OSError as failure:
        raise unwritable(Path(folder), failure) from failure
    return new


def _note(job: Job, contents: Sequence[Content], occupants: Sequence[Occupant]) -> None:
    """Write into the journal what is going to be written, before it is."""
    entries = [
        (file_key(job.folder, job.asked, kind), one.digest)
        for kind, one, state in zip(job.to.kinds, contents, occupants, strict=True)
        if state[0] != "same" and will_stand(state, job.to.overwrite)
    ]
    if entries and job.to.journal:
        try:
            note_written(job.to.journal, entries)
        except OSError as failure:
            raise unwritable(Path(f"{job.to.journal}{os.getpid()}"), failure) from failure
