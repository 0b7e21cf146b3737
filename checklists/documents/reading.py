"""A document read back, whatever its format: parts, their lines, the texts of each line, and a digest over them.

What stands in a text beside letters is told by signs of the private-use area: hidden stretches, page numbers,
pictures, remarks. A document that says the same has the same lines with the same texts; the signs cannot be typed
(:func:`checklists.documents.fields.clean` and the readers drop them from what people wrote).
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from checklists.documents.fields import OPEN
from checklists.text import squeeze

HIDE, SHOW = "\ue010", "\ue011"
"""Round what is in the file and not seen."""
FIELD, NUMBERED, FORMULA = "\ue012", "\ue013", "\ue014"
"""Before the name of a field that the office program fills (PAGE); a number it puts before the line; a formula."""
SYMBOL, PICTURE, BOX, REMARK, REVISION, NOTE = "\ue015", "\ue016", "\ue017", "\ue018", "\ue019", "\ue01a"
"""A letter of a symbol face; a picture; a text box or shape; a remark; a tracked change; a foot- or endnote."""
SIGN_WORDS: dict[str, str] = {
    HIDE: "〔隐藏：",
    SHOW: "〕",
    FIELD: "〔域〕",
    NUMBERED: "〔自动编号〕",
    FORMULA: "",
    SYMBOL: "〔符号〕",
    PICTURE: "〔图片〕",
    BOX: "〔文本框或图形〕",
    REMARK: "〔批注〕",
    REVISION: "〔修订痕迹〕",
    NOTE: "〔脚注或尾注〕",
}
LINE = "＿"
"""A line to write on, whether it is typed so or is a stretch of underlined blanks."""
_SIGNS = re.compile("[\ue010-\ue01f]")


def plain(text: str) -> str:
    """A text of the file without the signs' own characters, which nobody can have typed in earnest."""
    return _SIGNS.sub("\ufffd", text) if _SIGNS.search(text) else text


def worded(text: str) -> str:
    """The text with its signs in words, for a message."""
    return "".join(SIGN_WORDS.get(char, char) for char in text)


@dataclass(frozen=True)
class ReadRow:
    """One row of a checklist as it stands in the file; wording is empty for a row that it only names."""

    id: str
    content: str
    standard: str
    code: str
    digest: str
    """Recomputed from the wording, or carried along where there is none."""
    noted: str | None = None
    """Digest that the file notes of a row whose wording it prints; None where it notes none of such rows."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, a row of a table, or a row of a sheet."""

    at: str
    """第3段, 第2个表格第5行, 17."""
    texts: Mapping[str, str]
    """Text by place in the line: "1", "2" … in Word, the column's letter on a sheet. Sheets leave out empty ones."""
    key: str = ""
    """What a row of a sheet is found by wherever it has been sorted to: the item's id."""
    open: frozenset[str] = frozenset()
    """Places that the file gives to whoever fills it in: unlocked cells."""
    hidden: bool = False
    head: bool = False
    """Whether it is the row of column heads that comes again on every page."""
    closed: frozenset[str] = frozenset()
    """Places that are empty and no room to write in."""


@dataclass(frozen=True, slots=True)
class Part:
    """The body, the head or foot of the pages, a sheet."""

    name: str
    lines: tuple[Line, ...]
    table: int | None = None
    """For a sheet with a table: how many lines stand before it. The lines of a table may be sorted."""
    hidden: frozenset[str] = frozenset()
    """Columns that are not seen."""
    visible: bool = True
    row: int = 0
    """For a sheet with a table: number of the table's first row."""


@dataclass(frozen=True)
class Printed:
    """All that a document prints, and what of it belongs to the file as a whole."""

    parts: tuple[Part, ...]
    settings: Mapping[str, str] = field(default_factory=dict)
    """What is no text but decides what is seen and counted: defined names, drop-downs, charts, by where they are."""


# ---------------------------------------------------------------- the digest

_NOT_FIXED = re.compile(f"[□＿{FORMULA}{OPEN}]")


def is_fixed(text: str) -> bool:
    """Whether a text is printed as it stands: no box to tick, no line to write on, no field of the enterprise."""
    return not (not text or text.isspace() or _NOT_FIXED.search(text))


def digest_in_order(texts: Iterable[str]) -> str:
    """First 32 hex digits of the SHA-256 over the texts, squeeze, a line each."""
    return hashlib.sha256("\n".join(map(squeeze, texts)).encode("utf-8", "replace")).hexdigest()[:32]


def packed(flags: Sequence[bool]) -> str:
    """Flags as short text: count, colon, base64 of their deflated bits."""
    bits = int("1" + "".join("1" if flag else "0" for flag in flags), 2)
    raw = bits.to_bytes((bits.bit_length() + 7) // 8, "big")
    return f"{len(flags)}:{base64.b64encode(zlib.compress(raw, 9)).decode()}"


def unpacked(text: str, most: int = 1_000_000) -> list[bool]:
    """What :func:`packed` wrote. Raises ValueError for anything else."""
    count, _, told = text.partition(":")
    try:
        opener = zlib.decompressobj()
        raw = opener.decompress(base64.b64decode(told, validate=True), most // 8 + 1)
    except zlib.error as failure:
        raise ValueError(str(failure)) from failure
    flags = [bit == "1" for bit in f"{int.from_bytes(raw, 'big'):b}"[1:]]
    if not raw or str(len(flags)) != count:
        raise ValueError(text)
    return flags
