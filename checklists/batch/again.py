"""The same batch run again, with nothing changed: known by what went in and by what stands there, it is not made anew.

What went in: roster, rules, notices, templates, options and the program itself. What stands there: every file with the
size and the time that it had when the batch ended; where only the time differs, with its content. That is kept in the
user's own cache folder; without one, or after a batch of which there is anything to tell, the batch is simply run.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from checklists.batch.earlier import KINDS
from checklists.batch.finish import made_files
from checklists.batch.journal import unfinished
from checklists.batch.manifest import lines_of
from checklists.files.digests import contents_of, sources_of
from checklists.files.guard import digest_of
from checklists.files.kept import keep, kept

_KIND = "batch-"


def batch_key(roster: Path, out: Path, templates: Path, told: Mapping[str, Any]) -> str:
    """What goes into a batch, as a name; empty where not all of it can be told. ``told``: beside the files."""
    digest = hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode("utf-8", "surrogatepass"))
    try:
        for name, content in (*contents_of(templates), ("roster", roster.read_bytes()), *sources_of()):
            digest.update(f"{len(name)}:{name}:{len(content)}\n".encode("utf-8", "surrogateescape"))
            digest.update(content)
        digest.update(os.fsencode(f"{out.resolve()}\n{roster.name}"))
    except (OSError, ValueError):
        return ""
    return digest.hexdigest()


def remember(key: str, out: Path, manifest: Path, others: list[str], about: Mapping[str, Any]) -> None:
    """Keep what a finished batch left behind. ``manifest``: of the day, ``others``: files beside the documents."""
    known = {name: digest for line in lines_of(manifest) for name, digest in _made(out, line)}
    try:
        files = [(name, *_state(f"{out}/{name}"), digest) for name, digest in known.items()]
        files += [(name, *_state(f"{out}/{name}"), digest_of(f"{out}/{name}")) for name in others]
    except OSError:
        return
    keep(f"{_KIND}{key}.json", json.dumps({**about, "files": files}).encode(), kind=_KIND)


def _made(out: Path, line: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Documents of a line, and the digest of each."""
    digests = {f"{line.get('folder')}/{line.get(kind)}": line.get(f"{kind}_sha256", "") for kind in KINDS}
    return ((name, str(digests[name])) for name in made_files(out, line))


def remembered(key: str, out: Path, digits: str) -> dict[str, Any] | None:
    """What was kept of the same batch, if everything it left behind still stands as it was; how many files are told."""
    content = kept(f"{_KIND}{key}.json") if key else None
    if content is None or unfinished(out, digits):
        return None
    about: Any = json.loads(content)
    files = about.pop("files")
    if not all(_stands(out / name, size, time, digest) for name, size, time, digest in files):
        return None
    return dict(about)


def _state(path: str) -> tuple[int, int]:
    """Size and time of a plain file. Raises OSError, also for anything else."""
    found = os.lstat(path)
    if not stat.S_ISREG(found.st_mode):
        raise FileNotFoundError(path)
    return found.st_size, found.st_mtime_ns


def _stands(path: Path, size: int, time: int, digest: str) -> bool:
    try:
        now = _state(str(path))
        return now == (size, time) or (now[0] == size and bool(digest) and digest_of(str(path)) == digest)
    except OSError:
        return False
