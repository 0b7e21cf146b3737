"""What one running server has: the folders it serves, the library read from them, and the visitors' own things."""

from __future__ import annotations

import asyncio
import datetime
import gc
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from checklists.limits import ROSTER_FIRMS
from checklists.problems import Refused, errors
from checklists.rules.checking import Checked, check_rules
from checklists.rules.kept import library_for_lists
from checklists.rules.library import Library, open_library
from checklists.web.finding import TypeFound, types_to_find
from checklists.web.guard import UPLOAD_BYTES
from checklists.web.jobs import SECONDS
from checklists.web.look.shelf import Shelf
from checklists.web.visitors import Visitors

_Read = TypeVar("_Read")


@dataclass
class Served:
    """The folders, and what was read from them. The lists' library is read at once, the clauses when somebody looks."""

    rules: Path
    seeds: Path
    templates: Path
    visitors: Visitors
    hosts: Sequence[str] = ()
    """Names under which the page may be asked for beside those of this machine."""
    upload_bytes: int = UPLOAD_BYTES
    """Of one request."""
    job_seconds: float = SECONDS
    """After which a run of a job is stopped."""
    roster_firms: int = ROSTER_FIRMS
    """Of a roster of which everything is made."""
    making: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    """Documents are made one after the other, so that pages are shown meanwhile."""
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _checking: threading.RLock = field(default_factory=threading.RLock)
    """Its own, so that nobody who looks something up waits for a check of all rules."""

    @cached_property
    def library(self) -> Library:
        """For lists: fully checked. Raises Refused."""
        return _staying(library_for_lists(self.rules, self.seeds))

    @property
    def options(self) -> list[str]:
        """The folders of rules and notices as options of the command line."""
        return [f"--rules={self.rules}", f"--seeds={self.seeds}"]

    @property
    def shelf(self) -> Shelf:
        """Everything that can be looked up, read once. Raises Refused where something could not be read."""
        with self._lock:
            return self._shelf

    @cached_property
    def _shelf(self) -> Shelf:
        library, problems = _staying(open_library(self.rules, self.seeds))
        if wrong := errors(problems):
            raise Refused(wrong)
        return Shelf(library)

    @property
    def checked(self) -> tuple[datetime.datetime, Checked]:
        """All that is said about the rules, and when they were read for it."""
        with self._checking:
            return self._checked

    @cached_property
    def _checked(self) -> tuple[datetime.datetime, Checked]:
        return datetime.datetime.now().astimezone(), check_rules(self.rules, self.seeds)

    def read_ahead(self) -> None:
        """Read everything that can be looked up, before somebody waits for it; what is wrong is told to who looks."""

        def reading() -> None:
            with suppress(Refused):
                self.shelf.read()
                _staying(self.shelf)

        threading.Thread(target=reading, daemon=True).start()

    @property
    def edition(self) -> str:
        """Of the rules, as the foot of a page tells it; also of those that cannot be read."""
        try:
            return self.library.edition
        except Refused:
            return "有错误"

    @cached_property
    def types(self) -> tuple[TypeFound, ...]:
        """The types with all by which they are found."""
        return types_to_find(self.library.vocabulary)

    @cached_property
    def converter(self) -> ProcessPoolExecutor:
        """A process in which LibreOffice is started: it needs a main thread of its own."""
        return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))

    def forget(self) -> None:
        """Read rules and notices again when they are next looked at."""
        with self._checking, self._lock:
            for name in ("library", "_shelf", "_checked", "types"):
                self.__dict__.pop(name, None)

    def close(self) -> None:
        """End what was begun, and remove the visitors' files."""
        if "converter" in self.__dict__:
            self.converter.shutdown(wait=False, cancel_futures=True)
        self.visitors.close()


def _staying(read: _Read) -> _Read:
    """The same, which the garbage collector no longer goes over: that took it more than half the time of a list."""
    gc.collect()
    gc.freeze()
    return read
