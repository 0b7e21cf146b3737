"""From files to hazards: every file read or refused, returns by enterprise, hazards with their states."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from checklists.problems import Position, Problem, Refused, problem
from checklists.returns.files import Filed, files_of, read_files
from checklists.returns.hazards import Hazard, hazards_of
from checklists.returns.known import Known, with_rules
from checklists.returns.merged import Returned, by_firm
from checklists.returns.remembered import Memory
from checklists.returns.returned import Count
from checklists.rules.library import Library


@dataclass(frozen=True)
class Collected:
    """All that came back, as of a day."""

    on: datetime.date
    files: tuple[Filed, ...]
    firms: tuple[Returned, ...]
    hazards: tuple[Hazard, ...]
    beside: tuple[Problem, ...]
    """What lies in the folders and is not read, and where files disagree."""
    known: Known

    @property
    def problems(self) -> list[Problem]:
        """Everything that is odd, file by file."""
        return [*(found for filed in self.files for found in filed.problems), *self.beside]

    @property
    def count(self) -> Count:
        """Rows of all files by what became of them."""
        counts = [filed.returned.count for filed in self.files if filed.returned is not None]
        return Count(
            sum(one.accepted for one in counts),
            sum(one.unclear for one in counts),
            sum(one.rejected for one in counts),
            sum(one.blank for one in counts),
        )

    def numbers(self) -> dict[str, int]:
        """How many files were read, came twice, or could not be read."""
        read = sum(1 for one in self.files if one.returned is not None)
        same = sum(1 for one in self.files if one.same_as)
        return {
            "files": len(self.files),
            "read": read,
            "same": same,
            "refused": len(self.files) - read - same,
        }


def collect(
    paths: Sequence[Path],
    library: Library,
    on: datetime.date,
    memory: Memory,
    tell: Callable[[Filed], None] = lambda filed: None,
) -> Collected:
    """Read files and folders. Raises Refused for a path that is not there, and where there is nothing to read."""
    files, beside = files_of(paths)
    if not files:
        raise Refused([*beside, problem("returns-nothing", Position(str(paths[0])))])
    with _no_circles():
        filed = read_files(files, memory, tell)
        memory.keep()
    beside += [found for one in filed if _is_ledger(one) for found in one.problems]
    filed = [one for one in filed if not _is_ledger(one)]
    known = Known(library)
    filed = [with_rules(one, known) for one in filed]
    firms = by_firm(filed)
    beside += _disagreeing(firms)
    hazards = [hazard for firm in firms for hazard in hazards_of(firm, on)]
    return Collected(on, tuple(filed), tuple(firms), tuple(hazards), tuple(beside), known)


@contextmanager
def _no_circles() -> Iterator[None]:
    """Millions of small values that refer to nothing behind them: looking for circles among them takes a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _is_ledger(filed: Filed) -> bool:
    """Whether it is a ledger over all returns, which is none of them."""
    return any(found.code == "returns-own-ledger" for found in filed.problems)


def _disagreeing(firms: Sequence[Returned]) -> Iterator[Problem]:
    """One problem for every month of an enterprise of which there are several files."""
    for firm in firms:
        months: dict[tuple[str, str], list[str]] = {}
        for source in firm.sources:
            months.setdefault((source.returned.month, source.returned.document), []).append(source.path)
        for (month, document), paths in months.items():
            if len(paths) < 2:
                continue
            count = sum(1 for one in firm.disagreements if one.month == month and one.one.path in paths)
            told = {"firm": firm.firm.name or firm.key, "month": month, "document": document}
            told["others"] = "、".join(Path(path).name for path in paths[1:])
            code = "returns-disagree" if count else "returns-agree"
            yield problem(code, Position(paths[0]), files=len(paths), count=count, **told)


# ---------------------------------------------------------------- as JSON


def as_json(collected: Collected) -> dict[str, Any]:
    """Everything for a program: files with their rows, hazards, disagreements; every value with file and cell."""
    names = {firm.key: firm.firm.name for firm in collected.firms}
    return {
        "on": collected.on.isoformat(),
        "edition": collected.known.library.edition,
        "counts": {**collected.numbers(), "rows": _count(collected.count)},
        "files": [_file(filed) for filed in collected.files],
        "hazards": [{**asdict(one), "name": names[one.firm]} for one in collected.hazards],
        "disagreements": [_disagreement(one) for firm in collected.firms for one in firm.disagreements],
        "problems": [found.as_json() for found in collected.beside],
    }


def _count(count: Count) -> dict[str, int]:
    return {**asdict(count), "seen": count.seen}


def _file(filed: Filed) -> dict[str, Any]:
    told: dict[str, Any] = {
        "file": filed.path,
        "sha256": filed.digest,
        "same_as": filed.same_as or None,
        "read": filed.returned is not None,
        "problems": [found.as_json() for found in filed.problems],
    }
    if (returned := filed.returned) is not None:
        told |= {
            "document": returned.document,
            "enterprise": asdict(returned.firm),
            "month": returned.month,
            "by": returned.by,
            "format": returned.format,
            "edition": returned.edition,
            "made_for": returned.on,
            "serial": returned.serial,
            "source": returned.source,
            "rows": _count(returned.count),
            "answers": [one._asdict() for one in returned.answers],
            "ledger": [asdict(one) for one in returned.entries],
            "asides": [one._asdict() for one in returned.asides],
        }
    return told


def _disagreement(one: Any) -> dict[str, Any]:
    return {
        "firm": one.firm,
        "month": one.month,
        "about": one.about,
        "said": [one.one._asdict(), one.other._asdict()],
    }
