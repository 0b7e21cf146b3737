"""PDFs beside the documents of a batch: made by the dozen, guarded like every file, not made anew while both still stand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from checklists.batch.finish import Ending
from checklists.documents.pdf import make_many_pdfs
from checklists.files.guard import Occupant, Placed, digest_of, look, put, will_stand
from checklists.files.record import write_record
from checklists.files.writing import read_file
from checklists.problems import Problem, Refused

CHUNK = 40
"""Documents for one call of LibreOffice: its start costs as much as a dozen of them."""


class Sheet(NamedTuple):
    """A document that stands as made: its name below the batch's folder, and its SHA-256 (hex)."""

    name: str
    digest: str

    @property
    def pdf(self) -> str:
        """Name of its PDF below the batch's folder."""
        return str(PurePosixPath(self.name).with_suffix(".pdf"))


def pdf_of(ending: Ending, sheet: Sheet) -> str:
    """Digest of the PDF that stands and was made of this very document; empty for none."""
    known = ending.record.known(sheet.pdf, sheet.digest)
    with suppress(OSError):
        found = digest_of(str(ending.out / sheet.pdf)) if known else ""
        return found if found in known else ""
    return ""


def make_pdfs_of(
    ending: Ending, sheets: Sequence[Sheet], office: str | None, progress: Callable[[int, int], None]
) -> tuple[list[Placed], list[Problem]]:
    """Make the PDFs that are not there yet; a document that cannot be converted stops only itself.

    ``progress`` is told how many are through, and of how many. Without a LibreOffice that works nothing further is made.
    """
    waiting = [sheet for sheet in sheets if not pdf_of(ending, sheet)]
    placed: list[Placed] = []
    problems: list[Problem] = []
    through, rest = 0, iter(waiting)
    progress(0, len(waiting))
    while chunk := list(islice(rest, CHUNK)):
        kept = [one for one in (_in_the_way(ending, sheet) for sheet in chunk) if one]
        taken, placed = {one.path for one in kept}, [*placed, *kept]
        free = [sheet for sheet in chunk if str(ending.out / sheet.pdf) not in taken]
        try:
            made, failed = _converted(ending, free, office)
        except Refused as refused:
            return placed, [*problems, *refused.problems]
        placed += _put(ending, made)
        problems += failed
        through += len(chunk)
        progress(through, len(waiting))
    return placed, problems


def _in_the_way(ending: Ending, sheet: Sheet) -> Placed | None:
    """Somebody's file where a PDF is to go: nothing is converted for it."""
    path = str(ending.out / sheet.pdf)
    standing = look(path, b"", ending.record.ours(sheet.pdf))
    if will_stand(standing, ending.overwrite) or standing[1] is None:
        return None
    return Placed(path, "kept", problems=(standing[1],))


def _converted(
    ending: Ending, sheets: Iterable[Sheet], office: str | None
) -> tuple[list[tuple[Sheet, bytes]], list[Problem]]:
    contents: dict[str, bytes] = {}
    problems: list[Problem] = []
    for sheet in sheets:
        path = ending.out / sheet.name
        try:
            contents[str(path)] = read_file(path)
        except Refused as refused:  # gone since it was written
            problems += refused.problems
    if not contents:
        return [], problems
    pdfs, failed = make_many_pdfs(contents, office)
    digests = {path: hashlib.sha256(content).hexdigest() for path, content in contents.items()}
    names = {path: Path(path).relative_to(ending.out).as_posix() for path in contents}
    made = [(Sheet(names[path], digests[path]), pdf) for path, pdf in pdfs.items()]
    return made, [*problems, *failed]


def _put(ending: Ending, made: Sequence[tuple[Sheet, bytes]]) -> Iterator[Placed]:
    """Known first, then moved into place."""
    occupants: list[Occupant] = []
    for sheet, content in made:
        occupants.append(look(str(ending.out / sheet.pdf), content, ending.record.ours(sheet.pdf)))
        if will_stand(occupants[-1], ending.overwrite):
            ending.record.add(sheet.pdf, hashlib.sha256(content).hexdigest(), sheet.digest)
    if made:
        write_record(ending.out, ending.record)
    for (sheet, content), standing in zip(made, occupants, strict=True):
        yield put(str(ending.out / sheet.pdf), content, standing, overwrite=ending.overwrite)
