"""What files were read as, by digest, so that a second run reads only what is new. It is never the truth.

It may be deleted at any time. What is damaged in it, or was written by another version, is read again from the files.
"""

from __future__ import annotations

import datetime
import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from sys import intern
from typing import Any

from checklists import __version__
from checklists.files.writing import check_plain
from checklists.problems import Refused
from checklists.returns.returned import Answer, Aside, Count, Entry, Firm, Notice, Return

NAME = ".checklists-returns.sqlite3"
READING = f"{__version__}/3"
"""Version of the readers; another one remembers nothing."""
MOST = 20_000
"""Files remembered; those read longest ago are forgotten."""


class Memory:
    """Returns by digest; what is added is kept when :meth:`keep` is called."""

    def __init__(self, connection: sqlite3.Connection | None = None) -> None:
        self.connection = connection
        self.added: list[Return] = []

    def get(self, digest: str) -> Return | None:
        """What was read of it; None where it was not, or nobody can tell any more."""
        if self.connection is None:
            return None
        with suppress(sqlite3.Error, zlib.error, ValueError, TypeError, KeyError, IndexError):
            asked = "SELECT said FROM returns WHERE digest = ? AND reading = ?"
            found = self.connection.execute(asked, (digest, READING)).fetchone()
            return returned_from(json.loads(zlib.decompress(found[0])), digest) if found else None
        return None

    def run(self, out: str, state: str) -> Any:
        """What was said when a ledger was made of this very state; None where nobody can tell."""
        if self.connection is None or not state:
            return None
        with suppress(sqlite3.Error, ValueError):
            asked = "SELECT said FROM runs WHERE out = ? AND state = ?"
            found = self.connection.execute(asked, (out, state)).fetchone()
            return json.loads(found[0]) if found else None
        return None

    def keep_run(self, out: str, state: str, said: Any) -> None:
        """Remember what was said of a state; a memory that cannot be written is none."""
        if self.connection is not None and state:
            with suppress(sqlite3.Error):
                told = json.dumps(said, ensure_ascii=False).encode(errors="surrogatepass")
                self.connection.execute("INSERT OR REPLACE INTO runs VALUES (?, ?, ?)", (out, state, told))
                self.connection.commit()

    def keep(self) -> None:
        """Write down what was added; a memory that cannot be written is none."""
        if self.connection is None:
            return
        with suppress(sqlite3.Error):
            rows = [(one.digest, READING, packed(one)) for one in self.added]
            self.connection.executemany("INSERT OR REPLACE INTO returns VALUES (?, ?, ?)", rows)
            self.connection.execute(
                "DELETE FROM returns WHERE rowid NOT IN (SELECT rowid FROM returns ORDER BY rowid DESC LIMIT ?)",
                (MOST,),
            )
            self.connection.commit()


@contextmanager
def memory_in(folder: Path | None) -> Iterator[Memory]:
    """The memory in a folder; an empty one where there is no folder, or what lies there is not ours."""
    connection = _opened(folder / NAME) if folder is not None and folder.is_dir() else None
    try:
        yield Memory(connection)
    finally:
        if connection is not None:
            connection.close()


def _opened(path: Path) -> sqlite3.Connection | None:
    try:
        check_plain(path)
        connection = sqlite3.connect(path, timeout=2)
        connection.execute(
            "CREATE TABLE IF NOT EXISTS returns (digest TEXT PRIMARY KEY, reading TEXT, said BLOB)"
        )
        connection.execute("CREATE TABLE IF NOT EXISTS runs (out TEXT PRIMARY KEY, state TEXT, said BLOB)")
    except (sqlite3.Error, OSError, Refused):
        return None
    return connection


# ---------------------------------------------------------------- as JSON


def _plain(value: Any) -> Any:
    return {"day": value.isoformat()} if isinstance(value, datetime.date) else value


@lru_cache(maxsize=4096)
def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


_day = lru_cache(maxsize=4096)(datetime.date.fromisoformat)


def _told(value: Any) -> Any:
    return datetime.date.fromisoformat(value["day"]) if isinstance(value, dict) else value


def packed(one: Return) -> bytes:
    """A return as the memory holds it."""
    return zlib.compress(json.dumps(as_json(one), ensure_ascii=False).encode(errors="surrogatepass"), 1)


def as_json(one: Return) -> dict[str, Any]:
    """A return as JSON holds it; the digest is told apart."""
    firm = one.firm
    return {
        "document": one.document,
        "firm": [firm.name, firm.code, firm.place, firm.address, firm.person, firm.phone, list(firm.types)],
        "head": [one.month, one.by, one.format, one.edition, one.on, one.serial, one.source],
        "checked": _plain(one.checked),
        "count": [one.count.accepted, one.count.unclear, one.count.rejected, one.count.blank],
        "answers": [[*answer[:4], _iso(answer.day), *answer[5:]] for answer in one.answers],
        "entries": [
            [
                entry.key,
                entry.item,
                {head: _plain(told) for head, told in entry.told.items()},
                entry.sheet,
                entry.cell,
            ]
            for entry in one.entries
        ],
        "asides": [list(aside) for aside in one.asides],
        "notices": [[notice.code, notice.sheet, notice.cell, dict(notice.details)] for notice in one.notices],
    }


def returned_from(said: Any, digest: str) -> Return:
    """What :func:`as_json` wrote. Raises ValueError, TypeError, KeyError or IndexError for anything else."""
    name, code, place, address, person, phone, types = said["firm"]
    month, by, number, edition, on, serial, source = said["head"]
    return Return(
        digest,
        said["document"],
        Firm(name, code, place, address, person, phone, tuple(types)),
        month,
        by,
        number,
        edition,
        on,
        serial,
        source,
        tuple(_answer(*told) for told in said["answers"]),
        tuple(
            Entry(key, item, {head: _told(one) for head, one in told.items()}, sheet, cell)
            for key, item, told, sheet, cell in said["entries"]
        ),
        tuple(Aside(*told) for told in said["asides"]),
        Count(*said["count"]),
        tuple(Notice(*told) for told in said["notices"]),
        _told(said["checked"]),
    )


def _answer(
    item: str,
    result: str,
    given: str,
    fact: str,
    day: str,
    by: str,
    sheet: str,
    cell: str,
    kind: str,
    content: str,
) -> Answer:
    when = _day(day) if day else None
    return Answer(
        intern(item),
        intern(result),
        given,
        fact,
        when,
        intern(by),
        intern(sheet),
        cell,
        intern(kind),
        content,
    )
