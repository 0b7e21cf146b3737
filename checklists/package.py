"""Zip packages of XML, for Word and Excel alike: a plate holds the parts, a stamp fills the fields in.

Same plate and same values give the same bytes: parts in order, fixed times, no extra fields.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from checklists.fields import MARK

FIXED_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Plate:
    """A filled package: by part name its stretches; at odd places stand names of fields, at even places bytes."""

    parts: tuple[tuple[str, tuple[bytes | str, ...]], ...]


def make_plate(parts: Mapping[str, bytes]) -> Plate:
    """Cut every part at its marks."""
    return Plate(tuple((name, _stretches(content)) for name, content in parts.items()))


def _stretches(content: bytes) -> tuple[bytes | str, ...]:
    try:
        pieces = MARK.split(content.decode("utf-8"))
    except UnicodeDecodeError:  # a picture
        return (content,)
    return tuple(piece if index % 2 else piece.encode() for index, piece in enumerate(pieces))


def stamp(plate: Plate, values: Mapping[str, str]) -> bytes:
    """The package with each field's text, escaped for XML, in place of its mark."""
    told = {name: escape(text, {'"': "&quot;"}).encode() for name, text in values.items()}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, stretches in plate.parts:
            content = b"".join(told[piece] if isinstance(piece, str) else piece for piece in stretches)
            entry = zipfile.ZipInfo(name, FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    return written.getvalue()


def read_parts(package: bytes) -> dict[str, bytes]:
    """Parts of a zip package in order. Raises zipfile.BadZipFile when it is none."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {entry.filename: opened.read(entry) for entry in opened.infolist() if not entry.is_dir()}
