"""The visitors of a server and their files: nobody reaches another's, and nothing is kept.

A visitor is known by a random word that his browser holds as a cookie. His files lie in a folder of their own under the
server's temporary folder, under names that no request gives; they go an hour after he last looked, and when the server
ends.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from checklists.problems import Position, Refused, problem
from checklists.web.jobs import AT_ONCE, Job, removed

KEPT_SECONDS = 3600.0
TIDY_SECONDS = 60.0
"""Between two looks for what has to go."""
MOST_VISITORS = 500
MOST_JOBS = 8
"""Of one visitor; the oldest that has ended goes for a new one."""
PREFIX = "checklists-page-"
LOCK = "server.lock"


@dataclass(eq=False)
class Visitor:
    """One browser: his folder, and his jobs by their random numbers."""

    folder: Path
    seen: float
    jobs: dict[str, Job] = field(default_factory=dict)

    @property
    def busy(self) -> bool:
        """Whether something of his is under way."""
        return any(job.running for job in list(self.jobs.values()))


class Visitors:
    """All visitors of a server, by their words; and the workers that do their jobs."""

    def __init__(
        self, above: Path | None = None, kept: float = KEPT_SECONDS, look: float = TIDY_SECONDS
    ) -> None:
        """Begin in a new folder, under ``above`` or the system's temporary one; what a dead server left there goes.

        ``kept``: seconds that files outlive the last look at them; ``look``: seconds between two tidyings.
        """
        above = above or Path(tempfile.gettempdir())
        _sweep(above)
        self.folder, self._held = _own_folder(above)
        self.kept = kept
        self.workers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="job")
        self._by_word: dict[str, Visitor] = {}
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self._tidier = threading.Thread(target=self._tidy_until_end, args=(look,), daemon=True)
        self._tidier.start()

    def known(self, word: str | None) -> Visitor | None:
        """The visitor with the word; None for a word that was not given out."""
        with self._lock:
            visitor = self._by_word.get(word or "")
            if visitor:
                visitor.seen = time.monotonic()
            return visitor

    def welcome(self) -> tuple[str, Visitor]:
        """A new visitor and his word. Raises Refused when the server is ending."""
        word = secrets.token_urlsafe(32)
        with self._lock:
            if self._ending.is_set():
                raise Refused([problem("page-ending", Position("网页"))])
            visitor = Visitor(Path(tempfile.mkdtemp(dir=self.folder)), time.monotonic())
            self._by_word[word] = visitor
        self.tidy()
        return word, visitor

    def dismiss(self, word: str) -> None:
        """Remove a visitor and his files; nothing happens to one that is not known."""
        with self._lock:
            visitor = self._by_word.pop(word, None)
        _remove([visitor] if visitor else [])

    def new_job(self, visitor: Visitor, make: Callable[[], Job]) -> tuple[str, Job]:
        """Keep a job for its visitor, and its number. Raises Refused when all that he may have are under way."""
        with self._lock:
            ended = [number for number, job in visitor.jobs.items() if not job.running]
            too_many = len(visitor.jobs) >= MOST_JOBS
            if too_many and not ended:
                raise Refused([problem("jobs-many", Position("网页"), most=MOST_JOBS)])
            leaving = visitor.jobs.pop(ended[0]) if too_many else None
            number, job = secrets.token_urlsafe(9), make()
            visitor.jobs[number] = job
        if leaving:
            leaving.discard()
        return number, job

    def tidy(self, now: float | None = None) -> None:
        """Remove what nobody has looked at for its time, and the longest unseen where there are too many."""
        now = time.monotonic() if now is None else now
        with self._lock:
            idle = sorted(
                (pair for pair in self._by_word.items() if not pair[1].busy), key=lambda pair: pair[1].seen
            )
            most = max(len(self._by_word) - MOST_VISITORS, 0)
            gone = [
                word
                for number, (word, visitor) in enumerate(idle)
                if number < most or now - visitor.seen > self.kept
            ]
            leaving = [self._by_word.pop(word) for word in gone]
        _remove(leaving)

    def close(self) -> None:
        """End everything that still runs, and remove all files; a second time does nothing."""
        with self._lock:
            if self._ending.is_set():
                return
            self._ending.set()
            leaving = list(self._by_word.values())
            self._by_word.clear()
        _remove(leaving)
        self.workers.shutdown(wait=True, cancel_futures=True)
        self._held.release()
        removed(self.folder)

    def _tidy_until_end(self, look: float) -> None:
        while not self._ending.wait(look):
            self.tidy()


def _remove(visitors: Iterable[Visitor]) -> None:
    for visitor in visitors:
        jobs = list(visitor.jobs.values())
        for job in jobs:
            job.discard()
        removed(visitor.folder)


# ---------------------------------------------------------------- the server's folder


def _own_folder(above: Path) -> tuple[Path, FileLock]:
    """A new folder and its lock, held as long as this server lives.

    Another server that starts may take the folder for a dead one's in the moment before it is locked; then a further one
    is made.
    """
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=above))
        held = FileLock(folder / LOCK)
        with suppress(OSError):
            held.acquire()
            if (folder / LOCK).exists():
                return folder, held
        held.release(force=True)


def _sweep(above: Path) -> None:
    """Remove the folders of servers of this user that ended without doing so: nobody holds their lock."""
    for folder in above.glob(f"{PREFIX}*"):
        with suppress(Timeout, OSError):
            if not _is_own(folder):
                continue
            with FileLock(folder / LOCK, timeout=0):
                shutil.rmtree(folder, ignore_errors=True)
            removed(folder)  # where the lock, while it was held, stood in the way


def _is_own(folder: Path) -> bool:
    """Whether it is a folder, no link, and of this user: in a temporary folder others may leave what they like."""
    found = folder.lstat()
    mine = getattr(os, "getuid", lambda: found.st_uid)()
    return folder.is_dir() and not folder.is_symlink() and found.st_uid == mine
