"""Writing files so that nothing half-written ever stands under a final name, and naming them for every system."""

from __future__ import annotations

import datetime
import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import IO

from checklists.limits import FILE_BYTES
from checklists.problems import Position, Refused, problem

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ue000\ue001\ufffe\uffff"
    '<>:"/\\\\|?*]+'
)
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_OPENING_SIGNS = tuple("-=+@~")
"""What a shell would take for an option and a spreadsheet for a formula."""
_LONGEST = 60
"""Characters of a name: 180 bytes of UTF-8 for Chinese, which leaves room for what is put behind it."""

EXCLUSIVE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
"""Opens a file that was not there; a link of that name is not followed."""
READ_PLAIN = (
    os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
)
"""Opens a file for reading; a link is not followed, a pipe is not waited for."""
LOCK = ".checklists.lock"
PART = re.compile(r"\.checklists-[0-9a-z-]+\.part")
"""Names of files being written. What a killed run leaves behind is cleared by the next."""


# ---------------------------------------------------------------- names


def safe_name(text: str, instead: str = "未命名", *, room: int = 3 * _LONGEST) -> str:
    """``text`` as a file or folder name that Windows, macOS and Linux accept and a clerk can read.

    At most 60 characters and ``room`` bytes of UTF-8. Accented letters are composed (NFC), so that one name has one
    spelling on every system.
    """
    name = _trimmed(_UNSAFE.sub("_", unicodedata.normalize("NFC", text)))[:_LONGEST]
    name = _trimmed(name.encode()[: max(room - 1, 0)].decode(errors="ignore"))
    if _RESERVED.match(name) or name[:1] in _OPENING_SIGNS:
        name = f"_{name}"
    return name if name.strip("_") else instead


def _trimmed(name: str) -> str:
    while (shorter := name.strip().strip(".")) != name:
        name = shorter
    return name


# ---------------------------------------------------------------- links and folders


def is_link(status: os.stat_result) -> bool:
    """Whether what ``os.lstat`` found leads elsewhere: a symbolic link, or a junction on Windows."""
    tags = (getattr(stat, "IO_REPARSE_TAG_SYMLINK", None), getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None))
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) in [
        tag for tag in tags if tag
    ]


def no_plain_file(status: os.stat_result) -> str:
    """Code of the message that says what ``os.lstat`` found instead of a file; empty for a file."""
    if is_link(status):
        return "target-link"
    if stat.S_ISDIR(status.st_mode):
        return "target-folder"
    return "" if stat.S_ISREG(status.st_mode) else "target-odd"


def make_folder(path: str) -> bool:
    """Make a folder in one that is there; True when it is new, False when it stood there.

    Raises Refused when a link or a file stands there, or it cannot be made; FileNotFoundError without its parent.
    """
    try:
        os.mkdir(path)  # noqa: PTH102 -- making Paths would take a fifth of the time of a batch
    except FileNotFoundError:
        raise
    except FileExistsError:
        check_folder(path)
        return False
    except OSError as failure:
        raise unwritable(Path(path), failure) from failure
    return True


def check_folder(path: str) -> None:
    """Raises Refused when a link or something else than a folder stands there."""
    try:
        found = os.lstat(path)
    except OSError as failure:
        raise unwritable(Path(path), failure) from failure
    if is_link(found):
        raise Refused([problem("folder-link", Position(path))])
    if not stat.S_ISDIR(found.st_mode):
        raise unwritable(Path(path), FileExistsError())


def check_plain(path: Path) -> None:
    """Raises Refused when a link, or anything else that is no plain file, stands where a file of our own belongs."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return
    except OSError as failure:
        raise unwritable(path, failure) from failure
    if code := no_plain_file(found):
        raise Refused([problem(code, Position(str(path)))])


@contextmanager
def held_folder(folder: Path, patience: float = 10.0) -> Iterator[None]:
    """Keep a second run out of a folder, which is made when it is not there.

    The system lets go of the lock with the process that holds it, however that ends. The lock's file stays: removing
    it would let a third run in beside one that still waits for the old file. Raises Refused when another run holds
    the folder for longer than ``patience`` seconds, a link stands where the lock's file belongs, or the folder cannot
    be written.
    """
    from filelock import FileLock, Timeout

    path = folder / LOCK
    try:
        folder.mkdir(parents=True, exist_ok=True)
        check_plain(path)
        lock = FileLock(path, timeout=patience)
        lock.acquire()
    except Timeout:
        raise Refused([problem("batch-running", Position(str(folder)))]) from None
    except OSError as failure:
        raise unwritable(folder, failure) from failure
    try:
        yield
    finally:
        lock.release()


# ---------------------------------------------------------------- writing and reading


def part_beside(path: str) -> str:
    """Where this process writes a file before it is moved to ``path``."""
    return f"{_folder_of(path)}/.checklists-{os.getpid()}.part"


def _folder_of(path: str) -> str:
    return os.path.dirname(path) or "."  # noqa: PTH120 -- as above


def open_part(part: str) -> int:
    """Handle of a file that was not there; one that a killed run left is removed first. Raises OSError, Refused."""
    try:
        return os.open(part, EXCLUSIVE, 0o666)
    except FileExistsError:
        clear_part(part)
        return os.open(part, EXCLUSIVE, 0o666)


def write_part(part: str, content: bytes) -> None:
    """Write a file that was not there, whole or not at all. Raises OSError, Refused."""
    handle = open_part(part)
    try:
        try:
            rest = memoryview(content)
            while rest:  # a call may write less than it is given
                rest = rest[os.write(handle, rest) :]
        finally:
            os.close(handle)
    except BaseException:
        with suppress(OSError):
            os.unlink(part)  # noqa: PTH108 -- as above
        raise


def move_whole(path: str, content: bytes) -> None:
    """Write a file beside ``path`` and move it there, over what stands there. Raises OSError, Refused."""
    part = part_beside(path)
    write_part(part, content)
    try:
        os.replace(part, path)  # noqa: PTH105 -- as above
    except BaseException:
        with suppress(OSError):
            os.unlink(part)  # noqa: PTH108 -- as above
        raise


def clear_part(part: str) -> None:
    """Remove what a killed run left half written. Raises OSError, and Refused when it is no plain file."""
    check_plain(Path(part))
    with suppress(FileNotFoundError):
        os.unlink(part)  # noqa: PTH108 -- as above


def clear_parts(folder: str) -> None:
    """Remove what killed runs left half written in a folder that is held."""
    for name in os.listdir(folder):  # noqa: PTH208 -- as above
        if PART.fullmatch(name):
            clear_part(f"{folder}/{name}")


OLD = "旧件"


def moved_aside(path: str) -> str:
    """Move a file to the folder 旧件 beside it, under its name and the time; returns where it stands now.

    Nothing that stands there is ever overwritten: a place is taken first, then the file is moved onto it.
    Raises OSError, and Refused when 旧件 is a link or a file.
    """
    folder, name = _folder_of(path), os.path.basename(path)  # noqa: PTH119 -- as above
    make_folder(f"{folder}/{OLD}")
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 -- as above
    now = datetime.datetime.now().astimezone()
    for number in count(1):
        end = f"_{now:%Y%m%d-%H%M%S}{f'_{number}' if number > 1 else ''}{suffix}"
        kept = stem.encode(errors="surrogateescape")[: 250 - len(end.encode(errors="surrogateescape"))]
        aside = f"{folder}/{OLD}/{kept.decode(errors='ignore')}{end}"
        try:
            os.close(os.open(aside, EXCLUSIVE, 0o666))
        except FileExistsError:
            continue
        try:
            os.replace(path, aside)  # noqa: PTH105 -- as above
        except OSError:
            os.unlink(aside)  # noqa: PTH108 -- as above
            raise
        return aside
    raise AssertionError("never reached")


def write_file(path: Path, content: bytes) -> None:
    """Write ``content`` beside ``path`` and move it into place, over whatever stands there.

    For files that the program keeps itself; a document goes through the guard. Raises Refused when the folder or the
    file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        move_whole(str(path), content)
    except OSError as failure:
        raise unwritable(path, failure) from failure


def unwritable(path: Path, failure: OSError) -> Refused:
    """The refusal that says why a file cannot be written."""
    return Refused([problem("file-unwritable", Position(str(path)), why=why(failure))])


def read_file(path: Path, most: int = FILE_BYTES) -> bytes:
    """Content of a file; raises Refused when there is none, it cannot be read, is no file or has over ``most`` bytes."""
    position = Position(str(path))
    try:
        with _opened_plain(path, position) as opened:
            content = opened.read(most + 1)
    except FileNotFoundError:
        raise Refused([problem("file-missing", position)]) from None
    except (OSError, ValueError) as failure:
        raise Refused([problem("file-unreadable", position, why=why(failure))]) from failure
    if len(content) > most:
        raise Refused([problem("file-too-big", position, why=f"超过 {most >> 20} MB")])
    return content


def require_file(path: Path) -> None:
    """Raises Refused when there is no file at ``path`` that can be read from its beginning to an end."""
    position = Position(str(path))
    try:
        _opened_plain(path, position).close()
    except FileNotFoundError:
        raise Refused([problem("file-missing", position)]) from None
    except (OSError, ValueError) as failure:
        raise Refused([problem("file-unreadable", position, why=why(failure))]) from failure


def _opened_plain(path: Path, position: Position) -> IO[bytes]:
    """An open file. A pipe or device, which might never end, is refused; opening it does not wait."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    kind = os.fstat(handle).st_mode
    if stat.S_ISREG(kind):
        return os.fdopen(handle, "rb")
    os.close(handle)
    if stat.S_ISDIR(kind):
        raise IsADirectoryError
    raise Refused([problem("file-not-plain", position)])


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
