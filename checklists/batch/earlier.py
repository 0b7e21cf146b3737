"""What earlier batches left in a folder: whose folder is which, and which bytes were written there on this day."""

from __future__ import annotations

import datetime
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checklists.batch.journal import batch_digits, written_before
from checklists.batch.kinds import KINDS
from checklists.batch.manifest import (
    EARLIER,
    GONE,
    HEADS,
    JSON_NAME,
    given_out,
    head_of,
    lines_of,
    papers_of,
    said_of,
)
from checklists.documents.filenames import asked_of, identity_of, identity_of_code, known_code
from checklists.files.writing import is_link, safe_name
from checklists.models import Enterprise

_IDENTITY = re.compile(r"[0-9a-f]{12}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_FOLDER = re.compile(r"[^./\\:\x00-\x1f][^/\\:\x00-\x1f]*/[^./\\:\x00-\x1f][^/\\:\x00-\x1f]*")
"""As :func:`checklists.documents.filenames.folder_name` gives it: nothing that leads out of the batch's folder."""
_COMPARED = 6
"""Manifests of rosters of other names that are looked at for this roster's earlier state."""


@dataclass
class Earlier:
    """Kept small: a province has half a million enterprises."""

    folders: dict[int, bytes] = field(default_factory=dict)
    """Identity -> the folder it had last."""
    by_code: dict[str, int] = field(default_factory=dict)
    """Code -> identity, of enterprises that had a folder before they had the code."""
    with_code: dict[int, str] = field(default_factory=dict)
    """The same the other way round."""
    written: dict[int, bytes] = field(default_factory=dict)
    """Key of a file (:func:`file_key`) -> SHA-256 digests of what was written there, 32 bytes each."""
    elsewhere: dict[int, bytes] = field(default_factory=dict)
    """The same of batches of other rosters: one digest each, the last."""
    manifests: list[tuple[Path, dict[str, Any]]] = field(default_factory=list)
    """Those that stand in the folder with what they say of their batch, the newest first."""

    def identity(self, enterprise: Enterprise) -> str:
        """Who an enterprise is; one that has gained a code stays who it was without."""
        own = identity_of(enterprise, enterprise.place)
        if not self.folders or int(own, 16) in self.folders:
            return own
        code = known_code(enterprise.code)
        if not code:
            return own
        if code in self.by_code:
            return f"{self.by_code[code]:012x}"
        bare = identity_of(enterprise.model_copy(update={"code": ""}), enterprise.place)
        key = int(bare, 16)
        return bare if key in self.folders and key not in self.with_code else own

    def folder(self, identity: str) -> str:
        """The folder it had last; empty for a new one."""
        return self.folders.get(int(identity, 16), b"").decode()

    def digests(self, folder: str, asked: str, kinds: tuple[str, ...] = KINDS) -> tuple[tuple[str, ...], ...]:
        """By which the documents of this day are known as ours, in the order of ``kinds``.

        ``asked``: see :func:`file_key`.
        """
        if not self.written:
            return ((),) * len(kinds)
        packed = (self.written.get(file_key(folder, asked, kind), b"") for kind in kinds)
        return tuple(tuple(one[at : at + 32].hex() for at in range(0, len(one), 32)) for one in packed)

    def elsewhere_digests(self, folder: str, asked: str, kinds: tuple[str, ...] = KINDS) -> tuple[str, ...]:
        """What another roster's batch of this day says that it wrote of the same; mostly nothing."""
        if not self.elsewhere:
            return ()
        keys = (file_key(folder, asked, kind) for kind in kinds)
        return tuple(self.elsewhere.get(key, b"").hex() for key in keys)


def file_key(folder: str, asked: str, kind: str) -> int:
    """64 bits for one document of one enterprise on one day.

    ``asked``: who it is and what was asked for (:func:`checklists.documents.filenames.asked_of`).
    """
    told = "\n".join((folder.casefold(), asked, kind))
    return int.from_bytes(hashlib.blake2b(told.encode(), digest_size=8).digest(), "big")


def manifest_stem(roster: str, on: datetime.date, department: str | None) -> str:
    """manifest_2026-11-22_名录_3f9a2c: a manifest a day, a roster and a department."""
    name = safe_name(Path(roster).stem, "名录", room=90)
    return f"manifest_{on.isoformat()}_{name}_{batch_digits(roster, department)}"


def read_earlier(out: Path, on: datetime.date, own: str) -> Earlier:
    """Take in all manifests of a folder that is held, and what unfinished batches of the day have written.

    ``own`` is the stem of this batch's manifest (:func:`manifest_stem`).
    """
    earlier = Earlier()
    earlier.manifests = _manifests(out, own)
    for path, about in earlier.manifests:
        today = about["on"] == on.isoformat()
        elsewhere = earlier.elsewhere if about.get("digits") != own.rpartition("_")[2] else None
        for line in lines_of(path):
            if not _take(line, earlier) or not today:
                continue
            for key, digest in _files(line, str(about.get("department", ""))):
                _add_digest(earlier.written, key, digest)
                if elsewhere is not None:
                    elsewhere[key] = bytes.fromhex(digest)
    for number, digest in written_before(out, on):
        if number.isdecimal() and len(number) < 21 and _DIGEST.fullmatch(digest):
            _add_digest(earlier.written, int(number), digest)
    return earlier


def _manifests(out: Path, own: str) -> list[tuple[Path, dict[str, Any]]]:
    """With what they say of their batch; this batch's own first, then the newest day first.

    manifest.json says what one with a day says, and is read only when that has gone.
    """
    paths = [path for path in out.glob("manifest_*.json") if not is_link(os.lstat(path))]
    found = [(path, about) for path in paths if (about := head_of(path))]
    found.sort(key=lambda one: (one[0].stem == own, one[1]["on"], one[0].name), reverse=True)
    newest = out / JSON_NAME
    about = head_of(newest)
    stem = "_".join(["manifest", str(about.get("on")), "*", str(about.get("digits"))])
    if about and not any(path.match(f"{stem}.json") for path, _ in found):
        found.append((newest, about))
    return found


def _take(line: dict[str, Any], earlier: Earlier) -> bool:
    """Whose folder a line says is which; False for a line of no enterprise."""
    identity, folder, code = (str(line.get(name, "")) for name in ("identity", "folder", "code"))
    if not (_IDENTITY.fullmatch(identity) and _FOLDER.fullmatch(folder)):
        return False
    key = int(identity, 16)
    earlier.folders.setdefault(key, folder.encode())
    if (known := known_code(code)) and identity != identity_of_code(known):
        earlier.by_code.setdefault(known, key)
        earlier.with_code.setdefault(key, known)
    return True


def _files(line: dict[str, Any], department: str) -> Iterator[tuple[int, str]]:
    """Key and digest of the documents of an enterprise's line."""
    asked = asked_of(str(line["identity"]), department, number=str(line.get("document_number", "")))
    usual = ((kind, str(line.get(f"{kind}_sha256", ""))) for kind in KINDS)
    for kind, digest in (*usual, *((title, digest) for title, _, digest in papers_of(line))):
        if _DIGEST.fullmatch(digest):
            yield file_key(str(line["folder"]), asked, kind), digest


def _add_digest(written: dict[int, bytes], key: int, digest: str) -> None:
    packed = bytes.fromhex(digest)
    before = written.get(key, b"")
    if packed not in [before[at : at + 32] for at in range(0, len(before), 32)]:
        written[key] = before + packed


# ---------------------------------------------------------------- enterprises that the roster has no more


@dataclass
class Passed:
    """What is kept of the enterprises of a batch, by identity, to compare them with an earlier manifest."""

    met: dict[int, int] = field(default_factory=dict)
    """See :mod:`checklists.roster.same`."""
    given_out: dict[int, int] = field(default_factory=dict)
    """Hashes of :func:`given_out`, where the batch has a manifest of the day already."""
    said: dict[int, int] = field(default_factory=dict)
    """Hashes of :func:`said_of`, where there is any earlier manifest."""
    again: bool = False
    before: bool = False
    since: str = ""
    """Name of the manifest that was compared."""
    changed: list[str] = field(default_factory=list)
    """Folders of those that are other there."""
    new: int = 0
    """How many are not there."""

    def take(self, identity: str, given_out: str, said: str) -> None:
        """Take in a row for which something was made."""
        if self.again:
            self.given_out[int(identity, 16)] = hash(given_out)
        if self.before:
            self.said[int(identity, 16)] = hash(said)

    def compare(self, key: int, line: dict[str, Any]) -> None:
        """Note an enterprise that is met again; what was not made now is told elsewhere."""
        said = self.said.pop(key, None)
        if said is not None and said != hash(said_of(line)):
            self.changed.append(str(line["folder"]))


def left_over(
    out: Path, roster: str, own: str, earlier: Earlier, passed: Passed
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Lines of an earlier manifest that this batch does not renew; with the manifest's name those of enterprises gone.

    Gone is one that this roster has not and whose folder still stands. Compared is this batch's own manifest of the
    day, if there is one; else the newest of a roster of the same name; else the newest of which more than half of the
    enterprises are met again: rosters of other enterprises may go to the same folder, and are not compared. Of its own
    manifest it keeps what was given out and is another now. ``passed`` is told what is other and what is new.
    """
    met = passed.met
    compared = _compared(roster, own, earlier, met)
    if compared is None:
        return
    is_own, passed.since = compared.stem == own, compared.name
    for line in lines_of(compared):
        identity, folder = str(line.get("identity", "")), str(line.get("folder", ""))
        if not (_IDENTITY.fullmatch(identity) and _FOLDER.fullmatch(folder)):
            continue
        key, result = int(identity, 16), line.get("result")
        if key in met or result == EARLIER:
            given = given_out(line)
            if result != EARLIER:
                passed.compare(key, line)
            if is_own and given and hash(given) != passed.given_out.get(key):
                yield "", _plain(line)
        elif (is_own or result != GONE) and (out / folder).is_dir():
            yield compared.name, _plain(line)
    passed.new = len(passed.said)


def _plain(line: dict[str, Any]) -> dict[str, Any]:
    """A line with nothing in it but what a manifest has: somebody may have written into it."""
    texts = {name: line[name] for name in HEADS if isinstance(line.get(name), str | int)}
    types = line.get("types")
    papers = {title: {"file": name, "sha256": digest} for title, name, digest in papers_of(line)}
    return {
        **texts,
        "types": [str(one) for one in types] if isinstance(types, list) else [],
        "papers": papers,
    }


def _compared(roster: str, own: str, earlier: Earlier, met: Mapping[int, object]) -> Path | None:
    paths = [path for path, _ in earlier.manifests]
    same_name = [path for path, about in earlier.manifests if about.get("roster") == roster]
    for path in (*(path for path in paths if path.stem == own), *same_name):
        return path
    return next((path for path in paths[:_COMPARED] if _mostly_met(path, met)), None)


def _mostly_met(path: Path, met: Mapping[int, object]) -> bool:
    identities = [
        str(line.get("identity", "")) for line in lines_of(path) if line.get("result") not in (GONE, EARLIER)
    ]
    known = [int(identity, 16) in met for identity in identities if _IDENTITY.fullmatch(identity)]
    return 2 * sum(known) > len(known)
