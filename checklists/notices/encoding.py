"""From the bytes of a notice to its characters: which encoding, and nothing in it that no paper can show."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from checklists.problems import Position, Refused, problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; UTF-32's begins with UTF-16's and is looked for first."""
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""Joiners, marks of direction, soft hyphens: nobody sees them, and a quote with one is not found."""
_NOT_PRINTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff\U000f0000-\U0010ffff]"
)
"""Controls, private use, non-characters, and the sign that an earlier program put for what it could not read."""


def decoded(content: bytes, path: Path, charset: str = "") -> str:
    """The characters of a text file: by its byte order mark, else UTF-8, else ``charset``, else GB18030.

    A file of Chinese in UTF-8 with a few broken bytes also "decodes" as GB18030, into other characters: it is refused.
    Raises Refused with the line of the first byte that cannot be read.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding, path).removeprefix("\ufeff")
    if b"\x00" in content:
        raise _unreadable(content, content.index(b"\x00"), path)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as failure:
        if _mostly_utf8(content):
            raise _unreadable(content, failure.start, path) from failure
    return _strictly(content, charset or "gb18030", path)


def _strictly(content: bytes, encoding: str, path: Path) -> str:
    try:
        return content.decode(encoding)
    except UnicodeError as failure:
        raise _unreadable(content, getattr(failure, "start", 0), path) from failure


def _mostly_utf8(content: bytes) -> bool:
    """More characters beyond ASCII that read well than places that do not."""
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return sum(not char.isascii() for char in text) - broken > broken


def _unreadable(content: bytes, position: int, path: Path) -> Refused:
    line = content.count(b"\n", 0, position) + 1
    return Refused([problem("import-encoding", Position(str(path), line), byte=position + 1)])


def cleaned(text: str, path: Path, *, lines_stand: bool = False) -> str:
    """Every kind of line end as one, what nobody sees left out.

    With ``lines_stand`` a line of the text is a line of the file. Raises Refused for a character that no paper can
    show: it stands for one that was lost.
    """
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text.rstrip("\x1a")))
    if found := _NOT_PRINTED.search(text):
        line = text.count("\n", 0, found.start()) + 1 if lines_stand else None
        before = "".join(text[: found.start()].split())[-12:] or "文首"
        char = f"U+{ord(found[0]):04X}"
        raise Refused([problem("import-char", Position(str(path), line), char=char, before=before)])
    return text


def spaced(paragraphs: list[str]) -> str:
    """The paragraphs as a seed holds them: one a line, a blank line after each, no blanks at the ends or in rows."""
    told = [" ".join(text.split()) for text in paragraphs]
    return "\n\n".join(text for text in told if text) + "\n"
