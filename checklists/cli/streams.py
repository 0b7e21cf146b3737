"""The three streams of the command line, whatever the shell made of them: closed, full, a pipe nobody reads, GBK."""

from __future__ import annotations

import errno
import io
import locale
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

CHINESE = "检查表"
"""What an encoding must be able to write before anything is printed in it."""


def in_utf8() -> None:
    """Begin anew in Python's UTF-8 mode where the system's names are read in another encoding.

    The files that came with the program are named in UTF-8; in a locale of GBK or ASCII they would not be found.
    """
    if sys.platform == "win32" or sys.getfilesystemencoding().lower() == "utf-8" or not sys.executable:
        return
    with suppress(OSError):
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def text_of(argument: str) -> str | None:
    """An argument as text; None when its bytes are neither UTF-8 nor of the terminal's encoding."""
    if argument.isprintable() or not any("\ud800" <= letter <= "\udfff" for letter in argument):
        return argument
    try:
        return os.fsencode(argument).decode(locale.getencoding())
    except (UnicodeError, LookupError):
        return None


class Outlet(io.FileIO):
    """A stream that is never in the way: what cannot be written is let go, and the first reason kept.

    A reader that closes its pipe (``| head``) has what it wanted; the command goes on and ends what it began.
    """

    failure: OSError | None = None

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """All of ``data``, or nothing and the reason."""
        size = len(data)
        try:
            while data and self.failure is None:
                data = data[super().write(data) or 0 :]
        except OSError as failure:
            self.failure = failure
        return size

    @property
    def trouble(self) -> OSError | None:
        """Why something was not written, unless nobody wanted to read it."""
        gone = self.failure is None or self.failure.errno in (errno.EPIPE, errno.EINVAL, errno.EBADF)
        return None if gone else self.failure


@contextmanager
def streams() -> Iterator[list[Outlet]]:
    """Streams that take Chinese and never fail; yields those that may have something to tell at the end."""
    _open_closed()
    before = sys.stdout, sys.stderr
    outlets: list[Outlet] = []
    sys.stdout, sys.stderr = _wrapped(sys.stdout, outlets), _wrapped(sys.stderr, outlets)
    try:
        yield outlets
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        sys.stdout, sys.stderr = before


def _open_closed() -> None:
    """A file opened later must not get the number of a closed stream: what is printed would land in it."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 -- open to the end


def _wrapped(stream: TextIO, outlets: list[Outlet]) -> TextIO:
    encoding = _encoding(stream)
    try:
        number = stream.fileno()
        if stream.isatty():
            raise OSError
        stream.flush()
    except (OSError, ValueError):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=encoding, errors="replace")
        return stream
    outlets.append(Outlet(number, "wb", closefd=False))
    at_once = stream is sys.stderr
    buffered: Any = io.BufferedWriter(cast("io.RawIOBase", outlets[-1]))
    return io.TextIOWrapper(buffered, encoding=encoding, errors="replace", line_buffering=at_once)


def _encoding(stream: TextIO) -> str:
    """A terminal's own, or the one that was asked for, where it can write Chinese; else UTF-8."""
    if stream.isatty():
        wanted = locale.getencoding() if sys.platform != "win32" else stream.encoding
    else:
        wanted = os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
    try:
        CHINESE.encode(wanted or "utf-8")
    except (UnicodeError, LookupError):
        return "utf-8"
    return wanted or "utf-8"
