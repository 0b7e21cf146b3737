"""Zip packages of XML, for Word and Excel alike: a plate is made once, each enterprise is stamped into its copy.

A part is cut at its fields. Each stretch between two fields is deflated once, ending on a byte boundary (a full
flush), so that a stamped part is those stretches with the fields' text between them as stored blocks: no document is
compressed anew. The CRC of the whole follows from the stretches' CRCs, because appending ``n`` bytes to a message
multiplies its CRC register by x^8n modulo the CRC-32 polynomial, a linear map that four tables apply at once.

Formats: RFC 1951 (deflate), APPNOTE.TXT (zip). Same plate and same values give the same bytes: parts in order,
fixed times, no extra fields.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from array import array
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from checklists.documents.fields import FIRM_XML, MARK, chosen
from checklists.files.package import read_parts as read_parts

_TIME, _DATE = 0, 0x21  # midnight of 1 January 1980, the first moment a zip can tell
_LOCAL = struct.Struct("<IHHHHHIIIHH")
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHI")
_OFFSET = struct.Struct("<I")
_END = struct.Struct("<IHHHHIIH")
_BLOCK = struct.Struct("<BHH")
_VERSION, _UTF8_NAMES, _DEFLATED = 20, 0x800, 8
_STORED_MOST = 0xFFFF
_LAST_BLOCK = b"\x03\x00"  # an empty final block with fixed codes
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


Shift = tuple["array[int]", "array[int]", "array[int]", "array[int]"]
"""What a CRC becomes over so many further bytes: a table of 256 for each byte of the register, lowest first."""


class Piece(NamedTuple):
    """A stretch of ready XML, and the field that follows it (empty after the last)."""

    deflated: bytes
    crc: int
    shift: Shift
    field: str


@dataclass(frozen=True)
class Part:
    """A part of the package with its fields open; lengths and CRC are those of its stretches."""

    name: bytes
    pieces: tuple[Piece, ...]
    length: int
    size: int
    ready: bytes
    """For a part without fields the whole entry …"""
    listed: bytes
    """… and the head of its line in the directory."""


@dataclass(frozen=True)
class Plate:
    """A filled package with its fields open."""

    parts: tuple[Part, ...] = field(repr=False)
    choices: tuple[str, ...] = ()
    """Fields that print one of two numbers by whether another is empty."""


def make_plate(parts: Mapping[str, bytes]) -> Plate:
    """Cut every part at its marks and deflate what lies between."""
    made = tuple(_part(name.encode(), content) for name, content in parts.items())
    names = {piece.field for part in made for piece in part.pieces}
    return Plate(made, tuple(sorted(name for name in names if "?" in name)))


def _part(name: bytes, content: bytes) -> Part:
    texts = _cut(content)
    stretches = texts[0::2]
    pieces = tuple(
        Piece(*_packed(raw), _shift(len(raw)), told.decode())
        for raw, told in zip(stretches, [*texts[1::2], b""], strict=True)
    )
    length = sum(map(len, stretches))
    size = sum(len(piece.deflated) for piece in pieces) + len(_LAST_BLOCK)
    if len(pieces) > 1:
        return Part(name, pieces, length, size, b"", b"")
    local, listed = _heads(name, pieces[0].crc, size, length)
    return Part(name, pieces, length, size, local + pieces[0].deflated + _LAST_BLOCK, listed)


def _cut(content: bytes) -> list[bytes]:
    """Static, field, static, field … static."""
    try:
        pieces = MARK.split(content.decode("utf-8"))
    except UnicodeDecodeError:  # a picture
        return [content]
    return [piece.encode() for piece in pieces]


_LONG, _MOST = 10_000, 200
_known: OrderedDict[bytes, tuple[bytes, int]] = OrderedDict()
"""Long stretches deflated last, by their digest: different lists share a ledger, a theme, styles."""


def _packed(raw: bytes) -> tuple[bytes, int]:
    """A stretch deflated, and its CRC."""
    if len(raw) < _LONG:
        return _deflated(raw), zlib.crc32(raw)
    key = hashlib.sha256(raw).digest()
    if key not in _known:
        _known[key] = _deflated(raw), zlib.crc32(raw)
        if len(_known) > _MOST:
            _known.popitem(last=False)
    _known.move_to_end(key)
    return _known[key]


def _deflated(raw: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(raw) + packer.flush(zlib.Z_FULL_FLUSH) if raw else b""


def _heads(name: bytes, crc: int, size: int, length: int) -> tuple[bytes, bytes]:
    """What stands before an entry's data, and its line in the directory up to where the entry begins."""
    common = (_VERSION, _UTF8_NAMES, _DEFLATED, _TIME, _DATE, crc, size, length, len(name), 0)
    return _LOCAL.pack(0x04034B50, *common) + name, _CENTRAL.pack(0x02014B50, _VERSION, *common, 0, 0, 0, 0)


# ---------------------------------------------------------------- stamping


def stamp(plate: Plate, values: Mapping[str, str]) -> bytes:
    """The package with each field's text, escaped for XML, in its place; FIRM_XML is XML and stands as it is."""
    told = {name: _field_text(text, name == FIRM_XML) for name, text in values.items()}
    told |= {told_by: _field_text(chosen(told_by, values), False) for told_by in plate.choices}
    written: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for part in plate.parts:
        begins = _OFFSET.pack(offset)
        if part.ready:
            written.append(part.ready)
            offset += len(part.ready)
            listed = part.listed
        else:
            data, size, length, crc = _filled(part, told)
            local, listed = _heads(part.name, crc, size, length)
            written.append(local)
            written += data
            offset += len(local) + size
        directory += (listed, begins, part.name)
    end = b"".join(directory)
    count = len(plate.parts)
    return b"".join((*written, end, _END.pack(0x06054B50, 0, 0, count, count, len(end), offset, 0)))


@lru_cache(maxsize=64)
def _field_text(text: str, is_xml: bool) -> tuple[bytes, bytes, int]:
    """A field's text as XML, the same as stored blocks of at most 65 535 bytes each, and the blocks' size.

    The deflate stream is on a byte boundary before and after.
    """
    escaped = (text if is_xml else text.translate(_ESCAPES)).encode()
    blocks = b""
    for start in range(0, len(escaped), _STORED_MOST):
        piece = escaped[start : start + _STORED_MOST]
        blocks += _BLOCK.pack(0, len(piece), len(piece) ^ 0xFFFF) + piece
    return escaped, blocks, len(blocks)


def _filled(part: Part, told: Mapping[str, tuple[bytes, bytes, int]]) -> tuple[list[bytes], int, int, int]:
    """Deflated pieces of a part with its fields, their size, the raw length and CRC-32."""
    data: list[bytes] = []
    length, size, crc = part.length, part.size, 0
    for deflated, own, (first, second, third, fourth), name in part.pieces:
        crc = first[crc & 255] ^ second[crc >> 8 & 255] ^ third[crc >> 16 & 255] ^ fourth[crc >> 24] ^ own
        data.append(deflated)
        if name:
            text, blocks, more = told[name]
            crc = zlib.crc32(text, crc)
            length += len(text)
            size += more
            data.append(blocks)
    data.append(_LAST_BLOCK)
    return data, size, length, crc


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
def _shift(length: int) -> Shift:
    """The map that carries a CRC over ``length`` further bytes."""
    columns = [0] * 32
    value = _x_to_the(8 * length)
    for bit in range(31, -1, -1):
        columns[bit] = value
        value = _times_x(value)
    first, second, third, fourth = (_byte_table(columns[start : start + 8]) for start in (0, 8, 16, 24))
    return first, second, third, fourth


def _byte_table(columns: list[int]) -> array[int]:
    table = [0]
    for column in columns:
        table += [entry ^ column for entry in table]
    return array("I", table)
