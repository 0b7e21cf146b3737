"""From the bytes of a notice to its characters: which encoding, and nothing in it that no paper can show."""

from __future__ import annotations

import re
from pathlib import Path

from checklists.files.text import decoded
from checklists.problems import Position, Refused, problem
from checklists.text import squeeze

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""Joiners, marks of direction, soft hyphens: nobody sees them, and a quote with one is not found."""
_NOT_PRINTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff\U000f0000-\U0010ffff]"
)
"""Controls, private use, non-characters, and the sign that an earlier program put for what it could not read."""


def notice_characters(content: bytes, path: Path, charset: str = "") -> str:
    """The characters of a notice's file, see :func:`decoded`; raises Refused with the line of the first unreadable byte."""
    try:
        return decoded(content, charset)
    except UnicodeDecodeError as failure:
        line = content.count(b"\n", 0, failure.start) + 1
        position = Position(str(path), line)
        raise Refused([problem("import-encoding", position, byte=failure.start + 1)]) from failure


def cleaned(text: str, path: Path, *, lines_stand: bool = False) -> str:
    """Every kind of line end as one, what nobody sees left out.

    With ``lines_stand`` a line of the text is a line of the file. Raises Refused for a character that no paper can
    show: it stands for one that was lost.
    """
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text.rstrip("\x1a")))
    if found := _NOT_PRINTED.search(text):
        line = text.count("\n", 0, found.start()) + 1 if lines_stand else None
        before = squeeze(text[: found.start()])[-12:] or "文首"
        char = f"U+{ord(found[0]):04X}"
        raise Refused([problem("import-char", Position(str(path), line), char=char, before=before)])
    return text


def spaced(paragraphs: list[str]) -> str:
    """The paragraphs as a seed holds them: one a line, a blank line after each, no blanks at the ends or in rows."""
    told = [" ".join(text.split()) for text in paragraphs]
    return "\n\n".join(text for text in told if text) + "\n"
