"""Names of documents and folders: who it is, where, what, which day, and six digits of who it is and what was asked.

A name depends on nothing else: not on what stands in the folder, nor on the other rows of a roster. So two enterprises,
two counties, two days, a whole list and one department's, or two 文书编号 never share a file, and one enterprise always
has its own.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from checklists.files.writing import safe_name
from checklists.models import Enterprise
from checklists.text import clean

DIGITS = 6
LONGEST = 200
"""Bytes of a file name: systems allow 255, and 旧件 adds the time."""
PLACE_BYTES = 80
"""Of the place within a file name: no county's needs so many, and the name keeps its room."""
_LIKE_A_CODE = re.compile(r"[0-9A-Z]{8,}")


def place_name(chain: Sequence[str]) -> str:
    """A place as it is printed in names, however it was written: 晋城市阳城县; 山西省 for the province itself."""
    return "".join(chain[1:]) or chain[0]


def identity_of(told: Enterprise, place: str) -> str:
    """12 hex digits of who an enterprise is: its code, and without one its name, ``place`` and address.

    ``place`` is what :func:`place_name` gives. What is too short for a code, or one letter throughout (「无」, 「/」,
    「0000」), tells nobody from anybody and is passed over.
    """
    if code := known_code(told.code):
        return identity_of_code(code)
    return digits_of([clean(told.name), place, clean(told.address)])


def identity_of_code(code: str) -> str:
    """The same for an enterprise of which the code, as :func:`known_code` gives it, is known."""
    return digits_of([code])


def known_code(code: str) -> str:
    """The code as it tells an enterprise from others: without blanks, in capital letters; empty when it cannot."""
    plain = "".join(unicodedata.normalize("NFKC", code).split()).upper()
    return plain if _LIKE_A_CODE.fullmatch(plain) and len(set(plain)) > 1 else ""


def asked_of(identity: str, department: str | None, types: Sequence[str] = (), number: str = "") -> str:
    """12 hex digits of who it is and what was asked for.

    One department's items only, a blank form of which ``types``, a paper under which 文书编号 (``number``).
    """
    numbered = ("文书编号", clean(number)) if clean(number) else ()
    if not department and not types and not numbered:
        return identity
    return digits_of([identity, department or "", *types, *numbered])


def document_name(who: str, place: str, document: str, on: datetime.date, asked: str) -> str:
    """某某饭店_晋城市阳城县_现场检查表_2026-11-22_3f9a2c.docx; at most 200 bytes."""
    middle, suffix, room = _ending(place, document, on)
    name = _safe(who)
    if len(name.encode()) > room:
        name = safe_name(who, room=room)
    return f"{name}{middle}{asked[:DIGITS]}{suffix}"


@lru_cache(maxsize=256)
def _ending(place: str, document: str, on: datetime.date) -> tuple[str, str, int]:
    """What stands between name and digits, what after them, and the bytes that are left for the name."""
    stem, dot, suffix = document.rpartition(".")
    middle = f"_{safe_name(place, room=PLACE_BYTES)}_{stem}_{on.isoformat()}_"
    return middle, f"{dot}{suffix}", LONGEST - DIGITS - len(f"{middle}{dot}{suffix}".encode())


@lru_cache(maxsize=256)
def _safe(text: str) -> str:
    return safe_name(text)


def folder_name(name: str, place: str, identity: str) -> str:
    """晋城市阳城县/某某饭店_3f9a2c: where a batch puts an enterprise's documents."""
    return f"{_safe(place)}/{_safe(name)}_{identity[:DIGITS]}"


def digits_of(parts: Sequence[str]) -> str:
    """12 hex digits (SHA-256) of some texts in order; accents composed, so that a text has one spelling."""
    told = unicodedata.normalize("NFC", "".join(f"{part}\0" for part in parts))
    return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()[:12]
