"""Zip packages of XML, for Word and Excel alike: a plate is made once, each enterprise is stamped into its copy.

A part is cut at its fields. Each stretch between two fields is deflated once, ending on a byte boundary (a full
flush), so that a stamped part is those stretches with the fields' text between them as stored blocks: no document is
compressed anew. The CRC of the whole follows from the stretches' CRCs, because appending ``n`` bytes to a message
multiplies its CRC register by x^8n modulo the CRC-32 polynomial, a linear map that one table applies byte by byte.

Formats: RFC 1951 (deflate), APPNOTE.TXT (zip). Same plate and same values give the same bytes: parts in order,
fixed times, no extra fields.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from checklists.fields import MARK

_TIME, _DATE = 0, 0x21  # midnight of 1 January 1980, the first moment a zip can tell
_LOCAL = struct.Struct("<IHHHHHIIIHH")
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
_END = struct.Struct("<IHHHHIIH")
_BLOCK = struct.Struct("<BHH")
_BLOCK = struct.Struct("<BHH")
_VERSION, _UTF8_NAMES, _DEFLATED = 20, 0x800, 8
_STORED_MOST = 0xFFFF
_LAST_BLOCK = b"\x03\x00"  # an empty final block with fixed codes
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


@dataclass(frozen=True)
class Stretch:
    """Ready XML between two fields: deflated bytes, raw length, CRC-32, and the map of a CRC over its length.

    The map has 1024 numbers: for each byte of the register, lowest first, what its 256 values become.
    """

    deflated: bytes
    length: int
    crc: int
    shift: Sequence[int]


@dataclass(frozen=True)
class Part:
    """A part of the package: static stretches with the field that follows each (empty after the last)."""

    name: bytes
    pieces: tuple[tuple[Stretch, str], ...]
    whole: bytes = b""
    """Deflated content of a part without fields."""


@dataclass(frozen=True)
class Plate:
    """A filled package with its fields open."""

    parts: tuple[Part, ...] = field(repr=False)


def make_plate(parts: Mapping[str, bytes]) -> Plate:
    """Cut every part at its marks and deflate what lies between."""
    return Plate(tuple(_part(name.encode(), content) for name, content in parts.items()))


def _part(name: bytes, content: bytes) -> Part:
    texts = _cut(content)
    pieces = tuple((_stretch(texts[at]), _field(texts, at + 1)) for at in range(0, len(texts), 2))
    whole = pieces[0][0].deflated + _LAST_BLOCK if len(pieces) == 1 else b""
    return Part(name, pieces, whole)


def _cut(content: bytes) -> list[bytes]:
    """Static, field, static, field … static."""
    try:
        pieces = MARK.split(content.decode("utf-8"))
    except UnicodeDecodeError:  # a picture
        return [content]
    return [piece.encode() for piece in pieces]


def _field(texts: list[bytes], at: int) -> str:
    return texts[at].decode() if at < len(texts) else ""


def _stretch(raw: bytes) -> Stretch:
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflated = packer.compress(raw) + packer.flush(zlib.Z_FULL_FLUSH) if raw else b""
    return Stretch(deflated, len(raw), zlib.crc32(raw), _shift_table(len(raw)))


# ---------------------------------------------------------------- stamping


def stamp(plate: Plate, values: Mapping[str, str]) -> bytes:
    """The package with each field's text, escaped for XML, in its place."""
    told = {name: _field_text(text) for name, text in values.items()}
    written: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for part in plate.parts:
        data, size, length, crc = _filled(part, told)
        common = (_VERSION, _UTF8_NAMES, _DEFLATED, _TIME, _DATE, crc, size, length, len(part.name), 0)
        written += (_LOCAL.pack(0x04034B50, *common), part.name, *data)
        directory += (_CENTRAL.pack(0x02014B50, _VERSION, *common, 0, 0, 0, 0, offset), part.name)
        offset += _LOCAL.size + len(part.name) + size
    listed = b"".join(directory)
    count = len(plate.parts)
    end = _END.pack(0x06054B50, 0, 0, count, count, len(listed), offset, 0)
    return b"".join((*written, listed, end))


def _field_text(text: str) -> tuple[bytes, bytes]:
    """A field's text as XML, and the same as stored blocks of at most 65 535 bytes each.

    The deflate stream is on a byte boundary before and after.
    """
    escaped = text.translate(_ESCAPES).encode()
    blocks = b""
    for start in range(0, len(escaped), _STORED_MOST):
        piece = escaped[start : start + _STORED_MOST]
        blocks += _BLOCK.pack(0, len(piece), len(piece) ^ 0xFFFF) + piece
    return escaped, blocks


def _filled(part: Part, told: Mapping[str, tuple[bytes, bytes]]) -> tuple[list[bytes], int, int, int]:
    """Deflated pieces of a part with its fields, their size, the raw length and CRC-32."""
    if part.whole:
        only = part.pieces[0][0]
        return [part.whole], len(part.whole), only.length, only.crc
    data: list[bytes] = []
    length = crc = 0
    for stretch, name in part.pieces:
        shift = stretch.shift
        crc = (
            shift[crc & 255]
            ^ shift[256 + (crc >> 8 & 255)]
            ^ shift[512 + (crc >> 16 & 255)]
            ^ shift[768 + (crc >> 24)]
            ^ stretch.crc
        )
        data.append(stretch.deflated)
        length += stretch.length
        if name:
            text, blocks = told[name]
            crc = zlib.crc32(text, crc)
            length += len(text)
            data.append(blocks)
    data.append(_LAST_BLOCK)
    return data, sum(map(len, data)), length, crc


# ---------------------------------------------------------------- CRC-32 of a message that grows


_POLYNOMIAL = 0xEDB88320  # CRC-32 with its bits reflected: bit 31 is x^0


def _times_x(value: int) -> int:
    return value >> 1 ^ _POLYNOMIAL if value & 1 else value >> 1


def _product(one: int, other: int) -> int:
    """Product of two polynomials modulo the CRC's."""
    total = 0
    for bit in range(31, -1, -1):
        if other >> bit & 1:
            total ^= one
        one = _times_x(one)
    return total


def _x_to_the(bits: int) -> int:
    """x^bits modulo the polynomial, by repeated squaring."""
    result, power = 1 << 31, 1 << 30
    while bits:
        if bits & 1:
            result = _product(power, result)
        power = _product(power, power)
        bits >>= 1
    return result


@lru_cache(maxsize=256)
def _shift_table(length: int) -> array[int]:
    """The map that carries a CRC over ``length`` further bytes."""
    columns = [0] * 32
    value = _x_to_the(8 * length)
    for bit in range(31, -1, -1):
        columns[bit] = value
        value = _times_x(value)
    table = array("I")
    for start in (0, 8, 16, 24):
        part = [0]
        for column in columns[start : start + 8]:
            part += [entry ^ column for entry in part]
        table.extend(part)
    return table


# ---------------------------------------------------------------- reading


def read_parts(package: bytes) -> dict[str, bytes]:
    """Parts of a zip package in order. Raises zipfile.BadZipFile when it is none."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {entry.filename: opened.read(entry) for entry in opened.infolist() if not entry.is_dir()}
