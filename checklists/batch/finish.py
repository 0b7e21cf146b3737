"""The end of a batch: its manifests and its zip moved into place, guarded like every file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checklists.batch.archive import zip_files
from checklists.batch.journal import end_batch, remove_journals
from checklists.batch.manifest import CSV_NAME, JSON_NAME, KEPT, MADE, Manifest, lines_of, papers_of
from checklists.files.guard import Placed, digest_of, look, put, will_stand
from checklists.files.record import Record, write_record
from checklists.files.writing import clear_part, unwritable
from checklists.problems import Position, Refused, problem

_ZIPPED = ("word", "appendix", "excel")
"""What is printed, and what stays with the enterprise behind it; then the workbook."""


@dataclass(frozen=True)
class Ending:
    """What is put beside the documents at the end."""

    out: Path
    stem: str
    """Of the day's manifest, see :func:`checklists.batch.earlier.manifest_stem`."""
    record: Record
    overwrite: bool


def put_manifests(ending: Ending, manifest: Manifest) -> list[Placed]:
    """The day's manifest, then the same as manifest.csv and manifest.json, which are always those of the newest run.

    Raises Refused when the disk is full.
    """
    parts = [(f"{ending.stem}.json", manifest.json_part), (f"{ending.stem}.csv", manifest.csv_part)]
    try:
        for name, part in list(parts):
            newest = part.with_name(part.name.replace(".part", "-newest.part"))
            clear_part(str(newest))
            shutil.copyfile(part, newest)
            parts.append((JSON_NAME if name.endswith(".json") else CSV_NAME, newest))
        return put_parts(ending, parts)
    except OSError as failure:
        raise unwritable(ending.out / JSON_NAME, failure) from failure


def put_parts(ending: Ending, parts: list[tuple[str, Path]], made_of: str = "") -> list[Placed]:
    """Files of the batch's folder, ready under temporary names: known first, then moved into place.

    ``made_of``: what the record tells beside them, so that they need not be made again of the same.
    """
    occupants = []
    for name, part in parts:
        occupants.append(look(str(ending.out / name), part, ending.record.ours(name)))
        if will_stand(occupants[-1], ending.overwrite):
            ending.record.add(name, digest_of(str(part)), made_of)
    write_record(ending.out, ending.record)
    return [
        put(str(ending.out / name), part, state, overwrite=ending.overwrite)
        for (name, part), state in zip(parts, occupants, strict=True)
    ]


def zip_beside(out: Path) -> Path:
    """Where the zip of a folder goes: 发放.zip beside 发放. Raises Refused for the top of a drive."""
    folder = out.resolve()
    if not folder.name:
        raise Refused([problem("batch-zip-root", Position(str(out)))], exit_code=2)
    return folder.with_name(f"{folder.name}.zip")


def put_zip(ending: Ending, manifest: Manifest, placed: list[Placed], more: Iterable[str] = ()) -> Placed:
    """A zip beside the batch's folder of all that this batch made; a file that was kept is not in it.

    ``placed``: what :func:`put_manifests` gave; ``more``: names of what was printed.
    """
    archive = zip_beside(ending.out)
    part = archive.with_name(f".checklists-{os.getpid()}.part")
    try:
        zip_files(ending.out, _zipped(ending.out, manifest, placed, more), part)
        try:
            name = f"../{archive.name}"
            occupant = look(str(archive), part, ending.record.known(name))
            if will_stand(occupant, ending.overwrite):
                ending.record.add(name, digest_of(str(part)))
                write_record(ending.out, ending.record)
            return put(str(archive), part, occupant, overwrite=ending.overwrite)
        finally:
            clear_part(str(part))
    except OSError as failure:
        return Placed(str(archive), "failed", problems=unwritable(archive, failure).problems)
    except Refused as refused:
        return Placed(str(archive), "failed", problems=refused.problems)


def _zipped(
    out: Path, manifest: Manifest, placed: list[Placed], more: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Names in the folder and in the zip: the documents made, what was printed of them, and one manifest."""
    day_json, day_csv, json, csv = placed
    listed = Path(day_json.path) if day_json.stands else manifest.json_part
    yield from ((name, name) for line in lines_of(listed) for name, _ in standing_files(out, line))
    yield from ((name, name) for name in more)
    for shown, files in ((CSV_NAME, (csv, day_csv)), (JSON_NAME, (json, day_json))):
        for one in files:
            if one.stands:
                yield Path(one.path).name, shown
                break


def files_of(line: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name below the batch's folder and digest of every document of a line, in the order in which they are printed."""
    if line["result"] not in (MADE, KEPT):
        return
    usual = ((line.get(kind), str(line.get(f"{kind}_sha256", ""))) for kind in _ZIPPED)
    papers = ((name, digest) for _, name, digest in papers_of(line))
    yield from ((f"{line['folder']}/{name}", digest) for name, digest in (*usual, *papers) if name)


def standing_files(out: Path, line: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Those that stand as made; of an enterprise with a file that was kept perhaps the others."""
    for name, digest in files_of(line):
        with suppress(OSError):
            if line["result"] == MADE or digest_of(str(out / name)) == digest:
                yield name, digest


def end_with(ending: Ending, journal: str, digits: str, day_manifest: Placed) -> None:
    """Say that the batch is finished; its journals stay when its manifest could not be put in place."""
    if day_manifest.stands:
        remove_journals(journal)
    end_batch(ending.out, digits)
