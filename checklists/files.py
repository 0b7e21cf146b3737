"""Writing files so that nothing half-written ever stands under a final name, and naming them for every system."""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

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


def read_file(path: Path) -> bytes:
    """Content of a file; raises Refused when there is none or it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused([problem("file-missing", Place(str(path)))]) from None
    except OSError as failure:
        raise Refused([problem("file-unreadable", Place(str(path)), why=why(failure))]) from failure


_WHY = {
    "FileExistsError": "同名的文件挡在那里",
    "NotADirectoryError": "路径中有一段是文件，不是文件夹",
    "IsADirectoryError": "这是文件夹，不是文件",
    "PermissionError": "没有权限，或文件正被其他程序打开",
}


def why(failure: OSError) -> str:
    """An operating system's complaint in the reader's language."""
    return _WHY.get(type(failure).__name__) or failure.strerror or type(failure).__name__
