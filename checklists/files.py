"""Writing files so that nothing half-written ever stands under a final name, and naming them for every system."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from checklists.limits import FILE_BYTES
from checklists.problems import Place, Refused, problem

_UNSAFE = re.compile(
    '[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ue000\ue001<>:"/\\\\|?*]+'
)
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
_OPENING_SIGNS = tuple("-=+@~")
"""What a shell would take for an option and a spreadsheet for a formula."""
_LONGEST = 60
"""Characters of a name: 180 bytes of UTF-8 for Chinese, which leaves room for what is put behind it."""


def safe_name(text: str, instead: str = "未命名") -> str:
    """``text`` as a file or folder name that Windows, macOS and Linux accept and a clerk can read."""
    name = _UNSAFE.sub("_", text).strip(" .")
    while len(name) > _LONGEST or len(name.encode()) > 3 * _LONGEST:
        name = name[:-1]
    name = name.strip(" .")
    if _RESERVED.match(name) or name[:1] in _OPENING_SIGNS:
        name = f"_{name}"
    return name if name.strip("_") else instead


def write_file(path: Path, content: bytes) -> None:
    """Write ``content`` under a temporary name beside ``path`` and move it into place.

    Raises Refused when the folder or the file cannot be written.
    """
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except OSError as failure:
        raise unwritable(path, failure) from failure
    finally:
        if temporary and Path(temporary).exists():
            Path(temporary).unlink()


def put_file(path: str, content: bytes) -> bool:
    """Write like :func:`write_file`, quickly: True when the file was written, False when it already stood there.

    The temporary name is the same at every try, so that a killed run leaves nothing behind that the next does not use.
    Raises Refused.
    """
    try:
        if _stands(path, content):
            return False
        folder, name = os.path.split(path)
        temporary = f"{folder}/.{name}.part"
        try:
            handle = os.open(temporary, _NEW, 0o666)
        except FileNotFoundError:
            Path(folder).mkdir(parents=True, exist_ok=True)
            handle = os.open(temporary, _NEW, 0o666)
        with open(handle, "wb") as opened:  # noqa: PTH123 -- an open handle
            opened.write(content)
        os.replace(temporary, path)  # noqa: PTH105 -- making Paths would take a fifth of the time
    except OSError as failure:
        raise unwritable(Path(path), failure) from failure
    return True


_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


@contextmanager
def held_folder(folder: Path, patience: float = 5.0) -> Iterator[None]:
    """Keep a second run out of a folder: two would write into each other's temporary files.

    The system lets go of the lock with the process that holds it, however that ends. Raises Refused when another run
    still holds it after ``patience`` seconds, or the folder cannot be written.
    """
    path = folder / ".running"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        opened = path.open("ab")
    except OSError as failure:
        raise unwritable(path, failure) from failure
    with opened:
        until = time.monotonic() + patience
        while not _locked(opened.fileno()):
            if time.monotonic() > until:
                raise Refused([problem("batch-running", Place(str(folder)))])
            time.sleep(0.05)
        try:
            yield
        finally:
            with suppress(OSError):
                path.unlink()


def _locked(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _stands(path: str, content: bytes) -> bool:
    try:
        if os.stat(path).st_size != len(content):  # noqa: PTH116 -- as above
            return False
    except FileNotFoundError:
        return False
    return Path(path).read_bytes() == content


def unwritable(path: Path, failure: OSError) -> Refused:
    """The refusal that says why a file cannot be written."""
    return Refused([problem("file-unwritable", Place(str(path)), why=why(failure))])


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def read_file(path: Path, most: int = FILE_BYTES) -> bytes:
    """Content of a file; raises Refused when there is none, it cannot be read, is no file or has over ``most`` bytes."""
    place = Place(str(path))
    try:
        with _opened_plain(path, place) as opened:
            content = opened.read(most + 1)
    except FileNotFoundError:
        raise Refused([problem("file-missing", place)]) from None
    except (OSError, ValueError) as failure:
        raise Refused([problem("file-unreadable", place, why=why(failure))]) from failure
    if len(content) > most:
        raise Refused([problem("file-too-big", place, why=f"超过 {most >> 20} MB")])
    return content


def require_file(path: Path) -> None:
    """Raises Refused when there is no file at ``path`` that can be read from its beginning to an end."""
    place = Place(str(path))
    try:
        _opened_plain(path, place).close()
    except FileNotFoundError:
        raise Refused([problem("file-missing", place)]) from None
    except (OSError, ValueError) as failure:
        raise Refused([problem("file-unreadable", place, why=why(failure))]) from failure


def _opened_plain(path: Path, place: Place) -> IO[bytes]:
    """An open file. A pipe or device, which might never end, is refused; opening it does not wait."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    kind = os.fstat(handle).st_mode
    if stat.S_ISREG(kind):
        return os.fdopen(handle, "rb")
    os.close(handle)
    if stat.S_ISDIR(kind):
        raise IsADirectoryError
    raise Refused([problem("file-not-plain", place)])


_WHY = {
    errno.EACCES: "没有权限，或文件正被其他程序打开",
    errno.EPERM: "没有权限，或文件正被其他程序打开",
    errno.EEXIST: "同名的文件挡在那里",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENAMETOOLONG: "名称太长",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "磁盘是只读的",
    errno.ELOOP: "链接绕成了圈",
    errno.EIO: "磁盘读写出错",
    errno.EINVAL: "名称或路径不能用",
    errno.EMFILE: "打开的文件太多",
    errno.ENOENT: "文件夹不存在，或路径中断",
    errno.EBUSY: "正被其他程序使用",
}
_WHY_BY_NAME = {
    "IsADirectoryError": _WHY[errno.EISDIR],
    "UnicodeEncodeError": "名称里有这个系统写不了的字",
    "UnicodeDecodeError": "不是 UTF-8 编码的文字",
}


def why(failure: OSError | ValueError) -> str:
    """An operating system's complaint in the reader's language."""
    known = _WHY.get(getattr(failure, "errno", None) or 0) or _WHY_BY_NAME.get(type(failure).__name__)
    return known or getattr(failure, "strerror", None) or "名称或路径不能用"
