"""The bureau's own record of what it gave out: the manifest of a batch decides, however well a file agrees with itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checklists.documents.verify.reading import Claims
from checklists.files.writing import read_file
from checklists.problems import Position, Problem, Refused, problem

_DIGESTS = ("word_sha256", "excel_sha256", "appendix_sha256")
_IDENTITY = {
    "name": "单位名称",
    "code": "统一社会信用代码",
    "place": "所在地",
    "document_number": "文书编号",
    "edition": "规则版",
    "fingerprint": "指纹",
}
"""Key in the manifest -> what it is called."""


@dataclass(frozen=True)
class Record:
    """Lines of a manifest by serial."""

    file: str
    lines: Mapping[str, tuple[Mapping[str, Any], ...]]


def read_record(path: Path) -> Record:
    """Read manifest.json. Raises Refused when it is missing or is none."""
    try:
        told = json.loads(read_file(path).decode("utf-8-sig"))
        entries = [entry for entry in told["enterprises"] if isinstance(entry, dict) and entry.get("serial")]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refused([problem("verify-record-unreadable", Position(str(path)))]) from None
    lines: dict[str, tuple[Mapping[str, Any], ...]] = {}
    for entry in entries:
        serial = str(entry["serial"])
        lines[serial] = (*lines.get(serial, ()), entry)
    if not lines:
        raise Refused([problem("verify-record-unreadable", Position(str(path)))])
    return Record(str(path), lines)


def is_as_given_out(content: bytes, record: Record) -> bool:
    """Whether the record holds the digest of exactly this file."""
    digest = hashlib.sha256(content).hexdigest()
    return any(
        line.get(name) == digest for lines in record.lines.values() for line in lines for name in _DIGESTS
    )


def against_record(claims: Claims, record: Record, position: Position) -> Iterator[Problem]:
    """What the record says otherwise: no such serial, or another enterprise, edition or fingerprint under it."""
    lines = record.lines.get(claims.serial, ())
    if not lines:
        yield problem("verify-not-recorded", position, serial=claims.serial or "（无）", record=record.file)
        return
    differing = [list(_differences(claims, line)) for line in lines]
    for name, told, recorded in min(differing, key=len):
        yield problem(
            "verify-record-differs",
            position,
            field=name,
            told=told or "（空）",
            ruled=recorded or "（空）",
            record=record.file,
        )


def _differences(claims: Claims, line: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for key, name in _IDENTITY.items():
        told, recorded = str(getattr(claims, key)), str(line.get(key) or "")
        is_told = bool(told) or claims.format != "1"  # documents of before do not say code and place
        if key in line and is_told and _plain(told, key) != _plain(recorded, key):
            yield name, told, recorded


def _plain(text: str, key: str) -> str:
    """Without white space; a fingerprint without the hyphens it is printed with."""
    told = "".join(text.split())
    return told.replace("-", "") if key == "fingerprint" else told
