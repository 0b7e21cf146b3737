"""The text of a notice's file, .docx, .pdf, .html or .txt, and what of it could not be carried over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from checklists.files.writing import read_file, why
from checklists.notices.encoding import cleaned, notice_characters
from checklists.notices.html import html_page
from checklists.notices.losses import Losses, Source
from checklists.notices.pdf import pdf_source
from checklists.notices.rows import row_line
from checklists.notices.word import word_source
from checklists.problems import Position, Problem, Refused, problem

MOST_BYTES = 20_000_000
MOST_CHARACTERS, MOST_LINES = 300_000, 20_000
"""More than any notice: eighteen years of a province's together are 98,296 characters in 2,362 lines."""
_HEAD = 4096

_TO_WORD = "请用 Word 或 WPS 打开，另存为 .docx，与原文核对后再导入。"
_RECOGNISE = "图片里的字读不出：请先做文字识别，与原件核对后存为 .docx 或 .txt 再导入。"
_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "PDF", "请把扩展名改为 .pdf 再导入；扫描件要先做文字识别。"),
    (b"{\\rtf", "RTF 文件", _TO_WORD),
    (b"\x89PNG", "图片", _RECOGNISE),
    (b"\xff\xd8\xff", "图片", _RECOGNISE),
    (b"GIF8", "图片", _RECOGNISE),
    (b"II*\x00", "图片", _RECOGNISE),
    (b"MM\x00*", "图片", _RECOGNISE),
    (b"Rar!", "压缩文件", "请先解压。"),
    (b"7z\xbc\xaf", "压缩文件", "请先解压。"),
    (b"MIME-Version:", "单个文件网页", "请用浏览器打开，把正文复制到记事本，另存为 .txt 再导入。"),
    (b"<!doctype html", "网页", "请把扩展名改为 .html 再导入。"),
    (b"<html", "网页", "请把扩展名改为 .html 再导入。"),
)
"""How a file of another kind begins (capitals aside), what it is, what to do with it."""
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_OLE_KINDS = (
    ("EncryptedPackage", "加了密码的文件", "请在 Word 或 WPS 中打开，取消密码，另存为 .docx 后再导入。"),
    ("WordDocument", "旧版 Word 文件（.doc）", _TO_WORD),
)
_HTML = (".html", ".htm")
_FEW_TABS = 2


def text_of(path: Path) -> tuple[str, list[Problem]]:
    """Text of a notice and what could not be carried over, see :func:`source_of`."""
    source = source_of(path)
    return source.text, source.problems


def source_of(path: Path) -> Source:
    """Text of a notice, one paragraph or row a line, and what could not be carried over.

    Errors among the problems mean that words of the notice would be lost. Raises Refused for another kind of file,
    one that cannot be read, one without text.
    """
    head = _head(path)
    ending = path.suffix.lower()
    _expect_kind(ending, head, path)
    source = _read(path, ending)
    text, problems = source.text, source.problems
    if not text.strip():
        raise Refused([*problems, problem("import-empty", Position(str(path)))])
    if len(text) > MOST_CHARACTERS:
        raise Refused([problem("import-too-big", Position(str(path)), what="文字", most="30 万字")])
    if sum(map(bool, map(str.strip, text.split("\n")))) > MOST_LINES:
        raise Refused([problem("import-too-big", Position(str(path)), what="内容", most="2 万行")])
    return source if text.endswith("\n") else replace(source, text=f"{text}\n")


def of_standard_input(content: bytes, folder: Path) -> Path:
    """What came without a name as a file in ``folder``, its ending by what it is."""
    start = content[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    page = start.startswith((b"<!doctype html", b"<html")) or b"<body" in start
    ending = (
        ".docx"
        if content.startswith(_ZIP)
        else ".pdf"
        if content.startswith(b"%PDF")
        else ".html"
        if page
        else ".txt"
    )
    path = folder / f"标准输入{ending}"
    path.write_bytes(content)
    return path


def _read(path: Path, ending: str) -> Source:
    if ending == ".docx":
        return word_source(path)
    if ending == ".pdf":
        _refuse_big(path)
        return pdf_source(path)
    if ending in _HTML:
        return html_page(_content(path), path)
    text = cleaned(notice_characters(_content(path), path), path, lines_stand=True)
    return Source(_with_rows(text), [], Losses())


def _with_rows(text: str) -> str:
    """Rows copied from a table, their cells parted by tabs, as rows; a line of the text stays a line."""
    return "\n".join(
        row_line(line.split("\t")) if len(line.strip().split("\t")) > _FEW_TABS else line
        for line in text.split("\n")
    )


def _head(path: Path) -> bytes:
    """The first bytes of a regular file; raises Refused for anything else."""
    position = Position(str(path))
    try:
        if not path.exists():
            raise Refused([problem("file-missing", position)])
        if not path.is_file():
            what = "这是文件夹，不是文件" if path.is_dir() else "不是普通文件"
            raise Refused([problem("file-unreadable", position, why=what)])
        with path.open("rb") as opened:
            return opened.read(_HEAD)
    except OSError as failure:
        raise Refused([problem("file-unreadable", position, why=why(failure))]) from failure


def _content(path: Path) -> bytes:
    _refuse_big(path)
    return read_file(path)


def _refuse_big(path: Path) -> None:
    if path.stat().st_size > MOST_BYTES:
        raise Refused([problem("import-too-big", Position(str(path)), what="文件", most="20 MB")])


def _expect_kind(ending: str, head: bytes, path: Path) -> None:
    """Raise Refused when the file is of a kind that is not read, whatever its name says."""
    position = Position(str(path))
    kind, hint = _kind(ending, head, path)
    if ending not in (".docx", ".pdf", ".txt", *_HTML):
        raise Refused([problem("import-kind", position, ending=ending or path.name, hint=hint)])
    if not head.strip():
        raise Refused([problem("import-empty", position)])
    if kind:
        raise Refused([problem("import-other-kind", position, ending=ending, kind=kind, hint=hint)])


def _kind(ending: str, head: bytes, path: Path) -> tuple[str, str]:
    """What the file is and what to do with it; empty when it is what its ending says."""
    if head.startswith(_OLE):
        names = [found for found in _OLE_KINDS if found[0].encode("utf-16-le") in _content(path)]
        return (names[0][1], names[0][2]) if names else ("旧版 Office 文件", _TO_WORD)
    if head.startswith(_ZIP):
        return (
            ("", "")
            if ending == ".docx"
            else ("Word、Excel 文件或压缩文件", "是 Word 文件的，请把扩展名改为 .docx。")
        )
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for beginning, kind, hint in _BEGINNINGS:
        own = (kind == "网页" and ending in _HTML) or (kind == "PDF" and ending == ".pdf")
        if start.startswith(beginning.lower()) and not own:
            return kind, hint
    if ending in (".docx", ".pdf") and head.strip() and not (ending == ".pdf" and b"%PDF" in head[:1024]):
        return "别的东西", "请用原来的程序打开看看，另存为 .docx 后再导入。"
    if ending in _HTML and head.strip() and b"<" not in head:
        return "纯文本", "请把扩展名改为 .txt 再导入。"
    return "", ""
