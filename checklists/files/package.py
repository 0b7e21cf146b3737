"""Opening a zip package of XML (.docx, .xlsx) within limits: whatever is wrong with it comes out as one exception.

zipfile, zlib, struct and lxml each complain in their own way, and zipfile believes what a directory says of itself;
here the directory is judged before anything is unpacked. Formats: APPNOTE.TXT (zip), ISO/IEC 29500-2 (packages: only
deflate, no two parts of one name, no document type definitions, UTF-8 or UTF-16).
"""

from __future__ import annotations

import errno
import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from lxml import etree

from checklists import limits
from checklists.files.writing import why
from checklists.problems import Position, Problem, problem

XML = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<")
"""How a part that can be XML begins, in UTF-8 or UTF-16."""
_ENCODING = re.compile(rb"\A(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)")
_ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "gb2312", "gbk", "gb18030"})
"""Encodings in which < and the names of elements are the bytes they are in ASCII."""
_ENCRYPTED = 0x1
_CHUNK = 1 << 20
LEGACY = b"\xd0\xcf\x11\xe0"
"""How .doc and .xls begin, and .docx and .xlsx with a password."""


class Damaged(zipfile.BadZipFile):
    """A package or a part of it that cannot be read; ``why`` says so in the reader's words.

    It is a BadZipFile, so that whoever reads zips with zipfile alone catches it too.
    """

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)

    def problem(self, code: str, position: Position, **details: Any) -> Problem:
        """The problem ``code``, which may print ``why``; one of size where it is the size that is wrong."""
        return problem(code, position, why=self.why, **details)


class TooBig(Damaged):
    """A package beyond the limits: whole perhaps, but not read."""

    def problem(self, code: str, position: Position, **details: Any) -> Problem:
        """One code for all: that the file is too big, and what to do about it."""
        return problem("file-too-big", position, why=self.why)


_FAILURES = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    ArithmeticError,
    TypeError,
    AttributeError,
    RuntimeError,
    NotImplementedError,
    etree.LxmlError,
)
"""What reading a damaged package makes zipfile, zlib, struct and lxml raise; RuntimeError: too deep, or encrypted."""


@contextmanager
def damage_told() -> Iterator[None]:
    """Everything that reading a damaged package raises becomes Damaged."""
    try:
        yield
    except Damaged:
        raise
    except MemoryError as failure:
        raise TooBig("内存不够用") from failure
    except _FAILURES as failure:
        raise Damaged(_why(failure)) from failure


def _why(failure: BaseException) -> str:
    if isinstance(failure, etree.XMLSyntaxError):
        deep = "元素套得太深" if "depth" in str(failure.msg) else "XML 写法有误"
        return f"{deep}（第 {failure.lineno} 行）"
    if isinstance(failure, KeyError):
        return f"缺少部件 {failure.args[0] if failure.args else ''}"
    if (
        isinstance(failure, OSError) and failure.errno != errno.EINVAL
    ):  # that one is a place before the beginning
        return why(failure)
    return "不是压缩包，或不完整"


# ---------------------------------------------------------------- whole packages


def read_parts(package: bytes, wanted: Callable[[str], bool] = lambda name: True) -> dict[str, bytes]:
    """Parts of a package in order, those whose name is ``wanted``. Raises Damaged, TooBig when it is beyond limits."""
    if len(package) > limits.FILE_BYTES:
        raise TooBig(f"文件超过 {_megabytes(limits.FILE_BYTES)}")
    with damage_told(), zipfile.ZipFile(io.BytesIO(package)) as opened:
        entries = _judged(opened, len(package), limits.PART_BYTES, limits.UNPACKED_BYTES)
        return {entry.filename: _content(opened, entry) for entry in entries if wanted(entry.filename)}


def _content(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    content = opened.read(entry)
    if len(content) != entry.file_size:
        raise Damaged("压缩包的目录与内容不符")
    return content


def is_text(name: str) -> bool:
    """Whether a part is one that office programs write as XML: not a picture, font or macro."""
    return name.lower().endswith((".xml", ".rels", ".vml"))


@contextmanager
def open_package(
    path: Path, most: int = limits.ROSTER_BYTES, together: int = 2 * limits.ROSTER_BYTES
) -> Iterator[zipfile.ZipFile]:
    """A package whose parts are streamed, its directory judged; what is raised while it is open becomes Damaged.

    ``most`` bytes of one part unpacked, ``together`` of all.
    """
    with damage_told():
        size = path.stat().st_size
        if size > limits.ROSTER_PACKED_BYTES:
            raise TooBig(f"文件超过 {_megabytes(limits.ROSTER_PACKED_BYTES)}")
        with zipfile.ZipFile(path) as opened:
            _judged(opened, size, most, together)
            yield opened


def part_of(package: zipfile.ZipFile, name: str) -> bytes:
    """One part that is read whole. Raises Damaged when there is none of that name, TooBig."""
    with damage_told():
        if package.getinfo(name).file_size > limits.XML_BYTES:
            raise TooBig(f"部件 {name} 超过 {_megabytes(limits.XML_BYTES)}")
        return _content(package, package.getinfo(name))


def _judged(opened: zipfile.ZipFile, size: int, most: int, together: int) -> list[zipfile.ZipInfo]:
    """The members that are parts; raises Damaged for a directory that lies, TooBig for one beyond the limits."""
    entries = [entry for entry in opened.infolist() if not entry.is_dir()]
    if len(opened.infolist()) > limits.PARTS:
        raise TooBig(f"部件超过 {limits.PARTS} 个")
    names = Counter(entry.filename.lower() for entry in entries)
    if names and names.most_common(1)[0][1] > 1:
        raise Damaged(f"部件 {names.most_common(1)[0][0]} 有两个")
    for entry in entries:
        _judge(entry, most)
    if sum(entry.compress_size for entry in entries) > size:
        raise Damaged("压缩包的目录与内容不符")
    if sum(entry.file_size for entry in entries) > together:
        raise TooBig(f"解开后超过 {_megabytes(together)}")
    return entries


def _judge(entry: zipfile.ZipInfo, most: int) -> None:
    name = entry.filename
    if name.startswith("/") or ".." in name.split("/") or "\\" in name:
        raise Damaged("部件的名称不合规定")
    if entry.flag_bits & _ENCRYPTED:
        raise Damaged("加了密码")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Damaged("压缩方式不是办公软件用的")
    if entry.file_size > most:
        raise TooBig(f"部件 {name} 解开后超过 {_megabytes(most)}")
    packed_too_well = entry.file_size > limits.RATIO * max(entry.compress_size, 1)
    if entry.file_size > limits.RATIO_FREE_BYTES and packed_too_well:
        raise TooBig(f"部件 {name} 解开后是原来的 {limits.RATIO} 倍以上，多半是空白或重复的内容")


def _megabytes(count: int) -> str:
    return f"{count >> 20} MB"


# ---------------------------------------------------------------- XML


def xml_bytes(root: etree._Element) -> bytes:
    """A part of a package as Office writes it: declared, UTF-8, standing alone."""
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def parse_xml(content: bytes, name: str = "") -> etree._Element:
    """Root of a part that is XML, comments and instructions left out.

    Raises Damaged for what is no XML, holds a document type definition (entities) or is nested too deep; TooBig.
    """
    if len(content) > limits.XML_BYTES:
        raise TooBig(f"{_part(name)}超过 {_megabytes(limits.XML_BYTES)}")
    if content.count(b"<") + content.count(b"=") > limits.MARKUP:
        raise TooBig(f"{_part(name)}里的元素太多")
    with damage_told():
        try:
            root = etree.fromstring(content, etree.XMLParser(**PARSING))
        except etree.XMLSyntaxError as failure:
            raise Damaged(f"{name}：{_why(failure)}" if name else _why(failure)) from failure
    refuse_definitions(root)
    if root.xpath(f"boolean(//*[@*[{limits.ATTRIBUTES + 1}]])"):
        raise TooBig(f"{_part(name)}里有一个元素的属性太多")
    return root


def relations(parts: Mapping[str, bytes], part: str) -> Iterator[tuple[str, str, str]]:
    """Id, last word of the kind, and target of every relation of a part; of the package for an empty name."""
    folder, name = posixpath.split(part)
    told = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    for one in parse_xml(told) if told is not None else ():
        target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
        yield one.get("Id", ""), one.get("Type", "").rpartition("/")[2], target


def _part(name: str) -> str:
    return f"部件 {name} " if name else "一个部件"


PARSING: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "remove_comments": True,
    "remove_pis": True,
    "huge_tree": False,
}
"""How lxml parses what others wrote; without comments and instructions every node is an element."""


def refuse_definitions(root: etree._Element) -> None:
    """Raises Damaged when the document defines its own entities: no office program writes that."""
    if root.getroottree().docinfo.internalDTD is not None:
        raise Damaged("XML 里有 DOCTYPE，办公软件不这样写")


PIECE = 1 << 16
"""Bytes that a streamed part is parsed by; its elements are held until they are asked for."""


def stretches(opened: IO[bytes]) -> Iterator[bytes]:
    """A part that is streamed, in stretches that cut no mark in two.

    Raises Damaged when its marks cannot be told by their bytes (UTF-16 and the like), TooBig for a text without end.
    """
    rest = opened.read(_CHUNK)
    encoding = _ENCODING.match(rest)
    if rest[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in rest[:400]:
        raise Damaged("编码不是 UTF-8")
    if encoding and encoding[1].decode("latin-1").lower() not in _ENCODINGS:
        raise Damaged("编码不是 UTF-8")
    while chunk := opened.read(_CHUNK):
        chunk = rest + chunk
        end = max(chunk.rfind(b"<"), 0)
        rest = chunk[end:]
        if len(rest) > limits.ROW_BYTES:
            raise TooBig("有一格的文字太长")
        yield chunk[:end]
    yield rest


def elements(part: Iterator[bytes], name: str) -> Iterator[etree._Element]:
    """The elements of that name in a part, one by one as they are read; what stands between them has to be little."""
    counted, first = _Counted(part), True
    for _, element in etree.iterparse(counted, tag=f"{{*}}{name}", **PARSING):
        if first:
            refuse_definitions(element)
        first, counted.marks, counted.bytes = False, 0, 0
        yield element


class _Counted:
    """A part as a file to be read, which counts what has come since its reader last set it to nothing."""

    def __init__(self, part: Iterator[bytes]) -> None:
        self.pieces = (whole[at : at + PIECE] for whole in part for at in range(0, len(whole), PIECE))
        self.marks = self.bytes = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes, whatever the size asked for; none at the end. Raises TooBig."""
        piece = next(self.pieces, b"")
        self.bytes += len(piece)
        self.marks += piece.count(b"<") + piece.count(b"=")
        if self.bytes > limits.ROW_BYTES or self.marks > limits.ROW_MARKUP:
            raise TooBig("有一行太长，或行与行之间夹着别的内容")
        return piece


def forget(element: etree._Element) -> None:
    """Let go of an element that has been read, and of all before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
