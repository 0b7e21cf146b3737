"""One run of the command line in a process of its own, watched: how it ended, what it said, what it took."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

Target = Callable[[], object]
"""What is run: reads sys.argv, prints, ends with SystemExit."""

SECONDS = 25
"""Of processor time, on a busy machine too: longer is a hang. A batch of a dozen firms, each of a list of its own, takes 9 to 16."""
PATIENCE = 90
"""Seconds on the clock, on a busy machine, after which a run is ended as hanging."""
MEGABYTES = 500
ROOM = 4 << 30
"""Bytes of address space: a run that wants more is stopped before it stops the machine."""

TRACEBACK, INTERNAL, OVERWRITTEN, SILENT, LOST, HANG, MEMORY, OTHER = KINDS = (
    "traceback", "internal", "overwritten", "silent", "lost", "hang", "memory", "other",
)  # fmt: skip
_CHINESE = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Fault:
    """Something that must never happen, did."""

    kind: str
    told: str


@dataclass
class Trial:
    """What a case tried, in words and as it can be typed again, and the faults found."""

    tried: str
    faults: list[Fault] = field(default_factory=list)
    inputs: int = 1

    def fault(self, kind: str, told: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(kind, told))


@dataclass(frozen=True)
class Ended:
    """How a run ended. ``code`` is negative for a signal."""

    code: int
    out: str
    err: str
    seconds: float
    """Of processor time."""
    megabytes: float
    waited: bool = True
    """False when it was ended because it would not end by itself."""

    @property
    def said(self) -> str:
        """All that was printed."""
        return self.out + self.err


def command_line() -> None:
    """The target that is attacked."""
    from checklists.cli import main

    main()


Prepare = Callable[[], None]
"""What is done in the child before the target: limits, environment, streams."""


@dataclass
class Started:
    """A run under way; to be waited for once."""

    child: int
    began: float
    streams: Path
    taken: float = 0.0
    """MB that this process had when it forked: the child has them too, and did not take them itself."""

    def kill(self, number: int) -> None:
        """Send a signal; nothing when it has ended."""
        with suppress(ProcessLookupError):
            os.kill(self.child, number)

    def wait(self) -> Ended:
        """How it ended."""
        status, usage, waited = _wait(self.child, self.began + PATIENCE)
        told = [
            (self.streams / name).read_bytes().decode("utf-8", "backslashreplace") for name in ("out", "err")
        ]
        shutil.rmtree(self.streams)
        code = os.waitstatus_to_exitcode(status)
        return Ended(
            code,
            *told,
            usage.ru_utime + usage.ru_stime,
            max(usage.ru_maxrss / 1024 - self.taken, 0.0),
            waited,
        )


def run(
    arguments: Sequence[str], folder: Path, target: Target = command_line, prepare: Prepare | None = None
) -> Ended:
    """Run ``checklists arguments`` in ``folder``, in a forked process, and wait for its end."""
    return start(arguments, folder, target, prepare).wait()


def start(
    arguments: Sequence[str], folder: Path, target: Target = command_line, prepare: Prepare | None = None
) -> Started:
    """Begin a run like :func:`run` and do not wait for it."""
    streams = Path(tempfile.mkdtemp(prefix="attack-"))
    for name in ("out", "err"):
        (streams / name).touch()
    began, taken = time.monotonic(), _resident()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # forking beside threads: the child only runs the target and ends
        child = os.fork()
    if child == 0:
        _child(arguments, folder, target, prepare, streams)
    return Started(child, began, streams, taken)


def _resident() -> float:
    """MB of this process that lie in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / (1 << 20)


def _child(
    arguments: Sequence[str], folder: Path, target: Target, prepare: Prepare | None, streams: Path
) -> None:
    """Never returns: os._exit, so that nothing of the parent's is flushed or cleaned up twice."""
    code = 70
    try:
        for name, handle in (("out", 1), ("err", 2)):
            os.dup2(os.open(streams / name, os.O_WRONLY), handle)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        warnings.simplefilter("ignore")  # a test run makes errors of them; a user's does not
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        sys.argv = ["checklists", *arguments]
        os.chdir(folder)
        resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
        resource.setrlimit(resource.RLIMIT_CPU, (3 * SECONDS, 3 * SECONDS))
        if prepare:
            prepare()
        target()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            try:
                if stream:
                    stream.flush()
            except (OSError, ValueError):
                code = code or 74
        os._exit(code & 255)


def _wait(child: int, until: float) -> tuple[int, resource.struct_rusage, bool]:
    waited = True
    pause = 0.002
    while True:
        ended, status, usage = os.wait4(child, os.WNOHANG)
        if ended:
            return status, usage, waited
        if time.monotonic() > until and waited:
            waited = False
            os.kill(child, signal.SIGKILL)
        time.sleep(pause)
        pause = min(pause * 1.5, 0.05)


def faults_of(
    ended: Ended, codes: Sequence[int] = (0, 1, 2), *, may_be_dumb: bool = False
) -> Iterator[Fault]:
    """What no run may do, whatever it was given; ``may_be_dumb``: it could not say a word."""
    if "Traceback (most recent call last)" in ended.said:
        yield Fault(TRACEBACK, ended.said[-600:])
    elif "internal-error" in ended.said or "程序出错" in ended.said:
        yield Fault(INTERNAL, ended.said[-600:])
    elif not ended.waited or ended.seconds > SECONDS or ended.code == -signal.SIGXCPU:
        yield Fault(HANG, f"{ended.seconds:.0f} 秒（处理器时间）")
    elif ended.code not in codes:
        yield Fault(OTHER, f"退出码 {ended.code}：{ended.said[-300:]}")
    elif ended.code in (1, 2) and not may_be_dumb and not _CHINESE.search(ended.said):
        yield Fault(OTHER, f"退出码 {ended.code}，没有说明：{ended.said[-300:]}")
    if ended.megabytes > MEGABYTES:
        yield Fault(MEMORY, f"{ended.megabytes:.0f} MB")


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder of its own for a case, gone afterwards.

    Not tempfile.TemporaryDirectory: processes that are forked off run its clean-up when they end.
    """
    folder = Path(tempfile.mkdtemp(prefix="attack-")).resolve()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
