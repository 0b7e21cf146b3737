"""Zips as no zip library writes them: directories that lie, parts that stand twice, sizes and sums that are wrong."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Any

Fields = dict[str, Any]
"""What a header says of a member: flag, method, crc, packed, size, offset, extra."""
Tamper = Callable[[int, Fields], None]
"""Changes what the directory says of member number so and so; -1 is the end record (count, size, offset)."""


def parts_of(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(
    parts: Mapping[str, bytes] | list[tuple[str, bytes]], tamper: Tamper = lambda number, told: None
) -> bytes:
    """A zip of the parts, its headers tampered with."""
    members = list(parts.items()) if isinstance(parts, Mapping) else parts
    out, central = io.BytesIO(), b""
    for number, (name, content) in enumerate(members):
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = packer.compress(content) + packer.flush()
        told: Fields = {"flag": 0x800, "method": 8, "crc": zlib.crc32(content), "packed": len(packed)}
        told |= {"size": len(content), "offset": out.tell(), "extra": b"", "name": name.encode()}
        tamper(number, told)
        common = (told["flag"], told["method"], 0, 0x21, told["crc"], told["packed"], told["size"])
        lengths = (len(told["name"]), len(told["extra"]))
        out.write(struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, *common, *lengths))
        out.write(told["name"] + told["extra"] + packed)
        central += struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, *common, *lengths, 0, 0, 0, 0, told["offset"]
        )
        central += told["name"] + told["extra"]
    end: Fields = {"count": len(members), "size": len(central), "offset": out.tell()}
    tamper(-1, end)
    out.write(central)
    out.write(
        struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, end["count"], end["count"], end["size"], end["offset"], 0)
    )
    return out.getvalue()


def tampered(number: int, **changes: Any) -> Tamper:
    """A tamper that changes one member, or with -1 the end."""

    def tamper(at: int, told: Fields) -> None:
        if at == number:
            told.update(changes)

    return tamper


def repacked(package: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The package with one part changed; the part has to be there and to be changed."""
    parts = parts_of(package)
    changed = change(parts[part])
    assert changed != parts[part], "nothing was changed"
    return zipped({**parts, part: changed})
