"""What tells a checklist from every other: digests of its rows, its fingerprint, its serial."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable

from checklists.models import Enterprise


def serial_of(told: Enterprise, on: datetime.date, edition: str) -> str:
    """Day and a short hash of enterprise, types, facts and edition: 20261122-3f9a2c."""
    who = told.code or [told.name, told.place, told.address]
    parts = [who, list(told.types), sorted(told.facts.items()), edition]
    return f"{on:%Y%m%d}-{_sha(json.dumps(parts, ensure_ascii=False))[:6]}"


def row_digest(item_id: str, content: str, standard: str, code: str) -> str:
    """SHA-256 (hex) of a row's wording; what `verify` recomputes from a document."""
    return _sha("\n".join((item_id, content, standard, code)))


def fingerprint_of(digests: Iterable[str]) -> str:
    """First 12 hex digits of the SHA-256 over the rows' digests in order."""
    return _sha("\n".join(digests))[:12]


def grouped(fingerprint: str) -> str:
    """7f3a91c20b1d -> 7f3a-91c2-0b1d, as it is printed."""
    return "-".join(fingerprint[start : start + 4] for start in range(0, len(fingerprint), 4))


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
