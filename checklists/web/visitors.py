"""The visitors of a server and their files: nobody reaches another's, and nothing is kept.

A visitor is known by a random word that his browser holds as a cookie. His files lie in a folder of their own under the
server's temporary folder, under names that no request gives; they go an hour after he last looked, and when the server
ends.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from checklists.web.jobs import Job

KEPT_SECONDS = 3600
MOST_VISITORS = 500
MOST_JOBS = 8
"""Of one visitor; the oldest goes for a new one."""
PREFIX = "checklists-page-"
LOCK = "server.lock"


@dataclass
class Visitor:
    """One browser: his folder, and his jobs by their random numbers."""

    folder: Path
    seen: float
    jobs: dict[str, Job] = field(default_factory=dict)


class Visitors:
    """All visitors of a server, by their words."""

    def __init__(self, above: Path | None = None) -> None:
        """Begin in a new folder, under ``above`` or the system's temporary one; what a dead server left there goes."""
        above = above or Path(tempfile.gettempdir())
        _sweep(above)
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=above))
        self._held = FileLock(self.folder / LOCK)
        self._held.acquire()
        self._by_word: dict[str, Visitor] = {}
        self._lock = threading.Lock()

    def known(self, word: str | None) -> Visitor | None:
        """The visitor with the word; None for a word that was not given out."""
        with self._lock:
            visitor = self._by_word.get(word or "")
            if visitor:
                visitor.seen = time.monotonic()
            return visitor

    def welcome(self) -> tuple[str, Visitor]:
        """A new visitor and his word."""
        self.tidy()
        word = secrets.token_urlsafe(32)
        visitor = Visitor(Path(tempfile.mkdtemp(dir=self.folder)), time.monotonic())
        with self._lock:
            self._by_word[word] = visitor
        return word, visitor

    def tidy(self, now: float | None = None) -> None:
        """Remove what nobody has looked at for an hour, and the longest unseen where there are too many."""
        now = time.monotonic() if now is None else now
        with self._lock:
            by_age = sorted(self._by_word.items(), key=lambda pair: pair[1].seen)
            most = max(len(by_age) - MOST_VISITORS + 1, 0)
            gone = [
                word
                for number, (word, visitor) in enumerate(by_age)
                if number < most or (now - visitor.seen > KEPT_SECONDS and not _busy(visitor))
            ]
            leaving = [self._by_word.pop(word) for word in gone]
        for visitor in leaving:
            _remove(visitor)

    def close(self) -> None:
        """End everything that still runs, and remove all files."""
        with self._lock:
            leaving = list(self._by_word.values())
            self._by_word.clear()
        for visitor in leaving:
            _remove(visitor)
        self._held.release()
        shutil.rmtree(self.folder, ignore_errors=True)


def new_job(visitor: Visitor, job: Job) -> str:
    """Keep a job for its visitor; its number."""
    while len(visitor.jobs) >= MOST_JOBS:
        oldest = next(iter(visitor.jobs))
        visitor.jobs.pop(oldest).discard()
    number = secrets.token_urlsafe(9)
    visitor.jobs[number] = job
    return number


def _busy(visitor: Visitor) -> bool:
    return any(job.running for job in visitor.jobs.values())


def _remove(visitor: Visitor) -> None:
    for job in visitor.jobs.values():
        job.stop()
    shutil.rmtree(visitor.folder, ignore_errors=True)


def _sweep(above: Path) -> None:
    """Remove the folders of servers that ended without doing so: nobody holds their lock."""
    for folder in above.glob(f"{PREFIX}*"):
        with suppress(Timeout, OSError), FileLock(folder / LOCK, timeout=0):
            shutil.rmtree(folder, ignore_errors=True)
