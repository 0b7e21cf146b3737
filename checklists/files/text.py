"""Read a text file that a person wrote: UTF-8, of bounded size, with any ends of lines."""

from __future__ import annotations

from pathlib import Path

from checklists.files.writing import why
from checklists.problems import Position, Problem, problem

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_UTF_16_WORDS = "多半是 UTF-16，记事本里叫 Unicode"
_MEGABYTE = 1_000_000


def read_text(path: Path, most: int) -> tuple[str, list[Problem]]:
    """The text with \\n for every end of line, or what is wrong with the file; at most ``most`` bytes are read."""
    place = Position(str(path))
    try:
        if path.exists() and not path.is_file():
            return "", [problem("file-unreadable", place, why="这不是文件，是文件夹、管道或设备")]
        with path.open("rb") as opened:
            content = opened.read(most + 1)
            size = path.stat().st_size
    except FileNotFoundError:
        return "", [problem("file-missing", place)]
    except OSError as failure:
        return "", [problem("file-unreadable", place, why=why(failure))]
    if len(content) > most:
        told = {"count": f"{max(size, most + 1) / _MEGABYTE:.1f}", "most": most // _MEGABYTE}
        return "", [problem("text-too-large", place, **told)]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "", [problem("file-not-utf8", place, what=_encoding(content))]
    if text.count("\0") > len(text) // 8:
        return "", [problem("file-not-utf8", place, what=_UTF_16_WORDS)]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def _encoding(content: bytes) -> str:
    """What the file seems to be, in words."""
    if content.startswith(_UTF_16) or content.count(b"\0") > len(content) // 8:
        return _UTF_16_WORDS
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return "也不是 GB18030"
    return "多半是 GBK 或 GB18030，记事本里叫 ANSI"
