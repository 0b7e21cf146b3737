"""Read a text file that a person wrote: of bounded size, with any ends of lines, in an encoding that can be told.

What the program itself goes on writing or compares by its bytes (rules, notices, their logs) must be UTF-8. A file that
only comes in (a roster, a notice to import) may be in any encoding that Windows or Excel saves Chinese in.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from checklists.files.writing import why
from checklists.problems import Position, Problem, problem

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""UTF-32's begins with UTF-16's and is looked for first."""
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF_16_WORDS = "多半是 UTF-16，记事本里叫 Unicode"
_MEGABYTE = 1_000_000


def read_text(path: Path, most: int, *, any_encoding: bool = False) -> tuple[str, list[Problem]]:
    """The text with \\n for every end of line, or what is wrong with the file; at most ``most`` bytes are read.

    ``any_encoding``: see :func:`decoded`; otherwise only UTF-8 is read.
    """
    position = Position(str(path))
    content, problems = _content(path, most, position)
    if problems:
        return "", problems
    try:
        text = decoded(content) if any_encoding else content.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        return "", [problem("file-not-utf8", position, what=_encoding(content, failure.start))]
    if text.count("\0") > len(text) // 8:
        return "", [problem("file-not-utf8", position, what=_UTF_16_WORDS)]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def _content(path: Path, most: int, position: Position) -> tuple[bytes, list[Problem]]:
    try:
        if path.exists() and not path.is_file():
            return b"", [problem("file-unreadable", position, why="这不是文件，是文件夹、管道或设备")]
        with path.open("rb") as opened:
            content = opened.read(most + 1)
            size = path.stat().st_size
    except FileNotFoundError:
        return b"", [problem("file-missing", position)]
    except OSError as failure:
        return b"", [problem("file-unreadable", position, why=why(failure))]
    if len(content) > most:
        count = f"{max(size, most + 1) / _MEGABYTE:.1f}"
        return b"", [problem("text-too-large", position, count=count, most=most // _MEGABYTE)]
    return content, []


def decoded(content: bytes, charset: str = "") -> str:
    """The characters of a text: by its byte order mark, else UTF-8, else ``charset``, else GB18030.

    A text of Chinese in UTF-8 with a few broken bytes also "decodes" as GB18030, into other characters: it is refused.
    Raises UnicodeDecodeError that tells the first byte that cannot be read.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding)
    if (zero := content.find(b"\0")) >= 0:
        raise UnicodeDecodeError("utf-8", content, zero, zero + 1, "no text has such a byte")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        if _mostly_utf8(content):
            raise
    return content.decode(charset or "gb18030")


def _mostly_utf8(content: bytes) -> bool:
    """More characters beyond ASCII that read well than places that do not."""
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return sum(not char.isascii() for char in text) - broken > broken


def _encoding(content: bytes, unreadable: int) -> str:
    """What the file seems to be, in words; its byte ``unreadable`` (from 0) is none of UTF-8."""
    if content.startswith(_UTF_16) or content.count(b"\0") > len(content) // 8:
        return _UTF_16_WORDS
    if _mostly_utf8(content):
        return f"第 {unreadable + 1} 个字节读不出，其余多半是 UTF-8：文件坏了"
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return "也不是 GB18030"
    return "多半是 GBK 或 GB18030，记事本里叫 ANSI"
